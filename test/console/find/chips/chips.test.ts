import { describe, expect, it } from "vitest";
import { isSameFinding } from "../../../../console/src/address/address.ts";
import { everything, type Finding } from "../../../../console/src/address/view.ts";
import { chipsOf, partsOf, typeName, withoutFilters } from "../../../../console/src/find/chips/chips.ts";

const narrow: Finding = {
  q: "summer",
  sort: "object_key",
  provider: "r2",
  prefix: "2024/beach/",
  keywords: ["beach", "family"],
  has: ["location"],
  without: ["description", "keywords"],
  contentType: "image/jpeg",
  state: "failed",
  missing: "any",
  takenAfter: "2024-07",
  takenBefore: "2024-08",
};

const labels = (finding: Finding): string[] => chipsOf(finding).map(({ label }) => label);

describe("the chips of a finding", () => {
  it("are none of every photo", () => {
    expect(chipsOf(everything)).toEqual([]);
  });

  it("say everything that filters", () => {
    expect(labels(narrow)).toEqual([
      "Keyword: beach",
      "Keyword: family",
      "Folder: 2024/beach",
      "Storage: r2",
      "Taken: July 2024",
      "With a place",
      "Without a description",
      "Without keywords",
      "Type: JPEG",
      "Could not be processed",
      "Missing photos too",
    ]);
  });

  it("say both ends of a range by themselves", () => {
    expect(labels({ ...everything, takenAfter: "2023", takenBefore: "2024-07-14" })).toEqual([
      "Taken from 2023 on",
      "Taken before 14 July 2024",
    ]);
  });

  it("take away one end of a range without the other", () => {
    const [after, before] = chipsOf({ ...everything, takenAfter: "2023", takenBefore: "2025" });
    expect(after?.without).toEqual({ ...everything, takenBefore: "2025" });
    expect(before?.without).toEqual({ ...everything, takenAfter: "2023" });
  });

  it("call a prefix that is no folder the beginning of a name", () => {
    expect(labels({ ...everything, prefix: "2024/IMG" })).toEqual(["Name begins with 2024/IMG"]);
  });

  it("say photos that are missing", () => {
    expect(labels({ ...everything, missing: "true" })).toEqual(["Missing from the storage"]);
  });

  it("have keys of their own", () => {
    const keys = chipsOf(narrow).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("leave nothing that filters when each is taken away, and keep the words and the order", () => {
    const finding = chipsOf(narrow).reduce((left) => chipsOf(left)[0]?.without ?? left, narrow);
    expect(finding).toEqual({ ...everything, q: "summer", sort: "object_key" });
    expect(withoutFilters(narrow)).toEqual(finding);
  });

  it("each take something away", () => {
    expect(partsOf(narrow).filter(({ without }) => isSameFinding(without, narrow))).toEqual([]);
  });
});

it("the parts of a finding are its words and its chips", () => {
  expect(partsOf({ ...everything, q: "summer", state: "pending" })).toEqual([
    { key: "q", label: "Search: summer", without: { ...everything, state: "pending" } },
    { key: "state", label: "Waiting to be processed", without: { ...everything, q: "summer" } },
  ]);
});

it("a type without a name is called as it is", () => {
  expect(["image/heic", "image/*", "image/x-raw"].map(typeName)).toEqual([
    "HEIC",
    "any image",
    "image/x-raw",
  ]);
});
