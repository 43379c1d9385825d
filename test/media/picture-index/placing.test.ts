import { runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import "../../support/setup.ts";
import { IndexStage } from "./index-stage.ts";
import { anyHash, hashAt, neighboursOf, queryFor, someHash, turnedHash } from "./oracle.ts";
import { slotsPerBlock } from "../../../src/media/picture-index/blocks.ts";
import type { PictureIndex } from "../../../src/media/picture-index/picture-index.ts";
import type { PictureQuery, PlacedPicture } from "../../../src/protocol/picture-finder.ts";

/** The row ids near `someHash(0)`. */
async function pksNear({ index }: IndexStage, rest: Partial<PictureQuery> = {}): Promise<number[]> {
  const { neighbours } = await index.find([queryFor(someHash(0), rest)]);
  return (neighbours[0] ?? []).map(({ pk }) => pk);
}

/** What an index reads from its own database, and writes there, while it does something. */
async function rowsOf(
  { index }: IndexStage,
  work: (index: PictureIndex) => Promise<unknown>,
): Promise<{ read: number; written: number }> {
  return runInDurableObject(index, async (instance, { storage: { sql } }) => {
    const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
    const exec = sql.exec.bind(sql);
    const counted = (query: string, ...bindings: unknown[]): unknown => {
      const cursor = exec(query, ...bindings);
      cursors.push(cursor);
      return cursor;
    };
    Object.defineProperty(sql, "exec", { value: counted, configurable: true });
    await work(instance);
    Reflect.deleteProperty(sql, "exec");
    return {
      read: cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
      written: cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
    };
  });
}

describe("what is placed", () => {
  test("is found with its distance and its turn", async () => {
    const { index } = await IndexStage.built();
    await index.place([
      { pk: 3, hash: hashAt(5) },
      { pk: 4, hash: someHash(1) },
      { pk: 5, hash: turnedHash(someHash(0), 6) },
    ]);
    expect(await index.find([queryFor(someHash(0))])).toEqual({
      neighbours: [
        [
          { pk: 5, distance: 0, turn: 8 },
          { pk: 3, distance: 5, turn: 1 },
        ],
      ],
      isComplete: true,
    });
  });

  test("takes the place of what was there", async () => {
    const stage = await IndexStage.built();
    await stage.index.place([{ pk: 3, hash: someHash(0) }]);
    await stage.index.place([{ pk: 3, hash: someHash(1) }]);
    expect(await pksNear(stage)).toEqual([]);
  });

  test("counts as it comes last, where a row id comes twice", async () => {
    const stage = await IndexStage.built();
    await stage.index.place([
      { pk: 3, hash: someHash(1) },
      { pk: 3, hash: null },
      { pk: 3, hash: someHash(0) },
    ]);
    expect(await pksNear(stage)).toEqual([3]);
  });

  test("is there after an eviction", async () => {
    const stage = await IndexStage.built();
    await stage.index.place([{ pk: 3, hash: someHash(0) }]);
    await stage.evict();
    expect(await pksNear(stage)).toEqual([3]);
  });

  test("may have row ids far apart", async () => {
    const stage = await IndexStage.built();
    const pks = [1, 1_000_000, 2 ** 33, Number.MAX_SAFE_INTEGER];
    await stage.index.place(pks.map((pk) => ({ pk, hash: someHash(0) })));
    expect(await pksNear(stage)).toEqual(pks);
    expect(await stage.blocks()).toHaveLength(4);
  });

  test("is all that is found, whatever was placed, replaced and taken out", async () => {
    const stage = await IndexStage.built();
    const pk = fc.oneof(fc.nat(5), fc.integer({ min: slotsPerBlock - 2, max: slotsPerBlock + 2 }));
    const hash = fc.oneof(fc.constant(null), fc.constantFrom(0, 3, 9).map(hashAt), anyHash);
    const steps = fc.array(fc.array(fc.record({ pk, hash }, { noNullPrototype: true }), { maxLength: 6 }), {
      maxLength: 6,
    });
    let held = new Map<number, PlacedPicture>();
    await fc.assert(
      fc.asyncProperty(steps, async (placings) => {
        await stage.index.place([...held.keys()].map((pk) => ({ pk, hash: null })));
        held = new Map();
        for (const placing of placings) {
          for (const each of placing) held.set(each.pk, each);
          await stage.index.place(placing);
        }
        const query = queryFor(someHash(0));
        const { neighbours } = await stage.index.find([query]);
        expect(neighbours).toEqual([neighboursOf(query, [...held.values()])]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what is taken out", () => {
  test("is found no more", async () => {
    const stage = await IndexStage.built();
    await stage.index.place([3, 4].map((pk) => ({ pk, hash: someHash(0) })));
    await stage.index.place([{ pk: 3, hash: null }]);
    expect(await pksNear(stage)).toEqual([4]);
  });

  test("takes its block along if it was the last of it", async () => {
    const stage = await IndexStage.built();
    await stage.index.place([3, slotsPerBlock].map((pk) => ({ pk, hash: someHash(0) })));
    await stage.index.place([{ pk: 3, hash: null }]);
    expect(await stage.blocks()).toEqual([1]);
  });

  test("may never have been there", async () => {
    const stage = await IndexStage.built();
    await stage.index.place([{ pk: 3, hash: null }]);
    expect(await stage.blocks()).toEqual([]);
  });
});

describe("what does not fit is refused", () => {
  const queries = [
    { ...queryFor(someHash(0)), hash: "ab" },
    { ...queryFor(someHash(0)), hash: "g".repeat(64) },
    { ...queryFor(someHash(0)), limit: 0 },
    { ...queryFor(someHash(0)), limit: 1e6 },
    { ...queryFor(someHash(0)), radius: 1.5 },
    { ...queryFor(someHash(0)), after: { pk: -1, distance: 0 } },
  ];

  test.for(queries)("as a query: $hash, $limit, $radius", async (query) => {
    const { index } = await IndexStage.built();
    await runInDurableObject(index, async (instance) => {
      await expect(instance.find([query])).rejects.toMatchObject({ name: "ZodError" });
    });
  });

  test("and nothing is placed of what comes with it", async () => {
    const stage = await IndexStage.built();
    await runInDurableObject(stage.index, async (instance) => {
      const pictures = [
        { pk: 3, hash: someHash(0) },
        { pk: 4.5, hash: someHash(0) },
      ];
      await expect(instance.place(pictures)).rejects.toMatchObject({ name: "ZodError" });
    });
    expect(await pksNear(stage)).toEqual([]);
  });
});

describe("rows", () => {
  const chunk = Array.from({ length: 10 }, (_, at) => ({ pk: 5_000 + at, hash: someHash(at) }));

  test("ten new pictures write one", async () => {
    const stage = await IndexStage.built();
    await stage.index.place([{ pk: 4_999, hash: someHash(99) }]);
    expect((await rowsOf(stage, async (own) => own.place(chunk))).written).toBe(1);
  });

  test("ten pictures that are there already write none", async () => {
    const stage = await IndexStage.built();
    await stage.index.place(chunk);
    expect((await rowsOf(stage, async (own) => own.place(chunk))).written).toBe(0);
  });

  test("a search reads one for each block and two more, and writes none", async () => {
    const stage = await IndexStage.built();
    const pks = Array.from({ length: 40 }, (_, at) => at * slotsPerBlock);
    await stage.index.place(pks.map((pk) => ({ pk, hash: someHash(pk) })));
    const queries = chunk.map(({ hash }) => queryFor(hash));
    expect(await rowsOf(stage, async (own) => own.find(queries))).toEqual({ read: 42, written: 0 });
  });
});
