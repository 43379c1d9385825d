import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";

import { suggestDue } from "../../../src/media/suggestions/suggest-due.ts";
import { aiError, noAnswer } from "../../support/ai/stand-in.ts";
import { failingDatabase } from "../../support/records/database.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { storedRows } from "../support/rows.ts";
import {
  callsOf,
  insertKeywords,
  keyOf,
  minuteMs,
  processTasks,
  shownAt,
  states,
  suggestionAt,
  wake,
  worldWith,
} from "./support.ts";

const first = keyOf(0);

const busy = (): never => {
  throw aiError(3040, "Capacity temporarily exceeded, please try again.");
};

async function pausedUntil(): Promise<unknown> {
  return env.DB.prepare("SELECT paused_until FROM suggestion_wakes").first("paused_until");
}

describe("a model that always fails", () => {
  test("leaves every photo ready, and asks for no other attempt at the run", async () => {
    const { world } = await worldWith({ instead: busy }, { photos: 25 });
    const { run } = await world.ingest();
    expect(run).toMatchObject({ state: "completed", counts: { processed: 25, failed: 0 } });
    expect((await storedRows()).filter(({ state, change }) => state !== "ready" || change !== 1)).toEqual([]);
    expect(await states()).toEqual({ wanted: 25 });
  });

  test("is left alone for longer each time, up to an hour", async () => {
    const { world, ai } = await worldWith({ instead: busy }, { photos: 40 });
    await world.ingest();
    const waits: number[] = [];
    for (let time = 0; time < 9; time++) {
      const until = Number(await pausedUntil());
      waits.push((until - Date.now()) / minuteMs);
      const before = ai.calls.length;
      world.advance(until - Date.now() - 10_000);
      await wake(world);
      expect(ai.calls).toHaveLength(before);
      world.advance(10_000);
      await wake(world);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test("is no attempt at a photo, however long that lasts", async () => {
    const { world, ai } = await worldWith({ instead: busy });
    await world.ingest();
    for (let time = 0; time < 10; time++) {
      world.advance(2 * 60 * minuteMs);
      await wake(world);
    }
    expect(ai.calls).toHaveLength(11);
    expect(await suggestionAt(first)).toMatchObject({ state: "wanted", attempts: 0 });
    expect(await dueAt()).toBe(await pausedUntil());
    ai.answers = {};
    world.advance(2 * 60 * minuteMs);
    await wake(world);
    expect(await states()).toEqual({ open: 1 });
  });

  test("is asked at once for the next photo when it has answered again", async () => {
    const { world, ai } = await worldWith({ instead: busy }, { photos: 20 });
    await world.ingest();
    ai.answers = {};
    world.advance(minuteMs);
    await wake(world);
    expect(await states()).toEqual({ open: 20 });
    expect(await env.DB.prepare("SELECT failures FROM suggestion_wakes").first("failures")).toBe(0);
  });
});

describe("a model that hangs", () => {
  test("is not waited for: the photo is ready, and asked about later", async () => {
    const { world, ai } = await worldWith({ instead: noAnswer }, { photos: 0 });
    await world.put(first, photo());
    await world.startIngest();
    await processTasks(world);
    await suggestDue(world.services(), 1);
    expect(await storedRows()).toMatchObject([{ state: "ready", change: 1 }]);
    expect(await suggestionAt(first)).toMatchObject({ state: "wanted", attempts: 0 });
    ai.answers = {};
    world.advance(minuteMs);
    await wake(world);
    expect(await suggestionAt(first)).toMatchObject({ state: "open" });
  });
});

describe("an answer that makes no sense", () => {
  test.for([
    ["empty", ""],
    ["not JSON", "{description:"],
    ["HTML", "<!doctype html><title>502</title>"],
    ["of another kind", [{ label: "dog", score: 1 }]],
  ])("is the trouble of one photo, and no other waits for it (%s)", async ([, answer]) => {
    const { world } = await worldWith(
      { instead: ({ number }) => (number === 0 ? answer : undefined) },
      { photos: 12 },
    );
    await world.ingest();
    expect(await states()).toEqual({ open: 11, wanted: 1 });
    world.advance(minuteMs);
    await wake(world);
    expect(await states()).toEqual({ open: 12 });
  });

  test("may be an error about the photo as well", async () => {
    const { world } = await worldWith(
      {
        instead: ({ number }) => {
          if (number === 0) throw aiError(5004, "Invalid data type for base64 input: null");
          return undefined;
        },
      },
      { photos: 12 },
    );
    await world.ingest();
    expect(await states()).toEqual({ open: 11, wanted: 1 });
    expect(await env.DB.prepare("SELECT max(attempts) AS n FROM suggestions").first("n")).toBe(1);
  });

  test("is asked for five times, four times as long after the last each time", async () => {
    const { world, ai } = await worldWith({ instead: () => ({ description: 7 }) });
    await world.ingest();
    const waits: number[] = [];
    for (let due = await dueAt(); due !== null; due = await dueAt()) {
      waits.push((due - Date.now()) / minuteMs);
      world.advance(due - Date.now());
      await wake(world);
    }
    expect(waits).toEqual([1, 4, 16, 64]);
    expect(ai.calls).toHaveLength(5);
    expect(await suggestionAt(first)).toMatchObject({ state: "failed" });
  });
});

async function dueAt(): Promise<number | null> {
  const due = (await suggestionAt(first))?.["due_at"];
  return typeof due === "number" ? due : null;
}

describe("of two models", () => {
  test("the one that does not answer keeps nobody from asking the other", async () => {
    const { world, ai } = await worldWith({
      instead: ({ kind }) => (kind === "caption" ? busy() : undefined),
    });
    await insertKeywords("Beach");
    await world.ingest();
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption", "decision"]);
    expect(await callsOf(Date.now())).toBe(2);
    ai.answers = {};
    world.advance(minuteMs);
    await wake(world);
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption", "decision", "caption"]);
    expect(await shownAt(world, first)).toMatchObject({
      description: "A dog runs along a beach.",
      keywords: [{ keyword: "Beach" }],
    });
  });

  test("one that does not answer has everybody wait, whatever the other one says", async () => {
    const { world, ai } = await worldWith({
      instead: ({ kind }) => (kind === "caption" ? {} : busy()),
    });
    await insertKeywords("Beach");
    await world.ingest();
    expect(await pausedUntil()).toBe(Date.now() + minuteMs);
    expect(ai.calls).toHaveLength(2);
  });

  test("the one that fails is asked again, and what the other has said is kept", async () => {
    const { world, ai } = await worldWith({ instead: ({ kind }) => (kind === "decision" ? {} : undefined) });
    await insertKeywords("Beach");
    await world.ingest();
    expect(await shownAt(world, first)).toBeNull();
    ai.answers = {};
    world.advance(minuteMs);
    await wake(world);
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption", "decision", "decision"]);
    expect(await shownAt(world, first)).toMatchObject({ keywords: [{ keyword: "Beach" }] });
  });

  test("what one has said is shown when the other has failed for good", async () => {
    const { world } = await worldWith({ instead: ({ kind }) => (kind === "decision" ? {} : undefined) });
    await insertKeywords("Beach");
    await world.ingest();
    for (let time = 0; time < 5; time++) {
      world.advance(2 * 60 * minuteMs);
      await wake(world);
    }
    expect(await shownAt(world, first)).toMatchObject({
      description: "A dog runs along a beach.",
      keywords: [],
    });
  });
});

describe("a photo", () => {
  test("is processed although it cannot be set down that models are to be asked about it", async () => {
    const DB = failingDatabase(env.DB, (query) => query.includes("INSERT INTO suggestions"));
    const { world } = await worldWith({}, { bindings: { DB } });
    const { run } = await world.ingest();
    expect(run).toMatchObject({ state: "completed", counts: { processed: 1 } });
    expect(await states()).toEqual({});
  });

  test("without a preview is given up, and no model is asked about it", async () => {
    const { world, ai } = await worldWith({});
    await world.startIngest();
    await processTasks(world);
    const { objects } = await env.DERIVATIVES_BUCKET.list();
    await env.DERIVATIVES_BUCKET.delete(objects.map(({ key }) => key));
    for (let time = 0; time < 5; time++) {
      await wake(world);
      world.advance(2 * 60 * minuteMs);
    }
    expect(ai.calls).toEqual([]);
    expect(await suggestionAt(first)).toMatchObject({ state: "failed" });
  });
});
