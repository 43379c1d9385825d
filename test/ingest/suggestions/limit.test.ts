import { describe, expect, test } from "vitest";

import "../../support/setup.ts";
import { callsOf, insertKeywords, keyOf, shownAt, states, wake, worldWith } from "./support.ts";

const dayMs = 24 * 60 * 60_000;

describe("the calls of a day", () => {
  test("suffice for as many of 200 photos as the limit says, and each day for more", async () => {
    const { world, ai } = await worldWith({}, { photos: 200, bindings: { AI_DAILY_LIMIT: "120" } });
    const { run } = await world.ingest();
    expect(run).toMatchObject({ state: "completed", counts: { processed: 200, failed: 0 } });
    expect(await states()).toEqual({ open: 120, wanted: 80 });
    expect([ai.calls.length, await callsOf(Date.now())]).toEqual([120, 120]);
    await wake(world);
    expect(ai.calls).toHaveLength(120);
    world.advance(dayMs);
    await wake(world);
    expect(await states()).toEqual({ open: 200 });
    expect([ai.calls.length, await callsOf(Date.now())]).toEqual([200, 80]);
  });

  test("are all made, though a photo needs two, and what was half asked comes first on the next day", async () => {
    const { world, ai } = await worldWith({}, { photos: 12, bindings: { AI_DAILY_LIMIT: "3" } });
    await insertKeywords("Beach");
    await world.ingest();
    const counts = [await states()];
    for (let day = 0; day < 3; day++) {
      world.advance(dayMs);
      await wake(world);
      counts.push(await states());
    }
    expect(counts).toEqual([
      { open: 1, wanted: 11 },
      { open: 3, wanted: 9 },
      { open: 4, wanted: 8 },
      { open: 6, wanted: 6 },
    ]);
    expect(ai.calls).toHaveLength(12);
    expect(await callsOf(Date.now())).toBe(3);
  });

  test("that are raised are made on the same day", async () => {
    const { world, ai } = await worldWith({}, { photos: 3, bindings: { AI_DAILY_LIMIT: "1" } });
    await world.ingest();
    expect(await states()).toEqual({ open: 1, wanted: 2 });
    Object.assign(world.env, { AI_DAILY_LIMIT: "10" });
    await world.startIngest({ trigger: "cron" });
    await world.drain();
    expect(await states()).toEqual({ open: 3 });
    expect(ai.calls).toHaveLength(3);
  });

  test("may be fewer than one photo needs, which is asked about for days then", async () => {
    const { world, ai } = await worldWith({}, { bindings: { AI_DAILY_LIMIT: "1" } });
    await insertKeywords("Beach");
    await world.ingest();
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption"]);
    expect(await shownAt(world, keyOf(0))).toBeNull();
    world.advance(dayMs);
    await wake(world);
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption", "decision"]);
    expect(await shownAt(world, keyOf(0))).toMatchObject({
      description: "A dog runs along a beach.",
      keywords: [{ keyword: "Beach" }],
    });
  });

  test("count those that fail", async () => {
    const { world } = await worldWith({ instead: () => ({}) });
    await world.ingest();
    expect(await callsOf(Date.now())).toBe(1);
  });
});
