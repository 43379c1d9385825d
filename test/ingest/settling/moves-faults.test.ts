import { expect, test } from "vitest";
import { z } from "zod";

import type { IngestMessage } from "../../../src/protocol/messages.ts";
import type { Run } from "../../../src/protocol/run.ts";
import "../../support/setup.ts";
import { Invocation } from "../faults/bindings.ts";
import type { Fault } from "../faults/plan.ts";
import { photo } from "../support/photos.ts";
import { describe as write, rowOf, storedRows } from "../support/rows.ts";
import { World } from "../support/world.ts";

/** What is done to messages of a run that is handed out one by one. */
interface Disturbance {
  /** What happens to each worker. */
  readonly fault: (message: IngestMessage) => Fault | null;
  readonly meanwhile?: () => Promise<void>;
  readonly onDeath?: () => void;
}

let worlds = 0;

/**
 * A world of its own, in which a photo has moved (`moved.jpg`), one has moved over another that is gone by that
 * (`over.jpg`, `under.jpg`), two have changed places, one has vanished, one is only left as a copy, and one is new.
 */
async function unsettledWorld(): Promise<World> {
  worlds += 1;
  const world = await World.create({ name: `world-${worlds}` });
  const put = async (photos: Readonly<Record<string, number>>): Promise<void> => {
    for (const [key, number] of Object.entries(photos)) await world.put(key, `no photo ${number}`);
  };
  const originals = ["moved", "over", "under", "left", "right", "vanished", "original"];
  await put(Object.fromEntries(originals.map((name, number) => [`${name}.jpg`, number])));
  await world.ingest();
  for (const row of await storedRows(world.name)) await write(row.id, row.key);
  await put({ "x-copy.jpg": 6 });
  world.advance(1000);
  await world.ingest();
  world.advance(1000);
  await world.remove("moved.jpg", "over.jpg", "vanished.jpg", "original.jpg");
  await put({ "new-place.jpg": 0, "under.jpg": 1, "left.jpg": 4, "right.jpg": 3, "new.jpg": 7 });
  return world;
}

/** Plays a whole ingest; a message whose worker fails or dies comes once more, without a fault. */
async function play(world: World, disturbance?: Disturbance): Promise<Run> {
  const { id } = await world.startIngest();
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    world.advance(1);
    const invocation = new Invocation(disturbance?.fault(message) ?? null, async () =>
      disturbance?.meanwhile?.(),
    );
    await world.deliver(message, { bindings: invocation.bindings(world, 1000) });
    if (!invocation.isDead) continue;
    disturbance?.onDeath?.();
    world.advance(1);
    await world.deliver(message);
  }
  return world.run(id);
}

/** What a run is to come to, as far as anybody sees it. */
async function outcome(world: World, run: Run) {
  const rows = await storedRows(world.name);
  const shown = rows.map(({ key, missing, state, metadata, revision }) => {
    const [objectKey] = key.split("\u{1}");
    return { objectKey, missing, state, metadata, revision };
  });
  return { state: run.state, counts: run.counts, rows: shown };
}

function kindOf(message: IngestMessage): string {
  return message.type === "task" ? message.task.kind : message.type;
}

const settling = ["list", "settle", "place", "inherit", "declare", "purge"] as const;

test("what is settled is as described", async () => {
  const world = await unsettledWorld();
  const run = await play(world);
  expect(run.counts).toMatchObject({ moved: 5, missing: 2, new: 1, ambiguous: 0, processed: 1 });
  const rows = await storedRows(world.name);
  expect(
    rows.map((row) => [row.key.split("\u{1}")[0], row.missing ? "missing" : "there", row.metadata]),
  ).toEqual([
    ["left.jpg", "there", '{"description":"right.jpg"}'],
    ["new-place.jpg", "there", '{"description":"moved.jpg"}'],
    ["new.jpg", "there", "{}"],
    ["right.jpg", "there", '{"description":"left.jpg"}'],
    ["under.jpg", "there", '{"description":"over.jpg"}'],
    ["under.jpg", "missing", '{"description":"under.jpg"}'],
    ["vanished.jpg", "missing", '{"description":"vanished.jpg"}'],
    ["x-copy.jpg", "there", '{"description":"original.jpg"}'],
  ]);
});

