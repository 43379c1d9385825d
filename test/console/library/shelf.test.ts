import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { photoOf, type Photo } from "../../../console/src/library/photo.ts";
import { Shelf } from "../../../console/src/library/shelf.ts";

const photo = (id: string): Photo => photoOf({ id });
const nowhere = { screen: { first: 0, end: 1 }, kept: { first: 0, end: 1 } };

describe("a shelf", () => {
  it("tells apart what has not come and what is not there", () => {
    const shelf = new Shelf();
    shelf.put(10, [photo("a"), null]);
    expect([shelf.at(9), shelf.at(10)?.id, shelf.at(11)]).toEqual([undefined, "a", null]);
    expect([shelf.lacks(9), shelf.lacks(10), shelf.lacks(11)]).toEqual([false, false, true]);
  });

  it("has a page only where it is as long as it has come", () => {
    const shelf = new Shelf();
    shelf.complete({ first: 100, end: 150 }, nowhere);
    expect([
      shelf.has({ first: 100, end: 150 }),
      shelf.has({ first: 100, end: 200 }),
      shelf.has({ first: 200, end: 250 }),
    ]).toEqual([true, false, false]);
  });

  it("keeps the photos of pages that are to come anew", () => {
    const shelf = new Shelf();
    shelf.put(0, [photo("a")]);
    shelf.complete({ first: 0, end: 1 }, nowhere);
    shelf.reopen({ first: 0, end: 100 });
    expect([shelf.has({ first: 0, end: 1 }), shelf.at(0)?.id]).toEqual([false, "a"]);
  });

  it("shows what was there before until another has come", () => {
    const shelf = new Shelf();
    shelf.put(0, [photo("a"), photo("b")]);
    shelf.clear(new Map([[5, photo("a")]]));
    expect([shelf.at(0), shelf.at(5)?.id, shelf.placeOf("a"), shelf.placeOf("b")]).toEqual([
      undefined,
      "a",
      5,
      null,
    ]);
    shelf.put(5, [photo("c")]);
    expect([shelf.at(5)?.id, shelf.placeOf("a"), shelf.placeOf("c")]).toEqual(["c", null, 5]);
  });

  it("holds 20,000 photos, those nearest to the screen", () => {
    const shelf = new Shelf();
    const screen = { first: 30_000, end: 30_050 };
    for (let first = 0; first < 31_000; first += 1000) {
      shelf.put(first, [photo(`${first}`)]);
      shelf.complete({ first, end: first + 1000 }, { screen, kept: screen });
    }
    expect([shelf.at(10_000), shelf.placeOf("10000"), shelf.at(11_000)?.id, shelf.at(30_000)?.id]).toEqual([
      undefined,
      null,
      "11000",
      "30000",
    ]);
  });

  it("tells the place at which a photo is, whatever was put there before", () => {
    const put = fc.record({ first: fc.nat(20), ids: fc.array(fc.option(fc.nat(9)), { maxLength: 5 }) });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 12 }), (puts) => {
        const shelf = new Shelf();
        for (const { first, ids } of puts)
          shelf.put(
            first,
            ids.map((id) => (id === null ? null : photo(String(id)))),
          );
        for (let id = 0; id <= 9; id += 1) {
          const place = shelf.placeOf(String(id));
          expect(place === null || shelf.at(place)?.id === String(id)).toBe(true);
        }
      }),
    );
  });
});
