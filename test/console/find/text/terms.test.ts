import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasTerm, termOf, withoutTerm, withTerm } from "../../../../console/src/find/text/terms.ts";
import { unitsOf } from "../../../../console/src/find/text/units.ts";
import { parseQuery } from "../../../../src/db/search/query.ts";
import { names, queries } from "../support/queries.ts";

describe("a name as a term", () => {
  it("is read by the service as the keyword, whole", () => {
    fc.assert(
      fc.property(names, (keyword) => {
        const term = termOf("keyword", keyword);
        fc.pre(term !== null);
        expect(parseQuery(term).terms).toEqual([{ kind: "keyword", keyword, prefix: false, negated: false }]);
      }),
    );
  });

  it("is read by the service as the words of the camera", () => {
    fc.assert(
      fc.property(names, (camera) => {
        const term = termOf("camera", camera);
        fc.pre(term !== null);
        expect(parseQuery(term).terms).toMatchObject([{ kind: "camera", prefix: false }]);
      }),
    );
  });

  it("is read by the service as the folder", () => {
    fc.assert(
      fc.property(names, (name) => {
        const path = `${name}/`;
        const term = termOf("folder", path);
        fc.pre(term !== null);
        expect(parseQuery(term).terms).toEqual([{ kind: "folder", path, negated: false }]);
      }),
    );
  });

  it.each([
    ["keyword", '12" vinyl'],
    ["keyword", "two\nlines"],
    ["keyword", " "],
    ["camera", '""'],
    ["folder", "/absolute/"],
    ["folder", "„quoted“/"],
  ] as const)("is none where the language cannot say it: %s %j", (field, value) => {
    expect(termOf(field, value)).toBeNull();
  });

  it("of a camera goes without quotation marks, which no search looks at", () => {
    expect(termOf("camera", 'Box 6x9" II')).toBe('camera:"Box 6x9  II"');
  });
});

const term = 'camera:"NIKON D700"';

describe("a term that is added to a text", () => {
  it("comes behind all others, and changes none of them", () => {
    fc.assert(
      fc.property(queries, (text) => {
        const isOpen = unitsOf(text).at(-1)?.isOpen ?? false;
        expect(parseQuery(withTerm(text, term)).terms).toEqual([
          ...parseQuery(`${text}${isOpen ? '"' : " "}`).terms,
          ...parseQuery(term).terms,
        ]);
      }),
    );
  });

  it("stands alone in an empty text", () => {
    expect(withTerm("  ", term)).toBe(term);
  });

  it("is found, and nothing is left of it when it is taken away", () => {
    fc.assert(
      fc.property(queries, (text) => {
        fc.pre(!hasTerm(text, term));
        const added = withTerm(text, term);
        expect(hasTerm(added, term)).toBe(true);
        expect(parseQuery(`${withoutTerm(added, term)} `)).toEqual(
          parseQuery(`${added.slice(0, -term.length)} `),
        );
      }),
    );
  });
});

describe("a term that is taken away", () => {
  it.each([
    [`a ${term} b`, "a b"],
    [`${term} b`, "b"],
    [`a ${term}`, "a"],
    [term, ""],
    ["a b", "a b"],
  ])("leaves one space between the others: %j", (text, left) => {
    expect(withoutTerm(text, term)).toBe(left);
  });
});