test.each(settling)(
  "a worker that dies after any call of its task '%s' changes neither records nor counts",
  { timeout: 240_000 },
  async (kind) => {
    const calm = await unsettledWorld();
    const wanted = await outcome(calm, await play(calm));
    let at = 0;
    for (let deaths = 1; deaths > 0; at++) {
      deaths = 0;
      const world = await unsettledWorld();
      const run = await play(world, {
        fault: (message) => (kindOf(message) === kind ? { at, kind: "dies_after" } : null),
        onDeath: () => {
          deaths += 1;
        },
      });
      expect({ at, ...(await outcome(world, run)) }).toEqual({ at, ...wanted });
    }
    expect(at).toBeGreaterThan(2);
  },
);

test.each(settling)(
  "words that are written before any call of the task '%s' are there when the run has ended",
  { timeout: 240_000 },
  async (kind) => {
    let isReached = true;
    for (let at = 0; isReached; at++) {
      isReached = false;
      const world = await unsettledWorld();
      const written = new Map<string, string>();
      const run = await play(world, {
        fault: (message) => (kindOf(message) === kind ? { at, kind: "overtaken" } : null),
        meanwhile: async () => {
          isReached = true;
          for (const { id } of await storedRows(world.name)) {
            const json = { object_metadata: { description: `new words for ${id}` } };
            expect((await world.api(`/v1/media/${id}`, { method: "PATCH", json })).status).toBe(200);
            written.set(id, `{"description":"new words for ${id}"}`);
          }
          world.advance(1);
        },
      });
      expect(run.state).toBe("completed");
      const rows = new Map((await storedRows(world.name)).map((row) => [row.id, row.metadata]));
      expect(new Map([...written.keys()].map((id) => [id, rows.get(id)]))).toEqual(written);
    }
  },
);

const hashed = z.object({ content_hash: z.string() });

test("a photo that was stored in parts gets a computed hash, and is recognised by it when it has moved", async () => {
  const world = await World.create();
  await world.putMultipart("a.jpg", photo(1));
  await world.ingest();
  const { id } = await rowOf("a.jpg");
  const shown = hashed.parse(await (await world.api(`/v1/media/${id}`)).json());
  expect(shown.content_hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  await write(id, "mine");
  await world.remove("a.jpg");
  await world.putMultipart("b.jpg", photo(1));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.cost.bytes_read).toBe(photo(1).length);
  expect(run.counts).toMatchObject({ moved: 1 });
  expect(await storedRows()).toMatchObject([
    { id, key: "b.jpg", missing: false, state: "ready", metadata: '{"description":"mine"}' },
  ]);
  world.advance(1000);
  const again = await world.ingest();
  expect(again.run).toMatchObject({ counts: { unchanged: 1, queued: 0 }, cost: { bytes_read: 0 } });
});

test("a photo that was stored in parts is recognised even if the worker that computes its hash dies at any call", async () => {
  let isReached = true;
  for (let at = 0; isReached; at++) {
    isReached = false;
    worlds += 1;
    const world = await World.create({ name: `world-${worlds}` });
    await world.putMultipart("a.jpg", photo(1));
    await world.ingest();
    const { id } = await rowOf("a.jpg", world.name);
    await write(id, "mine");
    await world.remove("a.jpg");
    await world.putMultipart("b.jpg", photo(1));
    world.advance(1000);
    await play(world, {
      fault: (message) => (kindOf(message) === "process" ? { at, kind: "dies_after" } : null),
      onDeath: () => {
        isReached = true;
      },
    });
    const rows = await storedRows(world.name);
    expect(rows).toMatchObject([{ id, key: "b.jpg", missing: false, metadata: '{"description":"mine"}' }]);
  }
});

test("a photo that was stored in parts is not taken for one that a listing has not held before that is complete", async () => {
  const world = await World.create();
  await world.putMultipart("0.jpg", photo(1));
  await world.put("z.jpg", photo(2));
  await world.ingest();
  const { id } = await rowOf("0.jpg");
  await write(id, "mine");
  await world.putMultipart("a.jpg", photo(1));
  await world.remove("0.jpg");
  world.advance(1000);
  await world.startIngest();
  const pageByPage = new Invocation(null, async () => undefined).bindings(world, 1);
  await world.deliver(world.takeAll()[0], { bindings: pageByPage });
  for (const message of world.takeAll()) if (kindOf(message) === "process") await world.deliver(message);
  // The listing never ends, and had only overlooked it.
  await world.coordinator.cancel();
  world.takeAll();
  await world.putMultipart("0.jpg", photo(1));
  world.advance(1000);
  await world.ingest();
  const rows = await storedRows();
  expect(rows.map(({ key, missing }) => [key, missing])).toEqual([
    ["0.jpg", false],
    ["a.jpg", false],
    ["z.jpg", false],
  ]);
  expect(rows[0]).toMatchObject({ id, metadata: '{"description":"mine"}' });
});
