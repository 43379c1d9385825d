import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasQuote, unitsOf, withoutQuotes } from "../../../../console/src/find/text/units.ts";
import { parseQuery } from "../../../../src/db/search/query.ts";
import { queries } from "../support/queries.ts";

const shown = (text: string): string[] => unitsOf(text).map(({ start, end }) => text.slice(start, end));

describe("the terms of a text", () => {
  it.each([
    ["", []],
    ["   ", []],
    ["beach  summer", ["beach", "summer"]],
    ['-beach "white sand"* x', ["-beach", '"white sand"*', "x"]],
    ['keyword:"new york" camera:nikon', ['keyword:"new york"', "camera:nikon"]],
    ['abc"def"ghi', ["abc", '"def"', "ghi"]],
    ['keyword:new"york"', ["keyword:new", '"york"']],
    ["«open phrase", ["«open phrase"]],
  ])("are found in %j", (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it("tell the field, the dash and where the value begins", () => {
    expect(unitsOf('-Keyword:"a b"')).toEqual([
      { start: 0, end: 14, isNegated: true, field: "keyword", valueStart: 9, isOpen: false },
    ]);
  });

  it("have no field of a name that the service does not know", () => {
    expect(unitsOf("colour:red").map(({ field, valueStart }) => [field, valueStart])).toEqual([[null, 0]]);
  });

  it("tell of a phrase that nobody has closed", () => {
    expect(unitsOf('abc "def').map(({ isOpen }) => isOpen)).toEqual([false, true]);
  });

  it("stand one behind the other, and only spaces are between them", () => {
    fc.assert(
      fc.property(queries, (text) => {
        const ends = unitsOf(text).reduce((before, { start, end }) => {
          expect(text.slice(before, start).trim()).toBe("");
          expect(end).toBeGreaterThan(start);
          return end;
        }, 0);
        expect(text.slice(ends).trim()).toBe("");
      }),
    );
  });

  it("are the terms that the service reads", () => {
    fc.assert(
      fc.property(queries, (text) => {
        // Each by itself, with something behind it so that it is no word that is still typed.
        const each = unitsOf(text).flatMap(
          ({ start, end, isOpen }) => parseQuery(`${text.slice(start, end)}${isOpen ? "" : " "}`).terms,
        );
        expect(each).toEqual(parseQuery(`${text}${unitsOf(text).at(-1)?.isOpen === true ? "" : " "}`).terms);
      }),
    );
  });
});

it("quotation marks of every kind are known, and left out", () => {
  expect(hasQuote("12” vinyl")).toBe(true);
  expect(hasQuote("12' vinyl")).toBe(false);
  expect(withoutQuotes('«a» 12"')).toBe(" a  12 ");
});
