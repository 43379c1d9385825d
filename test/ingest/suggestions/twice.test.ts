import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";

import { suggestDue } from "../../../src/media/suggestions/suggest-due.ts";
import { models } from "../../support/ai/stand-in.ts";
import { failingDatabase } from "../../support/records/database.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf } from "../support/rows.ts";
import { exhausted, type World } from "../support/world.ts";
import { keyOf, minuteMs, processTasks, states, suggestionAt, wake, worldWith } from "./support.ts";

const first = keyOf(0);
const message = { type: "suggest", traceId: "0".repeat(32) } as const;

/** Ingests, and leaves the message that has models asked where it is. */
async function ingestAlone(world: World): Promise<void> {
  await world.startIngest();
  await processTasks(world);
}

function messagesOf(world: World): number {
  return world.outbox.filter(({ type }) => type === "suggest").length;
}

describe("the message that has models asked", () => {
  test("is sent once, however many photos were processed meanwhile", async () => {
    const { world } = await worldWith({}, { photos: 45 });
    await ingestAlone(world);
    expect(messagesOf(world)).toBe(1);
  });

  test("is followed by another while photos wait, and by none when none does", async () => {
    const { world } = await worldWith({}, { photos: 20 });
    await ingestAlone(world);
    const counts: unknown[] = [];
    for (let left = 1; left > 0; left = messagesOf(world)) {
      world.takeAll();
      await world.deliver(message);
      counts.push((await states())["open"]);
    }
    expect(counts).toEqual([8, 16, 20]);
  });

  test("asks nothing twice when it comes twice at the same time, and leads to one that follows", async () => {
    const { world, ai } = await worldWith({}, { photos: 20 });
    await ingestAlone(world);
    world.takeAll();
    await Promise.all([world.deliver(message), world.deliver(message)]);
    expect(new Set(ai.calls.map(({ number }) => number)).size).toBe(16);
    expect(await states()).toEqual({ open: 16, wanted: 4 });
    expect(messagesOf(world)).toBe(1);
  });

  test("does nothing when it was lost and comes after the one that was sent for it", async () => {
    const { world, ai } = await worldWith({}, { photos: 1 });
    ai.answers = { instead: () => ({}) };
    await world.ingest();
    await world.deliver(message);
    expect(ai.calls).toHaveLength(1);
    expect(messagesOf(world)).toBe(0);
  });

  test("is sent again by the next night where it was lost", async () => {
    const { world } = await worldWith({});
    await ingestAlone(world);
    world.takeAll();
    world.advance(11 * minuteMs);
    await world.startIngest({ trigger: "cron" });
    expect(messagesOf(world)).toBe(1);
    await world.drain();
    expect(await states()).toEqual({ open: 1 });
  });

  test("is sent sooner where a photo is due before the one that is on its way comes", async () => {
    const { world, ai } = await worldWith({ instead: () => ({}) });
    await world.ingest();
    world.advance(minuteMs);
    await wake(world);
    ai.answers = {};
    world.takeAll();
    await world.put(keyOf(1), photo(1));
    await ingestAlone(world);
    expect(messagesOf(world)).toBe(1);
    await world.drain();
    expect(await states()).toEqual({ open: 1, wanted: 1 });
  });

  test("that has failed too often is left to whoever sends the next", async () => {
    const { world, ai } = await worldWith({});
    await ingestAlone(world);
    world.takeAll();
    expect(await world.deliver(message, { attempts: exhausted })).toMatchObject({ acknowledged: true });
    expect(ai.calls).toEqual([]);
  });
});

describe("whoever dies while a model is asked", () => {
  test("leaves the photo to be asked about five minutes later, which counts as an attempt", async () => {
    const { world, ai } = await worldWith({});
    await ingestAlone(world);
    const DB = failingDatabase(env.DB, (query) => query.includes("UPDATE suggestions SET state"));
    await expect(suggestDue(world.services({ DB }))).rejects.toThrow("database");
    expect(await suggestionAt(first)).toMatchObject({ state: "wanted", attempts: 1 });
    world.advance(4 * minuteMs);
    await wake(world);
    expect(ai.calls).toHaveLength(1);
    world.advance(minuteMs);
    await wake(world);
    expect(ai.calls).toHaveLength(2);
    expect(await suggestionAt(first)).toMatchObject({ state: "open", attempts: 0 });
  });

  test("each time leaves it given up in the end", async () => {
    const { world, ai } = await worldWith({});
    await ingestAlone(world);
    const DB = failingDatabase(env.DB, (query) => query.includes("UPDATE suggestions SET state"));
    for (let time = 0; time < 5; time++) {
      await suggestDue(world.services({ DB })).catch(() => undefined);
      world.advance(5 * minuteMs);
    }
    await wake(world);
    expect(ai.calls).toHaveLength(5);
    expect(await suggestionAt(first)).toMatchObject({ state: "failed" });
  });
});

describe("what a model says", () => {
  test("comes to nothing for a photo that has got other bytes meanwhile", async () => {
    const { world, ai } = await worldWith({});
    ai.answers = {
      instead: async ({ number }) => {
        if (number === 0) {
          await env.DB.prepare(
            "UPDATE media_objects SET thumbnail_version = 'other', change = change + 1",
          ).run();
        }
        return { description: `Caption ${number}.` };
      },
    };
    await world.ingest();
    expect(await suggestionAt(first)).toMatchObject({ state: "wanted", description: null });
    expect(await rowOf(first)).toMatchObject({ change: 2 });
  });

  test("comes to nothing for a photo that is in the trash meanwhile, and is asked for when that is back", async () => {
    const { world, ai } = await worldWith({});
    await ingestAlone(world);
    const { id } = await rowOf(first);
    ai.answers = {
      instead: async ({ number }) => {
        if (number === 0) await world.api(`/v1/media/${id}`, { method: "DELETE" });
        return undefined;
      },
    };
    await wake(world);
    world.advance(5 * minuteMs);
    await wake(world);
    expect(await states()).toEqual({ wanted: 1 });
    expect(ai.calls).toHaveLength(1);
    expect((await world.api(`/v1/media/${id}/restore`, { method: "POST" })).status).toBe(200);
    await world.scan({ suggestions: true });
    expect(await states()).toEqual({ open: 1 });
  });
});

test("a photo that is missing in its turn is asked about when it is back", async () => {
  const { world, ai } = await worldWith({});
  await ingestAlone(world);
  const missingSince = "UPDATE media_objects SET change = change + 1, missing_since =";
  await env.DB.prepare(`${missingSince} 1`).run();
  await wake(world);
  expect(await suggestionAt(first)).toMatchObject({ state: "wanted", due_at: null, is_missing: 1 });
  await env.DB.prepare(`${missingSince} NULL`).run();
  expect(ai.calls).toEqual([]);
  await wake(world);
  expect(await states()).toEqual({ open: 1 });
});

test("models are named as they were asked", async () => {
  const { world } = await worldWith({});
  await world.ingest();
  expect(await suggestionAt(first)).toMatchObject({ model: models.caption, decision_model: "" });
});
