import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  anyHash,
  changed,
  hashAt,
  hashOf,
  neighboursOf,
  orientations,
  queryFor,
  someHash,
  turnedHash,
} from "./oracle.ts";
import { hashOfGrid, pictureOfWaves, turnedGrid } from "./turned-pictures.ts";
import { blockOf, firstPkOf, slotsPerBlock, type Block } from "../../../src/media/picture-index/blocks.ts";
import { hashBytes, wordsOf } from "../../../src/media/picture-index/hash-words.ts";
import { HashSearch } from "../../../src/media/picture-index/search.ts";
import type { PictureQuery, PlacedPicture } from "../../../src/protocol/picture-finder.ts";

const search = new HashSearch();

/** Blocks with these pictures, as the object stores them. */
function blocksOf(pictures: readonly PlacedPicture[]): Block[] {
  const blocks = new Map<number, Uint8Array>();
  for (const { pk, hash } of pictures) {
    const number = blockOf(pk);
    const slots = blocks.get(number) ?? new Uint8Array(slotsPerBlock * hashBytes);
    blocks.set(number, slots);
    if (hash !== null) slots.set(wordsOf(hash), (pk - firstPkOf(number)) * hashBytes);
  }
  return [...blocks].toSorted(([a], [b]) => a - b).map(([number, slots]) => ({ number, slots }));
}

function find(pictures: readonly PlacedPicture[], ...queries: readonly PictureQuery[]) {
  return search.find(blocksOf(pictures), queries);
}

function pksOf(found: readonly { readonly pk: number }[] | undefined): number[] {
  return (found ?? []).map(({ pk }) => pk);
}

describe("turns", () => {
  test.for(orientations)(
    "a picture that is to be turned by %i to look alike is found with that turn",
    (turn) => {
      const stored = someHash(1);
      const query = queryFor(turnedHash(stored, turn), { radius: 0 });
      expect(find([{ pk: 7, hash: stored }], query)).toEqual([[{ pk: 7, distance: 0, turn }]]);
    },
  );

  test.for(orientations)("pixels that were turned by %i are found with that turn", (turn) => {
    const picture = pictureOfWaves(5);
    const query = queryFor(hashOfGrid(turnedGrid(picture, turn)), { radius: 16 });
    const [found] = find([{ pk: 7, hash: hashOfGrid(picture) }], query);
    // Mirroring moves the median, so that some bits near it are others.
    expect(found).toMatchObject([{ pk: 7, turn }]);
  });

  test("of turns that are as near the first is told", () => {
    // Nothing but the frequencies that no mirroring changes, as often on either side of the diagonal.
    const same = hashOf((1n << (16n * 15n + 15n)) | (1n << (16n * 1n + 1n)));
    const [found] = find([{ pk: 1, hash: same }], queryFor(same));
    expect(found).toEqual([{ pk: 1, distance: 0, turn: 1 }]);
  });
});

describe("bounds", () => {
  test("a picture at the radius is found, the next beyond is not", () => {
    const pictures = [
      { pk: 1, hash: hashAt(31) },
      { pk: 2, hash: hashAt(32) },
    ];
    const [found] = find(pictures, queryFor(someHash(0), { radius: 31 }));
    expect(found).toEqual([{ pk: 1, distance: 31, turn: 1 }]);
  });

  test("an empty slot is no picture, however near nothing the hash is", () => {
    const [found] = find([{ pk: 1, hash: hashOf(3n) }], queryFor(hashOf(1n)));
    expect(pksOf(found)).toEqual([1]);
  });

  test("the picture's own row id is left out", () => {
    const pictures = [1, 2].map((pk) => ({ pk, hash: someHash(0) }));
    expect(pksOf(find(pictures, queryFor(someHash(0), { except: 1 }))[0])).toEqual([2]);
  });

  test("the first and the last slot of a block count", () => {
    const pks = [0, slotsPerBlock - 1, slotsPerBlock, 3 * slotsPerBlock - 1];
    const pictures = pks.map((pk) => ({ pk, hash: someHash(0) }));
    expect(pksOf(find(pictures, queryFor(someHash(0)))[0])).toEqual(pks);
  });
});

describe("order", () => {
  const distances = [9, 3, 7, 3, 0, 12, 3];
  const pictures = distances.map((distance, at) => ({ pk: at * 1_500, hash: hashAt(distance) }));
  const inOrder = [6_000, 1_500, 4_500, 9_000, 3_000, 0, 7_500];

  test("the nearest come first, then the lowest row ids", () => {
    expect(pksOf(find(pictures, queryFor(someHash(0)))[0])).toEqual(inOrder);
  });

  test.for([1, 2, 3, 6, 7])("pages of %i follow one another without a gap", (limit) => {
    const pages: number[][] = [];
    let after: PictureQuery["after"] = null;
    do {
      const [page = []]: ReturnType<typeof find> = find(pictures, queryFor(someHash(0), { limit, after }));
      pages.push(pksOf(page));
      after = page.at(-1) ?? null;
    } while (after !== null);
    expect(pages.flat()).toEqual(inOrder);
    expect(pages.every((page) => page.length <= limit)).toBe(true);
  });

  test("of a thousand equal pictures each page is the next", () => {
    const many = Array.from({ length: 1_000 }, (_, at) => ({ pk: at * 11, hash: someHash(0) }));
    const after = { pk: 11 * 399, distance: 0 };
    const [found] = find(many, queryFor(someHash(0), { limit: 3, after }));
    expect(pksOf(found)).toEqual([11 * 400, 11 * 401, 11 * 402]);
  });
});

test("several queries at once are answered as one by one", () => {
  const pictures = Array.from({ length: 500 }, (_, at) => ({ pk: at * 97, hash: someHash(at % 40) }));
  const queries = Array.from({ length: 10 }, (_, at) =>
    queryFor(someHash(at), {
      limit: 1 + at,
      except: at * 97,
      after: at % 2 === 0 ? null : { pk: 4_000, distance: 0 },
    }),
  );
  const apart = queries.map((query) => find(pictures, query)[0]);
  expect(find(pictures, ...queries)).toEqual(apart);
  expect(apart.some((found) => (found?.length ?? 0) > 0)).toBe(true);
});

// Of the hash that is asked for, turned and changed in some bits; else any other.
const picture = fc.record({
  pk: fc.oneof(fc.integer({ min: 0, max: 3 * slotsPerBlock }), fc.integer({ min: 0, max: 2 ** 40 })),
  turn: fc.constantFrom(...orientations),
  bits: fc.array(fc.nat(255), { maxLength: 70 }),
  other: fc.option(anyHash, { freq: 4 }),
});

test("any search finds what looking at each picture in each turn finds", () => {
  fc.assert(
    fc.property(
      anyHash,
      fc.uniqueArray(picture, { maxLength: 40, selector: ({ pk }) => pk }),
      fc.record({
        radius: fc.integer({ min: 0, max: 256 }),
        limit: fc.integer({ min: 1, max: 50 }),
        except: fc.option(fc.nat(50)),
        after: fc.option(fc.record({ pk: fc.nat(2 * slotsPerBlock), distance: fc.nat(140) })),
      }),
      (hash, drawn, rest) => {
        const pictures = drawn.map(({ pk, turn, bits, other }) => ({
          pk,
          hash: other ?? turnedHash(changed(hash, bits), turn),
        }));
        const query = { hash, ...rest };
        expect(find(pictures, query)).toEqual([neighboursOf(query, pictures)]);
      },
    ),
    { numRuns: 200 },
  );
});
