import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import type { IngestMessage, IngestTask } from "../../../src/protocol/messages.ts";
import "../../support/setup.ts";
import { Invocation } from "../faults/bindings.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { describe as describeRecord, storedRows } from "../support/rows.ts";
import type { World } from "../support/world.ts";

/**
 * A world in whose Dropbox everything has happened that a run can find. Records have their first key as words.
 * Answers how to bring the records back to before that run; the Dropbox is only read by it.
 */
async function prepare(): Promise<{ world: World; again: () => Promise<void> }> {
  const { world, dropbox } = await dropboxWorld();
  const { tree } = dropbox;
  for (const name of ["moved", "changed", "gone", "original", "left", "right", "remade", "same"])
    tree.put(`/${name}.jpg`, name);
  await run(world, false);
  for (const { id, key } of await storedRows("dropbox")) await describeRecord(id, key);
  tree.put("/twin.jpg", "original");
  await run(world, false);
  tree.move("/moved.jpg", "/elsewhere/moved.jpg");
  tree.put("/changed.jpg", "other bytes");
  tree.delete("/gone.jpg");
  tree.delete("/original.jpg");
  tree.move("/left.jpg", "/aside.jpg");
  tree.move("/right.jpg", "/left.jpg");
  tree.move("/aside.jpg", "/right.jpg");
  tree.delete("/remade.jpg");
  tree.put("/remade.jpg", "other bytes too");
  tree.put("/fresh.jpg", "fresh");
  tree.put("/also fresh.jpg", "also fresh");
  dropbox.listings.pageSize = 7;
  const kept = await Promise.all(["media_objects", "provider_state"].map(keep));
  const again = async (): Promise<void> => {
    await env.DB.prepare("DELETE FROM sightings").run();
    for (const restore of kept) await restore();
    world.advance(1000);
  };
  return { world, again };
}

/** Keeps the rows of a table in mind; answers how to put them back. */
async function keep(table: string): Promise<() => Promise<void>> {
  const { results: columns } = await env.DB.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
  const names = columns.map(({ name }) => String(name));
  const { results } = await env.DB.prepare(`SELECT ${names.join()} FROM ${table}`).all();
  const values = names.map((name) => `value ->> '${name}'`).join();
  return async () => {
    await env.DB.batch([
      env.DB.prepare(`DELETE FROM ${table}`),
      env.DB.prepare(`INSERT INTO ${table} (${names.join()}) SELECT ${values} FROM json_each(?)`).bind(
        JSON.stringify(results),
      ),
    ]);
  };
}

async function run(
  world: World,
  full: boolean,
  hand = async (message: IngestMessage) => deliver(world, message),
) {
  world.advance(1000);
  const { id } = await world.startIngest({ full });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift())
    await hand(message);
  return world.run(id);
}

async function deliver(world: World, message: IngestMessage): Promise<void> {
  expect((await world.deliver(message)).acknowledged).toBe(true);
}

/** Every record, by its words instead of its id, and nothing that is left of the run. */
async function outcome(): Promise<unknown> {
  const rows = (await storedRows("dropbox")).map((row) => {
    const { key, version, metadata, state, missing, vanished } = row;
    return { key: key.split("\u{1}")[0], version, metadata, state, missing, vanished };
  });
  const sightings = await env.DB.prepare("SELECT count(*) AS n FROM sightings").first("n");
  return { rows, sightings };
}

const kinds = ["delta", "unlisted", "settle", "place", "inherit", "declare", "purge"] as const;
/** A page of changes sets down where to go on, a page of all there is does not. */
const tasks = [["delta", false] as const, ...kinds.map((kind) => [kind, true] as const)];
const faults = [["dies", "dies_after"] as const, ["is overtaken", "overtaken"] as const];

/** A task of a run, and what befalls its worker. */
interface Accident {
  readonly kind: IngestTask["kind"];
  readonly full: boolean;
  readonly fault: "dies_after" | "overtaken";
  readonly at: number;
}

