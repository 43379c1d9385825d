import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";

import {
  neverEnds,
  progressAfter,
  standstill,
  type Progress,
} from "../../../src/ingest/listing/standstill.ts";
import { begun } from "../../../src/protocol/tasks.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { photo } from "../support/photos.ts";
import { storedRows } from "../support/rows.ts";
import { World } from "../support/world.ts";

/** More pages than any listing here needs that ends. */
const tooMany = 400;

/** Plays a run to its end, or to so many messages that it has none; answers how it ended and its messages. */
async function play(world: World, bindings: Partial<Env> = {}) {
  const { id } = await world.startIngest();
  let messages = 0;
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    messages += 1;
    if (messages > tooMany) break;
    await world.deliver(message, { bindings });
  }
  return { run: await world.run(id), messages };
}

const given = {
  state: "failed",
  counts: { missing: 0 },
  providers: { main: { state: "failed", error: neverEnds } },
} as const;

describe("a bucket that answers the same page for ever", () => {
  test.each([
    ["its first one", async () => env.MEDIA_BUCKET.list({ prefix: "main/", limit: 2 })],
    [
      "the one before",
      async (options: R2ListOptions) =>
        env.MEDIA_BUCKET.list({
          ...options,
          limit: 2,
          ...(options.startAfter === undefined ? {} : { startAfter: "main/a.jpg" }),
        }),
    ],
  ])("has its run ended and nothing declared missing: %s", async (_which, list) => {
    const world = await World.create();
    for (const name of ["a", "b", "c", "d", "e"]) await world.put(`${name}.jpg`, photo());
    await world.ingest();
    await world.remove("e.jpg");
    world.advance(1000);
    const { run, messages } = await play(world, { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { list }) });
    expect(run).toMatchObject(given);
    expect(messages).toBeLessThanOrEqual(standstill.most / standstill.stuck + 3);
    expect((await storedRows()).filter((row) => row.missing)).toEqual([]);
    expect((await world.coordinator.status()).state).toBe("idle");
  });
});

const listed = z.object({ entries: z.array(z.unknown()), cursor: z.string(), has_more: z.boolean() });

type Listed = z.infer<typeof listed>;

/**
 * A Dropbox with photos on record, of which one was deleted since: it tells that as `pageOf` says, page after page of a
 * run.
 */
async function tellingDropbox(pageOf: (truth: Listed, page: number) => Listed): Promise<World> {
  const { world, dropbox } = await dropboxWorld();
  for (const name of ["a", "b", "c"]) dropbox.tree.put(`/${name}.jpg`, name);
  await world.ingest();
  world.advance(1000);
  dropbox.tree.delete("/a.jpg");
  let truth: Listed | null = null;
  let page = 0;
  vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
    if (!input.includes("/files/list_folder")) return dropbox.fetch(input, init);
    truth ??= listed.parse(await (await dropbox.fetch(input, init)).json());
    return Response.json(pageOf(truth, page++));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return world;
}

const endless: readonly [string, (truth: Listed, page: number) => Listed][] = [
  [
    "says that there is more at the same cursor, and tells nothing",
    () => ({ entries: [], has_more: true, cursor: "same" }),
  ],
  [
    "says that there is more at the same cursor, and tells the same changes",
    (truth) => ({ ...truth, has_more: true, cursor: "same" }),
  ],
  [
    "leads from one cursor to another and back",
    (truth, page) => ({ ...truth, has_more: true, cursor: page % 2 === 0 ? "one" : "two" }),
  ],
  [
    "leads round in a circle of seven cursors",
    (truth, page) => ({ ...truth, has_more: true, cursor: `turn-${page % 7}` }),
  ],
];

describe("a Dropbox that", () => {
  test.each(endless)("%s has its run ended, and nothing declared missing", async (_how, pageOf) => {
    const world = await tellingDropbox(pageOf);
    const { run } = await play(world);
    expect(run).toMatchObject({
      state: "failed",
      counts: { missing: 0 },
      providers: { dropbox: { state: "failed", error: neverEnds } },
    });
    expect((await storedRows("dropbox")).filter((row) => row.missing)).toEqual([]);
  });

  test("has 150 empty pages before it tells what has changed is read to its end", async () => {
    const world = await tellingDropbox((truth, page) =>
      page < 150 ? { entries: [], has_more: true, cursor: `empty-${page}` } : truth,
    );
    const { run } = await play(world);
    expect(run).toMatchObject({ state: "completed", counts: { missing: 1 } });
  });
});

describe("the progress of a listing", () => {
  /** How many pages a listing of these positions is let go on for. */
  function pagesOf(
    step: (page: number) => { readonly to: string; readonly isEmpty: boolean },
    most: number,
  ): number {
    let progress: Progress | null = begun;
    let from: string | null = null;
    for (let page = 0; page < most; page++) {
      const { to, isEmpty } = step(page);
      progress = progressAfter(progress, { page, from, to, isEmpty });
      if (progress === null) return page + 1;
      from = to;
    }
    return most;
  }

  test("ends after 100 pages in a row that lead to where they began", () => {
    expect(pagesOf(() => ({ to: "same", isEmpty: false }), 1000)).toBe(101);
  });

  test("ends after 10,000 empty pages in a row, wherever they lead", () => {
    expect(pagesOf((page) => ({ to: String(page), isEmpty: true }), 20_000)).toBe(10_000);
  });

  test("begins anew with each page that tells something and leads on", () => {
    const step = (page: number) => ({ to: String(Math.floor(page / 90)), isEmpty: page % 90 !== 0 });
    expect(pagesOf(step, 50_000)).toBe(50_000);
  });

  test("ends in a circle of any length, from any page on, and never without one", () => {
    const circles = fc.record({ before: fc.nat(300), length: fc.integer({ min: 2, max: 300 }) });
    fc.assert(
      fc.property(circles, ({ before, length }) => {
        const circle = (page: number) => (page < before ? page : before + ((page - before) % length));
        const pages = pagesOf((page) => ({ to: String(circle(page)), isEmpty: false }), 5000);
        expect(pages).toBeLessThanOrEqual(4 * (before + length) + 4);
        expect(pagesOf((page) => ({ to: String(page), isEmpty: false }), before + length)).toBe(
          before + length,
        );
      }),
    );
  });
});
