import { expect, test } from "vitest";
import { retryAfterMs } from "../../../scripts/export/retry.ts";

test.each([
  [undefined, undefined],
  ["3", 3_000],
  ["0", 0],
  ["99999", 120_000],
  ["Thu, 01 Jan 1970 00:00:30 GMT", 20_000],
  ["Thu, 01 Jan 1970 00:00:01 GMT", 0],
  ["soon", undefined],
])("Retry-After %j is %j ms", (value, expected) => {
  expect(retryAfterMs(value, 10_000)).toBe(expected);
});
