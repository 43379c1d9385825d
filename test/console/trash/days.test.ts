import { expect, it } from "vitest";
import { goesAt } from "../../../console/src/trash/days.ts";

it("a photo goes for good so many days after it came into the trash", () => {
  expect(goesAt("2026-11-22T10:38:00.000Z", 30).toISOString()).toBe("2026-12-22T10:38:00.000Z");
});
