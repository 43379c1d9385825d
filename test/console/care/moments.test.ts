import { expect, it } from "vitest";
import { durationText, spokenMoment } from "../../../console/src/care/moments.ts";

const now = new Date(2026, 10, 29, 0, 30);

it.each([
  [new Date(2026, 10, 29, 0, 5), "Today at 00:05"],
  [new Date(2026, 10, 28, 23, 59), "Yesterday at 23:59"],
  [new Date(2026, 10, 28, 0, 0), "Yesterday at 00:00"],
  [new Date(2026, 10, 27, 3, 0), "27 November 2026 at 03:00"],
])("says a moment as a person would: %s", (moment, text) => {
  expect(spokenMoment(moment.toISOString(), now)).toBe(text);
});

it("leaves a moment as it is that cannot be read", () => {
  expect(spokenMoment("soon", now)).toBe("soon");
});

it.each([
  [0, "1 second"],
  [40_400, "40 seconds"],
  [119_000, "119 seconds"],
  [120_000, "2 minutes"],
  [5_400_000, "90 minutes"],
  [7_200_000, "2 hours"],
])("says how long %i milliseconds are", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
