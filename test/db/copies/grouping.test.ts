import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { openDatabase } from "../../../src/db/connection.ts";
import { groupSame, leadersOf } from "../../../src/db/copies/grouping.ts";
import { newMediaId } from "../../../src/core/media-id.ts";
import { anyHash, insertPictured, storedGroups } from "../../support/records/copies.ts";

const db = openDatabase(env.DB, "primary");

type Record = Awaited<ReturnType<typeof insertPictured>>;

async function record(): Promise<Record> {
  return insertPictured(anyHash());
}

/** Five records, the oldest first. */
async function five(): Promise<[Record, Record, Record, Record, Record]> {
  return [await record(), await record(), await record(), await record(), await record()];
}

function compared({ id, thumbnailVersion }: Record): { id: string; thumbnailVersion: string } {
  return { id, thumbnailVersion: thumbnailVersion ?? "" };
}

async function group(media: Record, ...others: Record[]): Promise<void> {
  await groupSame(db, { media: compared(media), others: others.map(compared), newGroup: newMediaId() });
}

function ids(...of: readonly Record[]): string[] {
  return of.map(({ id }) => id);
}

describe("a record that shows the same picture", () => {
  it("as an older one is in a group with it", async () => {
    const [a, b] = await five();
    await group(b, a);
    expect(await storedGroups()).toEqual([ids(a, b)]);
  });

  it("as younger ones leads them", async () => {
    const [a, b, c] = await five();
    await group(a, c, b);
    expect(await storedGroups()).toEqual([ids(a, b, c)]);
  });

  it("is in the group once, however often it is put there", async () => {
    const [a, b] = await five();
    await group(b, a);
    const before = (await env.DB.prepare("SELECT * FROM picture_copies").all()).results;
    await group(b, a);
    await group(a, b);
    expect((await env.DB.prepare("SELECT * FROM picture_copies").all()).results).toEqual(before);
  });

  it("as the leaders of two groups, and older than both, leads the records of both", async () => {
    const [a, b, c, d, e] = await five();
    await group(c, b);
    await group(e, d);
    await group(a, b, d);
    expect(await storedGroups()).toEqual([ids(a, b, c, d, e)]);
  });

  it("as an older one brings along those that it leads", async () => {
    const [a, b, c] = await five();
    await group(c, b);
    await group(b, a);
    expect(await storedGroups()).toEqual([ids(a, b, c)]);
  });

  it("as an older one than its leader goes to that one alone", async () => {
    const [a, b, c] = await five();
    await group(c, b);
    await group(c, a);
    expect(await storedGroups()).toEqual([ids(a, c), ids(b)]);
  });

  it("as a younger one than its leader stays", async () => {
    const [a, b, c, d] = await five();
    await group(c, a);
    await group(d, b);
    await group(c, b);
    expect(await storedGroups()).toEqual([ids(a, c), ids(b, d)]);
  });

  it("takes nobody in who has got into another group meanwhile", async () => {
    const [a, b, c] = await five();
    await group(c, a);
    await group(b, c);
    expect(await storedGroups()).toEqual([ids(a, c)]);
  });
});

it("a picture that was replaced since it was compared counts for nothing", async () => {
  const [a, b] = await five();
  const stale = { id: a.id, thumbnailVersion: "other-3" };
  await groupSame(db, { media: compared(b), others: [stale], newGroup: newMediaId() });
  await groupSame(db, { media: stale, others: [compared(b)], newGroup: newMediaId() });
  expect(await storedGroups()).toEqual([]);
});

it("tells the oldest record of the group of each", async () => {
  const [a, , c, d] = await five();
  await group(c, a);
  const led = await leadersOf(db, ids(c, d, a));
  expect(led.map(({ id, leader }) => [id, leader])).toEqual([
    [c.id, a.id],
    [a.id, a.id],
  ]);
});

describe("a group", () => {
  it("of two ends when either is removed", async () => {
    const [a, b] = await five();
    await group(b, a);
    await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(a.id).run();
    expect(await storedGroups()).toEqual([]);
  });

  it("of three goes on without its leader", async () => {
    const [a, b, c] = await five();
    await group(a, b, c);
    await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(a.id).run();
    expect(await storedGroups()).toEqual([ids(b, c)]);
  });

  it("goes on without a record that has another picture", async () => {
    const [a, b, c] = await five();
    await group(a, b, c);
    await env.DB.prepare("UPDATE media_objects SET thumbnail_version = 'x-3' WHERE id = ?").bind(b.id).run();
    expect(await storedGroups()).toEqual([ids(a, c)]);
  });

  it("stays as it is when a record waits to be processed with the same picture", async () => {
    const [a, b] = await five();
    await group(a, b);
    await env.DB.prepare(
      "UPDATE media_objects SET state = 'pending', missing_since = 1, thumbnail_version = thumbnail_version",
    ).run();
    expect(await storedGroups()).toEqual([ids(a, b)]);
  });
});

it("whatever the order in which copies are compared, their groups are the same in the end", async () => {
  const made = [...(await five()), ...(await five())];
  const orders = fc.record({
    pictures: fc.array(fc.nat(3), { minLength: made.length, maxLength: made.length }),
    order: fc.shuffledSubarray([...made.keys()], { minLength: made.length }),
  });
  await fc.assert(
    fc.asyncProperty(orders, async ({ pictures, order }) => {
      await env.DB.prepare("DELETE FROM picture_copies").run();
      const seen: number[] = [];
      for (const index of order) {
        // Each is compared with those that were there before it: with the leader of a group rather than with its members.
        const media = made[index];
        const copies = seen.filter((other) => pictures[other] === pictures[index]);
        const led = await leadersOf(
          db,
          copies.flatMap((other) => made[other]?.id ?? []),
        );
        const heads = copies.filter(
          (other) => !led.some(({ id, leader }) => id === made[other]?.id && leader !== id),
        );
        if (media !== undefined) await group(media, ...heads.flatMap((other) => made[other] ?? []));
        seen.push(index);
      }
      const byPicture = Map.groupBy(made.keys(), (index) => pictures[index]);
      const expected = [...byPicture.values()].filter((group) => group.length > 1);
      expect(await storedGroups()).toEqual(expected.map((group) => group.map((index) => made[index]?.id)));
    }),
    { numRuns: 30 },
  );
});
