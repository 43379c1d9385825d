import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { formatQuery, parseQuery } from "../../../src/db/search/query.ts";
import { anyQuery } from "../../support/records/queries.ts";

/** What a text is parsed to, without the terms that say the same as others. */
function terms(text: string): readonly object[] {
  return parseQuery(text).terms;
}

const text = (words: string, more: object = {}): object => ({
  kind: "text",
  text: words,
  prefix: false,
  negated: false,
  ...more,
});
const open = { prefix: true };
const not = { negated: true };

describe("a query", () => {
  it.each([
    ["beach ", [text("beach")]],
    ["beach", [text("beach", open)]],
    ["beach.", [text("beach.")]],
    ["beach sun", [text("beach"), text("sun", open)]],
    ["bea* sun ", [text("bea", open), text("sun")]],
    ["bea** ", [text("bea", open)]],
    ["IMG_0042", [text("IMG_0042", open)]],
    ['"white beach"', [text("white beach")]],
    ['"white bea"*', [text("white bea", open)]],
    ['"white beach', [text("white beach")]],
    ["„weißer Strand“ «plage»", [text("weißer Strand"), text("plage")]],
    ['sea"white beach"x ', [text("sea"), text("white beach"), text("x")]],
    ["-beach", [text("beach", not)]],
    ['-bea* -"white beach"', [text("bea", { ...open, ...not }), text("white beach", not)]],
    ["well-known ", [text("well-known")]],
    ["--x ", [text("-x", not)]],
    [' - -- * " ! "" … -" "', []],
    ["東京", [text("東京", open)]],
    ["हिन्दी", [text("हिन्दी", open)]],
    ["👍", [text("👍")]],
    ["", []],
  ])("of plain text, %j", (query, expected) => {
    expect(terms(query)).toEqual(expected);
  });

  const keyword = (value: string, more: object = {}): object => ({
    kind: "keyword",
    keyword: value,
    prefix: false,
    negated: false,
    ...more,
  });

  it.each([
    ["keyword:beach ", keyword("beach")],
    ["keyword:bea", keyword("bea", open)],
    ["KEYWORD:bea* ", keyword("bea", open)],
    ['keyword:"new york"', keyword("new york")],
    ['keyword:" new yo"*', keyword("new yo", open)],
    ['-keyword:"new york"', keyword("new york", not)],
    ["-keyword:beach", keyword("beach", not)],
    ["keyword:#1! ", keyword("#1!")],
    ["keyword:a:b ", keyword("a:b")],
    ["keyword:", text("keyword:")],
    ['keyword:""', text("keyword:")],
    ["keyword:* ", text("keyword:", open)],
    ["camera:nikon ", { kind: "camera", text: "nikon", prefix: false, negated: false }],
    ["camera:nik", { kind: "camera", text: "nik", prefix: true, negated: false }],
    ['camera:"iPhone 14"', { kind: "camera", text: "iPhone 14", prefix: false, negated: false }],
    ["-camera:nik* ", { kind: "camera", text: "nik", prefix: true, negated: true }],
    ["camera:! ", text("camera:!")],
    ["has:location", { kind: "has", field: "location", negated: false }],
    ["-has:Taken_At", { kind: "has", field: "taken_at", negated: true }],
    ["has:money ", text("has:money")],
    ["folder:2024/beach", { kind: "folder", path: "2024/beach/", negated: false }],
    ["-folder:2024/", { kind: "folder", path: "2024/", negated: true }],
    ['folder:"//My Pictures"', { kind: "folder", path: "My Pictures/", negated: false }],
    ["folder:2024* ", { kind: "folder", path: "2024*/", negated: false }],
    ["folder:/ ", text("folder:/")],
    ["foo:bar", text("foo:bar", open)],
    ['-foo:"bar baz"', text("foo:bar baz", not)],
    [":beach ", text(":beach")],
    ["constructor:x ", text("constructor:x")],
  ])("of a field, %j", (query, expected) => {
    expect(terms(query)).toEqual([expected]);
  });

  it.each([
    ["2024", "2024-01-01", "2025-01-01"],
    ["2024-12", "2024-12-01", "2025-01-01"],
    ["2024-02-29", "2024-02-29", "2024-03-01"],
    ["2024-07..2024-08", "2024-07-01", "2024-09-01"],
    ["2023-12-31..2024", "2023-12-31", "2025-01-01"],
    ["1826..2099", "1826-01-01", "2100-01-01"],
  ])("of a period, taken:%s", (period, after, before) => {
    const moments = { after: `${after}T00:00:00.000`, before: `${before}T00:00:00.000` };
    expect(terms(`taken:${period}`)).toEqual([{ kind: "taken", ...moments, negated: false }]);
    expect(terms(`-taken:${period}`)).toEqual([{ kind: "taken", ...moments, negated: true }]);
  });

  it.each([
    ["2024..", "2024-01-01T00:00:00.000", null],
    ["..2024-07", null, "2024-08-01T00:00:00.000"],
  ])("of a period with an open end, taken:%s", (period, after, before) => {
    expect(terms(`taken:${period}`)).toEqual([{ kind: "taken", after, before, negated: false }]);
  });

  it.each([
    "2023-02-29",
    "2024-13",
    "24",
    "2024..2023",
    "..",
    "2024...2025",
    "1..2..3",
    "2024-07-14T10:00",
    "x",
  ])("of what is no period, taken:%s, is plain text", (period) => {
    expect(terms(`taken:${period} `)).toEqual([text(`taken:${period}`)]);
  });

  it("comes back from its text as it was", () => {
    fc.assert(
      fc.property(anyQuery, (typed) => {
        const query = parseQuery(typed);
        expect(parseQuery(formatQuery(query))).toEqual(query);
      }),
      { numRuns: 5000 },
    );
  });

  it("is written so that a person can read it", () => {
    const query = parseQuery(
      'Sea "white beach" -keyword:bea* folder:a has:location taken:2024-07.. camera:nik',
    );
    expect(formatQuery(query)).toBe(
      '"Sea" "white beach" -keyword:"bea"* folder:"a/" has:location taken:2024-07-01.. camera:"nik"*',
    );
  });

  it.each(["*", "-", '"', ":", "a:", 'a:"', "keyword:", " "])(
    "of a million signs is read in a moment: %j",
    (sign) => {
      expect(parseQuery(sign.repeat(1_000_000 / sign.length)).terms.length).toBeLessThan(1_000_000);
    },
    15_000,
  );
});
