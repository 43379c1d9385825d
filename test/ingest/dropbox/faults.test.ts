import { env } from "cloudflare:workers";
import { expect, onTestFinished, test, vi } from "vitest";

import type { DropboxStandIn } from "../../support/dropbox/stand-in.ts";
import { jpegBytes } from "../../support/images/index.ts";
import "../../support/setup.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { describe as describeRecord, storedRows, thumbnailKeys } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const photo = (number: number): Uint8Array => jpegBytes({ width: 8 + number, height: 8 });

/** Waits between attempts take no time; what is shorter than any time-out is a wait. */
function withoutWaiting(): void {
  const original = setTimeout;
  vi.stubGlobal("setTimeout", (work: () => void, ms = 0) => original(work, ms < 30_000 ? 0 : ms));
  onTestFinished(() => void vi.unstubAllGlobals());
}

/** Hands out messages until none is left, each as often as it takes and when it asks to be; answers how often one came back. */
async function drainPatiently(world: World): Promise<number> {
  let returned = 0;
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    for (let attempts = 1; ; attempts++) {
      const { acknowledged, retryAfter } = await world.deliver(message, { attempts });
      if (acknowledged) break;
      if (attempts > 40) throw new Error("a message is never done");
      returned += 1;
      world.advance((retryAfter ?? 0) * 1000);
    }
  }
  return returned;
}

async function ingest(world: World): Promise<number> {
  world.advance(1000);
  const { id } = await world.startIngest();
  const returned = await drainPatiently(world);
  expect((await world.run(id)).state).toBe("completed");
  return returned;
}

/** Two ingests of a Dropbox in which everything happens; every record has its first key for its words. */
async function play({ world, dropbox }: { world: World; dropbox: DropboxStandIn }): Promise<number> {
  const { tree } = dropbox;
  dropbox.listings.pageSize = 4;
  for (let index = 0; index < 8; index++) tree.put(`/Old/${index}.jpg`, photo(index));
  let returned = await ingest(world);
  for (const { id, key } of await storedRows("dropbox")) await describeRecord(id, key);
  tree.move("/Old", "/New");
  tree.put("/New/1.jpg", photo(20));
  tree.delete("/New/2.jpg");
  tree.move("/New/3.jpg", "/3.jpg");
  tree.delete("/New/4.jpg");
  tree.put("/New/4.jpg", photo(21));
  tree.put("/fresh.jpg", photo(22));
  returned += await ingest(world);
  return returned;
}

/** What clients see, by words instead of ids, which are others each time; and that each thumbnail is there. */
async function outcome(): Promise<unknown> {
  const stored = new Set((await thumbnailKeys()).map((key) => key.split("/").slice(0, 2).join("/")));
  return (await storedRows("dropbox")).map(
    ({ id, key, metadata, version, state, error, missing, thumbnail }) => {
      const hasThumbnail = stored.has(`${id}/${thumbnail}`);
      return { key, metadata, version, state, error, missing, thumbnail, hasThumbnail };
    },
  );
}

test.each([
  [1, 1],
  [2, 2],
  [3, 240],
])(
  "faults in one call of five (seed %i, Retry-After %i) change nothing in the end",
  async (seed, retryAfter) => {
    withoutWaiting();
    await play(await dropboxWorld());
    const expected = await outcome();
    expect(expected).toHaveLength(10);
    await env.DB.batch(
      ["media_objects", "provider_state"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
    );
    const stage = await dropboxWorld();
    stage.dropbox.faults.randomly({ seed, probability: 0.2, retryAfter });
    const returned = await play(stage);
    expect(await outcome()).toEqual(expected);
    // A longer wait than a worker takes upon itself is left to the queue.
    expect(returned).toBeGreaterThanOrEqual(retryAfter > 5 ? 1 : 0);
  },
);

test.each(["files/list_folder", "files/list_folder/continue", "files/download"])(
  "a token that ends just before a call of %s is not noticed by anyone",
  async (route) => {
    const stage = await dropboxWorld();
    stage.dropbox.faults.plan({ kind: "expired" }, route);
    expect(await play(stage)).toBe(0);
    expect(stage.dropbox.callsOf("oauth2/token")).toBeGreaterThan(1);
  },
);
