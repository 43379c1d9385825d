import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, isSameFinding, readView } from "../../../console/src/address/address.ts";
import {
  everything,
  rooms,
  sorts,
  states,
  traits,
  type Finding,
  type View,
} from "../../../console/src/address/view.ts";

const trimmed = fc.string({ unit: "grapheme" }).map((text) => text.trim().toWellFormed());
const name = trimmed.filter((text) => text !== "");
const date = fc.constantFrom("1962", "2024-07", "2024-07-14");

const findings: fc.Arbitrary<Finding> = fc.record({
  q: trimmed,
  sort: fc.constantFrom(...sorts),
  provider: fc.option(name),
  prefix: fc.option(name),
  keywords: fc.uniqueArray(name, { maxLength: 4 }),
  has: fc.subarray([...traits]),
  without: fc.subarray([...traits]),
  contentType: fc.option(fc.constantFrom("image/jpeg", "image/*")),
  state: fc.option(fc.constantFrom(...states)),
  missing: fc.constantFrom("false", "true", "any"),
  takenAfter: fc.option(date),
  takenBefore: fc.option(date),
});

const parts = { finding: findings, photo: fc.option(name) };

const views: fc.Arbitrary<View> = fc.oneof(
  fc.record({ ...parts, room: fc.constantFrom(...rooms), from: fc.constant(0) }),
  fc.record({ ...parts, room: fc.constant("sheet" as const), from: fc.nat({ max: 999_999_999 }) }),
);

const searchOf = (address: string): string => new URL(address, "https://tagline.test").search;

describe("the address of a view", () => {
  it("is read back as the same view", () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(readView(searchOf(addressOf(view)))).toEqual(view);
      }),
    );
  });

  it("is / for every photo", () => {
    expect(addressOf({ room: "photos", finding: everything, photo: null, from: 0 })).toBe("/");
  });

  it("names the photo and the search as people write them", () => {
    const finding = { ...everything, q: "beach", keywords: ["Jürgen"] };
    expect(addressOf({ finding, photo: "0193" })).toBe("/?q=beach&keyword=J%C3%BCrgen&photo=0193");
  });

  it("says where a page of the contact sheet begins, unless it is the first one", () => {
    const sheet = { room: "sheet", finding: everything } as const;
    expect([addressOf({ ...sheet, from: 40 }), addressOf({ ...sheet, from: 0 })]).toEqual([
      "/?view=sheet&from=40",
      "/?view=sheet",
    ]);
  });
});

describe("an address that says something else", () => {
  it.each([
    "?sort=colour",
    "?state=broken&missing=perhaps",
    "?has=colour&without=",
    "?taken_after=yesterday&taken_before=2024-7",
    "?keyword=&prefix=&photo=&q=%20",
    "?utm_source=mail",
    "?from=20",
  ])("counts for nothing: %s", (search) => {
    expect(readView(search)).toEqual({ room: "photos", finding: everything, photo: null, from: 0 });
  });

  it.each(["-20", "1.5", "many", "99999999999"])(
    "begins the contact sheet at its first photo: %s",
    (from) => {
      expect(readView(`?view=sheet&from=${from}`).from).toBe(0);
    },
  );

  it("is read whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const view = readView(`?${text}`);
        expect(readView(searchOf(addressOf(view)))).toEqual(view);
      }),
    );
  });
});

describe("two findings", () => {
  it("are the same whatever made them", () => {
    expect(isSameFinding(everything, { ...everything, keywords: [] })).toBe(true);
  });

  it("differ by anything that the address tells", () => {
    expect(isSameFinding(everything, { ...everything, missing: "any" })).toBe(false);
  });
});
