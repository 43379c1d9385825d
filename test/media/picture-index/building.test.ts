import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";

import "../../support/setup.ts";
import { hashedMedia, IndexStage, insertHashes } from "./index-stage.ts";
import { queryFor, someHash } from "./oracle.ts";
import { slotsPerBlock } from "../../../src/media/picture-index/blocks.ts";
import { leastQuality } from "../../../src/thumbnail/likeness/likeness.ts";
import { insertMany } from "../../support/records/media.ts";

const wanted = someHash(0);
const other = someHash(1);
const minuteMs = 60_000;

/** What a search for `wanted` answers. */
async function found({ index }: IndexStage): Promise<{ pks: number[]; isComplete: boolean }> {
  const { neighbours, isComplete } = await index.find([queryFor(wanted)]);
  return { pks: (neighbours[0] ?? []).map(({ pk }) => pk), isComplete };
}

/** Records in five blocks, more than a first search waits for, of which each has one that is wanted. */
const wantedPks = [0, 1, 2, 3, 4].map((block) => block * slotsPerBlock + 7);

async function insertFiveBlocks(): Promise<void> {
  await insertHashes(Object.fromEntries(wantedPks.map((pk) => [pk, wanted])));
}

describe("a new object", () => {
  test("has a small collection whole at its first search, and no alarm", async () => {
    await insertHashes({ 1: wanted, 2: other, [slotsPerBlock + 5]: wanted });
    const stage = await IndexStage.create();
    expect(await found(stage)).toEqual({ pks: [1, slotsPerBlock + 5], isComplete: true });
    expect(await stage.alarmAt()).toBeNull();
  });

  test("of an empty collection asks once, and never again", async () => {
    const stage = await IndexStage.create();
    expect(await found(stage)).toEqual({ pks: [], isComplete: true });
    expect(await found(stage)).toEqual({ pks: [], isComplete: true });
    expect(stage.reads).toBe(1);
  });

  test("answers from what it holds of a large collection, and says that it is not whole", async () => {
    await insertFiveBlocks();
    const stage = await IndexStage.create();
    expect(await found(stage)).toEqual({ pks: wantedPks.slice(0, 2), isComplete: false });
    expect(await found(stage)).toEqual({ pks: wantedPks.slice(0, 2), isComplete: false });
  });

  test("is whole once its alarms have gone off, and rests then", async () => {
    await insertFiveBlocks();
    const stage = await IndexStage.create();
    await found(stage);
    await stage.finish();
    expect(await found(stage)).toEqual({ pks: wantedPks, isComplete: true });
    expect(await stage.alarmAt()).toBeNull();
  });

  test("reads the records too where the first call places pictures", async () => {
    await insertHashes({ 1: wanted });
    const stage = await IndexStage.create();
    await stage.index.place([{ pk: 2, hash: wanted }]);
    await insertHashes({ 2: wanted });
    expect(await stage.alarm()).toBe(true);
    expect(await found(stage)).toEqual({ pks: [1, 2], isComplete: true });
  });

  test("is built once where many ask at once", async () => {
    await insertHashes({ 1: wanted });
    const stage = await IndexStage.create();
    const answers = await Promise.all(Array.from({ length: 5 }, async () => found(stage)));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ pks: [1], isComplete: true })));
    expect(stage.reads).toBe(1);
  });

  test("takes ready pictures of enough quality, with thumbnails of the present generation", async () => {
    await insertMany([
      hashedMedia(1, wanted, { pictureQuality: leastQuality }),
      hashedMedia(2, wanted, { pictureQuality: leastQuality - 1 }),
      hashedMedia(3, wanted, { state: "pending" }),
      hashedMedia(4, wanted, { thumbnailVersion: "abc-2" }),
      hashedMedia(5, wanted, { pictureHash: null }),
      hashedMedia(6, wanted, { pictureQuality: null }),
    ]);
    expect(await found(await IndexStage.create())).toEqual({ pks: [1], isComplete: true });
  });

  test("passes over row ids without records in one step", async () => {
    const pks = [1, 1_000_000, 5_000_000_000];
    await insertHashes(Object.fromEntries(pks.map((pk) => [pk, wanted])));
    const stage = await IndexStage.create();
    await found(stage);
    await stage.finish();
    expect(await found(stage)).toEqual({ pks, isComplete: true });
    expect(stage.reads).toBe(3);
  });
});

describe("an object that has lost its storage", () => {
  test("finds everything again", async () => {
    await insertFiveBlocks();
    const stage = await IndexStage.create();
    await stage.index.rebuild();
    await stage.finish();
    await stage.wipe();
    await stage.index.rebuild();
    await stage.finish();
    expect(await found(stage)).toEqual({ pks: wantedPks, isComplete: true });
  });

  test("begins anew where its blocks are of an earlier layout", async () => {
    await insertHashes({ 1: wanted });
    const stage = await IndexStage.built();
    await stage.index.place([{ pk: 2, hash: wanted }]);
    await runInDurableObject(stage.index, (_, state) => {
      state.storage.sql.exec("UPDATE building SET format = 0");
    });
    expect(await found(stage)).toEqual({ pks: [1], isComplete: true });
  });
});

