import { expect, it } from "vitest";
import { filterQueryOf } from "../../../console/src/address/query.ts";
import { everything } from "../../../console/src/address/view.ts";

it("asks for nothing where nothing is filtered", () => {
  expect(filterQueryOf(everything)).toEqual({});
});

it("asks by the names of the API, and for whole dates", () => {
  const finding = {
    ...everything,
    provider: "r2",
    prefix: "2024/",
    keywords: ["beach"],
    has: ["location"],
    without: ["keywords"],
    contentType: "image/jpeg",
    state: "failed",
    missing: "any",
    takenAfter: "1962",
    takenBefore: "2024-07",
  } as const;
  expect(filterQueryOf(finding)).toEqual({
    provider: "r2",
    prefix: "2024/",
    keyword: ["beach"],
    has: ["location"],
    without: ["keywords"],
    content_type: "image/jpeg",
    state: "failed",
    missing: "any",
    taken_after: "1962-01-01",
    taken_before: "2024-07-01",
  });
});

it("keeps a day as it is", () => {
  const finding = { ...everything, takenAfter: "2024-07-14", takenBefore: "2024-07-15" };
  expect(filterQueryOf(finding)).toEqual({ taken_after: "2024-07-14", taken_before: "2024-07-15" });
});
