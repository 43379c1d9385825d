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

  test("are left for the photo that needs two of them, or nobody is asked about it", async () => {
    const { world, ai } = await worldWith({}, { photos: 3, bindings: { AI_DAILY_LIMIT: "3" } });
    await insertKeywords("Beach");
    await world.ingest();
    expect(ai.calls.map(({ kind }) => kind).toSorted()).toEqual(["caption", "decision"]);
    expect(await states()).toEqual({ open: 1, wanted: 2 });
    expect(await callsOf(Date.now())).toBe(2);
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