/** Hands out the first task of a kind with a fault at one of its calls; answers whether it made so many. */
async function withFault(world: World, { kind, full, fault, at }: Accident) {
  let wasMet = false;
  let isDone = false;
  const result = await run(world, full, async (message) => {
    if (isDone || message.type !== "task" || message.task.kind !== kind) return deliver(world, message);
    isDone = true;
    const invocation = new Invocation({ at, kind: fault }, async () => {
      wasMet = true;
      await world.deliver(message);
    });
    await world.deliver(message, { bindings: invocation.bindings(world, 1000) });
    wasMet ||= invocation.isDead;
    await world.deliver(message);
  });
  return { wasMet, result };
}

async function expectedOf(world: World, full: boolean) {
  const { state, counts } = await run(world, full);
  expect(state).toBe("completed");
  expect(counts).toMatchObject({ new: 2, changed: 2, moved: 4, missing: 1 });
  return { counts, rows: await outcome() };
}

const accidents = tasks.flatMap(([kind, full]) =>
  faults.map(([what, fault]) => ({ what, kind, full, fault })),
);

test.each(accidents)(
  "a worker that $what at any call of a task $kind leaves the same records and counts (full: $full)",
  async (accident) => {
    const { world, again } = await prepare();
    const expected = await expectedOf(world, accident.full);
    let at = 0;
    for (; ; at++) {
      await again();
      const { wasMet, result } = await withFault(world, { ...accident, at });
      expect({ at, counts: result.counts }).toEqual({ at, counts: expected.counts });
      expect({ at, rows: await outcome() }).toEqual({ at, rows: expected.rows });
      if (!wasMet) break;
    }
    expect(at).toBeGreaterThanOrEqual(3);
  },
);

test.each([false, true])(
  "tasks that are all handed out twice at once do nothing twice (full: %s)",
  async (full) => {
    const { world, again } = await prepare();
    const expected = await expectedOf(world, full);
    await again();
    const { counts } = await run(world, full, async (message) => {
      await Promise.all([world.deliver(message), world.deliver(message)]);
      await world.deliver(message);
    });
    expect(counts).toEqual(expected.counts);
    expect(await outcome()).toEqual(expected.rows);
  },
);

test.each([false, true])(
  "a run that is cancelled after any task is made good by the next (full: %s)",
  async (full) => {
    const { world, again } = await prepare();
    const expected = await expectedOf(world, full);
    let isCancelled = true;
    let tasks = 0;
    while (isCancelled) {
      tasks += 1;
      await again();
      let done = 0;
      const { state } = await run(world, full, async (message) => {
        await world.deliver(message);
        done += 1;
        if (done === tasks) await world.coordinator.cancel();
      });
      isCancelled = state === "cancelled";
      await run(world, false);
      expect({ tasks, outcome: await outcome() }).toEqual({ tasks, outcome: expected.rows });
    }
    expect(tasks).toBeGreaterThan(5);
  },
);

test("a photo that was deleted before it was made anew is there, whenever the worker of its page dies", async () => {
  for (let at = 0, wasMet = true; wasMet; at++) {
    const { world, dropbox } = await dropboxWorld();
    await env.DB.batch(
      ["media_objects", "provider_state", "sightings"].map((name) => env.DB.prepare(`DELETE FROM ${name}`)),
    );
    await run(world, false);
    dropbox.tree.put("/a.jpg", "first");
    dropbox.tree.delete("/a.jpg");
    dropbox.tree.put("/a.jpg", "second");
    const met = await withFault(world, { kind: "delta", full: false, fault: "dies_after", at });
    ({ wasMet } = met);
    expect({ at, counts: met.result.counts }).toMatchObject({ at, counts: { new: 1, missing: 0 } });
    const rows = await storedRows("dropbox");
    expect(rows).toMatchObject([{ key: "a.jpg", missing: false, vanished: false }]);
  }
});
