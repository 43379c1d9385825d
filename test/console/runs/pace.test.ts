import { expect, it } from "vitest";
import { Pace } from "../../../console/src/runs/pace.ts";

it("tells the first text at once, and the next no sooner than after its time", () => {
  const pace = new Pace(1000);
  expect(pace.take("one", { now: 0 })).toBe("one");
  expect(pace.take("two", { now: 999 })).toBe("one");
  expect(pace.take("three", { now: 1000 })).toBe("three");
});

it("tells what is urgent at once", () => {
  const pace = new Pace(1000);
  pace.take("one", { now: 0 });
  expect(pace.take("the end", { now: 1, isUrgent: true })).toBe("the end");
});

it("does not wait longer for a text that was told again", () => {
  const pace = new Pace(1000);
  pace.take("one", { now: 0 });
  pace.take("one", { now: 900 });
  expect(pace.take("two", { now: 1000 })).toBe("two");
});
