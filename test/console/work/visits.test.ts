import { expect, it } from "vitest";
import { readVisits, visited } from "../../../console/src/work/visits.ts";

const minute = 60_000;

it("has no visit before the first one", () => {
  expect(visited(null, 5 * minute)).toEqual({ before: null, seen: 5 * minute });
});

it("goes on with the same visit where the page was seen within half an hour", () => {
  expect(visited({ before: 1, seen: 10 * minute }, 39 * minute)).toEqual({ before: 1, seen: 39 * minute });
});

it("begins another visit after half an hour, and remembers when the last one ended", () => {
  expect(visited({ before: 1, seen: 10 * minute }, 40 * minute)).toEqual({
    before: 10 * minute,
    seen: 40 * minute,
  });
});

it.each(["{", "null", "[]", '{"seen":"now","before":null}', '{"seen":1,"before":"then"}'])(
  "takes %s for nothing",
  (text) => {
    expect(readVisits(() => text)).toBeNull();
  },
);

it("takes a storage that may not be read for an empty one", () => {
  expect(
    readVisits(() => {
      throw new DOMException("No storage here", "SecurityError");
    }),
  ).toBeNull();
});

it("reads what was kept", () => {
  expect(readVisits(() => '{"seen":2,"before":1}')).toEqual({ seen: 2, before: 1 });
});