describe("an object that is evicted while it is built", () => {
  test("goes on where it was", async () => {
    await insertFiveBlocks();
    const stage = await IndexStage.create();
    await found(stage);
    await stage.evict();
    await stage.finish();
    expect(await found(stage)).toEqual({ pks: wantedPks, isComplete: true });
    expect(stage.reads).toBe(5);
  });

  test("has an alarm all the while", async () => {
    await insertFiveBlocks();
    const stage = await IndexStage.create();
    const alarms: (number | null)[] = [];
    stage.beforeRead = async (_, storage) => void alarms.push(await storage.getAlarm());
    await found(stage);
    await stage.finish();
    expect(alarms).toHaveLength(5);
    expect(alarms).not.toContain(null);
  });
});

describe("rebuilding", () => {
  test("keeps what it holds until it is through, and lets go what no record has", async () => {
    await insertFiveBlocks();
    const stage = await IndexStage.create();
    await stage.index.rebuild();
    await stage.finish();
    const stale = [8, slotsPerBlock * 3, slotsPerBlock * 900];
    await stage.index.place(stale.map((pk) => ({ pk, hash: wanted })));
    await env.DB.prepare("DELETE FROM media_objects WHERE pk = ?").bind(wantedPks[2]).run();
    await stage.index.rebuild();
    expect((await found(stage)).pks).toContain(slotsPerBlock * 900);
    await stage.finish();
    expect(await found(stage)).toEqual({ pks: wantedPks.filter((_, at) => at !== 2), isComplete: true });
    expect(await stage.blocks()).toEqual([0, 1, 3, 4]);
  });

  test("leaves no block where all records are gone", async () => {
    await insertHashes({ 1: wanted });
    const stage = await IndexStage.built();
    await stage.index.place([{ pk: slotsPerBlock * 4, hash: wanted }]);
    await env.DB.exec("DELETE FROM media_objects");
    await stage.index.rebuild();
    await stage.finish();
    expect(await stage.blocks()).toEqual([]);
  });

  test("that is asked for while a block is read reads that block again", async () => {
    await insertHashes({ 1: wanted });
    const stage = await IndexStage.create();
    stage.afterRead = async (instance) => {
      stage.afterRead = async () => undefined;
      await env.DB.prepare("UPDATE media_objects SET picture_hash = ?").bind(other).run();
      await instance.rebuild();
    };
    expect(await found(stage)).toEqual({ pks: [], isComplete: true });
    expect(stage.reads).toBe(2);
  });
});

describe("what is placed while its block is read", () => {
  test("stays, where the records that were read are older", async () => {
    await insertHashes({ 1: other, 2: wanted, 3: wanted });
    const stage = await IndexStage.create();
    stage.afterRead = async (instance) =>
      instance.place([
        { pk: 1, hash: wanted },
        { pk: 2, hash: null },
        { pk: 9, hash: wanted },
      ]);
    expect((await found(stage)).pks).toEqual([1, 3, 9]);
  });

  test("stays where its block has no records, or lies behind the last", async () => {
    await insertHashes({ 1: wanted, [slotsPerBlock * 3]: other });
    const stage = await IndexStage.built();
    await stage.index.rebuild();
    const late = [slotsPerBlock + 1, slotsPerBlock * 8];
    stage.afterRead = async (instance) => instance.place(late.map((pk) => ({ pk, hash: wanted })));
    await stage.finish();
    expect((await found(stage)).pks).toEqual([1, ...late]);
  });

  test("gives way to a later reading of the records", async () => {
    await insertHashes({ 1: wanted });
    const stage = await IndexStage.create();
    stage.afterRead = async (instance) => instance.place([{ pk: 1, hash: other }]);
    await found(stage);
    stage.afterRead = async () => undefined;
    await stage.index.rebuild();
    expect((await found(stage)).pks).toEqual([1]);
  });
});

describe("while the database does not answer", () => {
  const away = async (): Promise<never> => {
    throw new Error("D1_ERROR: Network connection lost.");
  };

  test("a search answers from what there is, and asks it no more before its time", async () => {
    const stage = await IndexStage.create();
    stage.beforeRead = away;
    await stage.index.place([{ pk: 2, hash: wanted }]);
    expect(await found(stage)).toEqual({ pks: [2], isComplete: false });
    expect(await found(stage)).toEqual({ pks: [2], isComplete: false });
    expect(stage.reads).toBe(1);
  });

  test("alarms come later and later, at most ten minutes apart", async () => {
    const stage = await IndexStage.create();
    stage.beforeRead = away;
    await stage.index.rebuild();
    const delays: number[] = [];
    for (let failure = 0; failure < 12; failure++) {
      expect(await stage.alarm()).toBe(true);
      delays.push(((await stage.alarmAt()) ?? Number.NaN) - Date.now());
      stage.advance(delays.at(-1) ?? 0);
    }
    expect(delays.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(delays.at(-1)).toBe(10 * minuteMs);
    expect(stage.reads).toBe(12);
  });

  test("nothing is lost: it goes on where it was once the database is back", async () => {
    await insertFiveBlocks();
    const stage = await IndexStage.create();
    await found(stage);
    stage.beforeRead = away;
    await stage.alarm();
    stage.beforeRead = async () => undefined;
    stage.advance(minuteMs);
    await stage.finish();
    expect(await found(stage)).toEqual({ pks: wantedPks, isComplete: true });
    expect(stage.reads).toBe(6);
  });
});
