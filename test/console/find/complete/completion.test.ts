import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completed, typedAt } from "../../../../console/src/find/complete/completion.ts";
import { termOf } from "../../../../console/src/find/text/terms.ts";
import { unitsOf } from "../../../../console/src/find/text/units.ts";
import { parseQuery } from "../../../../src/db/search/query.ts";
import { names, queries } from "../support/queries.ts";

/** A text with its cursor, written as a bar. */
function at(marked: string): [text: string, cursor: number] {
  return [marked.replace("|", ""), marked.indexOf("|")];
}

function marked({ text, cursor }: { readonly text: string; readonly cursor: number }): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

const beach = { term: 'keyword:"beach"', isWhole: true };
const field = { term: "keyword:", isWhole: false };

describe("what is typed", () => {
  it.each([
    ["|", null, ""],
    ["summer |", null, ""],
    ["| summer", null, ""],
    ["bea|ch", null, "bea"],
    ["-bea|", null, "bea"],
    ["summer bea|", null, "bea"],
    ["keyword:|", "keyword", ""],
    ["keyword:bea|ch x", "keyword", "bea"],
    ['-camera:"nikon d|', "camera", "nikon d"],
    ['"white bea|', null, "white bea"],
    ["key|word:beach", null, "key"],
    ["-key|word:beach", null, "key"],
    ["colour:re|", null, "colour:re"],
  ])("in %j is the field %j with %j", (text, name, value) => {
    expect(typedAt(...at(text))).toMatchObject({ field: name, value });
  });
});

describe("a completion", () => {
  it.each([
    ["bea|", 'keyword:"beach" |'],
    ["summer -bea|", 'summer -keyword:"beach" |'],
    ["bea| summer", 'keyword:"beach" |summer'],
    ["be|a summer", 'keyword:"beach" |summer'],
    ["|summer", 'keyword:"beach" |summer'],
    ["summer |", 'summer keyword:"beach" |'],
    ['"abc"|', 'keyword:"beach" |'],
    ['abc"de|f"', 'abc keyword:"beach" |'],
    ['"white bea| summer photos', 'keyword:"beach" |summer photos'],
    ['"white be|ach summer', 'keyword:"beach" |summer'],
  ])("of %j is %j", (text, expected) => {
    const [typed, cursor] = at(text);
    expect(marked(completed(typed, typedAt(typed, cursor), beach))).toBe(expected);
  });

  it.each([
    ["k|", "keyword:|"],
    ["k| summer", "keyword:| summer"],
    ["|summer", "keyword:| summer"],
  ])("of the name of a field goes on behind it: %j is %j", (text, expected) => {
    const [typed, cursor] = at(text);
    expect(marked(completed(typed, typedAt(typed, cursor), field))).toBe(expected);
  });

  const places = queries.chain((text) => fc.tuple(fc.constant(text), fc.nat(text.length)));

  it("changes nothing of the text around it", () => {
    fc.assert(
      fc.property(places, fc.constantFrom(beach, field), ([text, cursor], completion) => {
        const typed = typedAt(text, cursor);
        const edited = completed(text, typed, completion);
        expect(edited.text.startsWith(text.slice(0, typed.start))).toBe(true);
        expect(edited.text.endsWith(text.slice(typed.end))).toBe(true);
        expect(edited.cursor).toBeLessThanOrEqual(edited.text.length);
      }),
    );
  });

  it("is read by the service as one term between those that stand around it", () => {
    fc.assert(
      fc.property(places, names, ([text, cursor], keyword) => {
        const term = termOf("keyword", keyword);
        fc.pre(term !== null);
        const typed = typedAt(text, cursor);
        const isOpenAround = unitsOf(text.slice(0, typed.start)).at(-1)?.isOpen ?? false;
        fc.pre(!isOpenAround);
        const edited = completed(text, typed, { term, isWhole: true });
        expect(parseQuery(edited.text).terms).toEqual([
          ...parseQuery(`${text.slice(0, typed.start)} `).terms,
          { kind: "keyword", keyword, prefix: false, negated: typed.isNegated },
          ...parseQuery(text.slice(typed.end)).terms,
        ]);
      }),
    );
  });
});
