import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";

import type { IngestMessage, IngestTask } from "../../../src/protocol/messages.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { Invocation } from "../faults/bindings.ts";
import { dropboxWorld, type DropboxWorld } from "../support/dropbox-world.ts";
import { storedRows } from "../support/rows.ts";
import { replacedCoordinator } from "../support/world.ts";

/** Which photos there are, and which are missing, as people see it. */
async function records(): Promise<unknown> {
  const rows = (await storedRows("dropbox")).map(({ key, missing }) => [key.split("\u{1}")[0], missing]);
  return Object.fromEntries(rows);
}

/** A Dropbox with these photos, all on record, and nothing else. */
async function withPhotos(...names: string[]): Promise<DropboxWorld> {
  const tables = ["media_objects", "sightings", "provider_state"];
  await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  const made = await dropboxWorld();
  for (const name of names) made.dropbox.tree.put(`/${name}.jpg`, name);
  await made.world.ingest();
  made.world.advance(1000);
  return made;
}

/** Hands out messages until one of a kind comes, and takes that. */
async function untilTask({ world }: DropboxWorld, kind: IngestTask["kind"]): Promise<IngestMessage> {
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type === "task" && message.task.kind === kind) return message;
    await world.deliver(message);
  }
  throw new Error(`no task ${kind} came`);
}

/** A worker that is held up before a call of its own, while `meanwhile` happens; answers whether it made so many calls. */
async function heldUp(
  { world }: DropboxWorld,
  { message, at }: { readonly message: IngestMessage | undefined; readonly at: number },
  meanwhile: () => Promise<void>,
): Promise<boolean> {
  let wasMet = false;
  const invocation = new Invocation({ at, kind: "overtaken" }, async () => {
    wasMet = true;
    await meanwhile();
  });
  const { acknowledged } = await world.deliver(message, { bindings: invocation.bindings(world, 1000) });
  if (!acknowledged) await world.deliver(message);
  return wasMet;
}

/** Plays a story with a worker that is held up before its first call, its second, and so on; answers how many it has. */
async function atEachCall(play: (at: number) => Promise<boolean>): Promise<number> {
  let calls = 0;
  while (await play(calls)) calls += 1;
  return calls;
}

interface EndedRun {
  readonly kind: IngestTask["kind"];
  readonly full: boolean;
  /** How the run ends while the worker is held up. */
  readonly ending: "cancelled" | "completed";
  readonly next: "moves" | "adds";
}

const endedRuns = (["moves", "adds"] as const).flatMap((next): EndedRun[] => [
  { kind: "unlisted", full: true, ending: "cancelled", next },
  { kind: "delta", full: true, ending: "cancelled", next },
  { kind: "delta", full: false, ending: "cancelled", next },
  { kind: "purge", full: false, ending: "completed", next },
]);

test.each(endedRuns)(
  "a worker of a run that was $ending, late with its task $kind (full: $full), takes nothing from the next, which $next a photo",
  async ({ kind, full, ending, next }) => {
    const calls = await atEachCall(async (at) => {
      const made = await withPhotos("a", "b");
      const { world, dropbox } = made;
      dropbox.tree.move("/a.jpg", "/z.jpg");
      const { id } = await world.startIngest({ full });
      const message = await untilTask(made, kind);
      const wasMet = await heldUp(made, { message, at }, async () => {
        if (ending === "cancelled") await world.coordinator.cancel();
        else {
          await world.deliver(message);
          await world.drain();
        }
        world.takeAll();
        expect((await world.run(id)).state).toBe(ending);
        world.advance(1000);
        if (next === "moves") dropbox.tree.move("/b.jpg", "/c.jpg");
        else dropbox.tree.put("/c.jpg", "c");
        await world.startIngest();
        await world.deliver(world.outbox.shift());
      });
      await world.drain();
      if (!wasMet) return false;
      await world.ingest();
      const photos = next === "moves" ? ["c", "z"] : ["b", "c", "z"];
      const wanted = Object.fromEntries(photos.map((name) => [`${name}.jpg`, false]));
      expect({ at, records: await records() }).toEqual({ at, records: wanted });
      return true;
    });
    expect(calls).toBeGreaterThan(2);
  },
);

test.each(["stays", "is deleted", "gets other bytes"])(
  "whichever of two workers with the first page of all there is reports it, a file that has moved and then %s is told right",
  async (event) => {
    const calls = await atEachCall(async (at) => {
      const made = await withPhotos("b");
      const { world, dropbox } = made;
      dropbox.tree.move("/b.jpg", "/c.jpg");
      dropbox.tree.put("/y.jpg", "y");
      dropbox.listings.pageSize = 1;
      const { id } = await world.startIngest({ full: true });
      const message = world.outbox.shift();
      const lost = replacedCoordinator(world.coordinator, {
        complete: async () => Promise.reject(new Error("The answer was lost.")),
        postpone: async () => undefined,
      });
      const INGEST_COORDINATOR = replaced(env.INGEST_COORDINATOR, { getByName: () => lost });
      const wasMet = await heldUp(made, { message, at }, async () => {
        await world.deliver(message, { bindings: { INGEST_COORDINATOR } });
      });
      if (event === "is deleted") dropbox.tree.delete("/c.jpg");
      else if (event === "gets other bytes") dropbox.tree.put("/c.jpg", "other bytes");
      await world.deliver(message);
      await world.drain();
      expect((await world.run(id)).state).toBe("completed");
      await world.ingest();
      const wanted = event === "is deleted" ? { "b.jpg": true } : { "c.jpg": false };
      expect({ at, records: await records() }).toEqual({ at, records: { ...wanted, "y.jpg": false } });
      return wasMet;
    });
    expect(calls).toBeGreaterThan(4);
  },
);

test.each(["falls silent", "puts it off"])(
  "a report that counts only from the last worker is refused from an earlier one, also when the last one %s",
  async (what) => {
    const { world } = await withPhotos();
    const { id: run } = await world.startIngest({ full: true });
    const task = "delta:dropbox:0:0";
    const earlier = await world.coordinator.begin(run, task);
    const later = await world.coordinator.begin(run, task);
    expect(later).toBeGreaterThan(earlier ?? Number.POSITIVE_INFINITY);
    if (what === "puts it off") await world.coordinator.postpone(run, task, Date.now() + 60_000);
    else {
      world.advance(31_000);
      await world.alarm();
    }
    const report = { counts: {}, cost: {} };
    expect(await world.coordinator.complete(run, task, report, [], earlier)).toBe(false);
    expect(await world.coordinator.complete(run, task, report, [], later)).toBe(true);
  },
);

test("what an older answer of Dropbox held, and a newer one does not, is missing, though the older comes later", async () => {
  const made = await withPhotos("a", "b");
  const { world, dropbox } = made;
  const { id } = await world.startIngest({ full: true });
  const message = world.outbox.shift();
  const reached = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  const slow = replacedCoordinator(world.coordinator, {
    complete: async (...report: Parameters<typeof world.coordinator.complete>) => {
      reached.resolve();
      await open.promise;
      return world.coordinator.complete(...report);
    },
  });
  const INGEST_COORDINATOR = replaced(env.INGEST_COORDINATOR, { getByName: () => slow });
  const newer: Promise<unknown>[] = [];
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const response = await dropbox.fetch(input, init);
    const { url } = new Request(input, init);
    if (newer.length === 0 && url.endsWith("files/list_folder")) {
      dropbox.tree.delete("/a.jpg");
      newer.push(world.deliver(message, { bindings: { INGEST_COORDINATOR } }));
      await reached.promise;
      world.advance(5);
    }
    return response;
  });
  await world.deliver(message);
  open.resolve();
  await Promise.all(newer);
  await world.deliver(message);
  await world.drain();
  expect((await world.run(id)).state).toBe("completed");
  await world.ingest();
  expect(await records()).toEqual({ "a.jpg": true, "b.jpg": false });
});

test.each(["is back", "is gone"])(
  "a worker that is late with the first page of changes undoes nothing of the second, by which a file %s",
  async (event) => {
    const calls = await atEachCall(async (at) => {
      const made = await withPhotos("b", "y");
      const { world, dropbox } = made;
      const isBack = event === "is back";
      dropbox.listings.pageSize = isBack ? 1 : 2;
      if (isBack) dropbox.tree.delete("/b.jpg");
      else dropbox.tree.move("/b.jpg", "/c.jpg");
      await world.startIngest();
      const message = world.outbox.shift();
      const wasMet = await heldUp(made, { message, at }, async () => {
        if (isBack) dropbox.tree.put("/b.jpg", "b");
        // So that there is another page.
        else dropbox.tree.put("/z.jpg", "z");
        await world.deliver(message);
        if (!isBack) dropbox.tree.delete("/c.jpg");
        const settle = await untilTask(made, "settle");
        world.outbox.unshift(settle);
      });
      await world.drain();
      if (!wasMet) return false;
      await world.ingest();
      const wanted = isBack ? { "b.jpg": false } : { "b.jpg": true, "z.jpg": false };
      expect({ at, records: await records() }).toEqual({ at, records: { ...wanted, "y.jpg": false } });
      return true;
    });
    expect(calls).toBeGreaterThan(2);
  },
);

/** Two workers with a page of changes: the earlier has read it before a file is back, and goes on in the middle of the other. */
async function interleaved(early: number, late: number): Promise<{ earlyMet: boolean; lateMet: boolean }> {
  const { world, dropbox } = await withPhotos("b", "y");
  dropbox.tree.delete("/b.jpg");
  await world.startIngest();
  const message = world.outbox.shift();
  const met = { earlyMet: false, lateMet: false };
  const reached = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  const first = new Invocation({ at: early, kind: "overtaken" }, async () => {
    met.earlyMet = true;
    reached.resolve();
    await open.promise;
  });
  const goingOn = world.deliver(message, { bindings: first.bindings(world, 1000) });
  await Promise.race([reached.promise, goingOn]);
  dropbox.tree.restore("/b.jpg");
  const second = new Invocation({ at: late, kind: "overtaken" }, async () => {
    met.lateMet = true;
    open.resolve();
    await goingOn;
  });
  await world.deliver(message, { bindings: second.bindings(world, 1000) });
  open.resolve();
  await goingOn;
  await world.deliver(message);
  await world.drain();
  await world.ingest();
  expect({ early, late, records: await records() }).toEqual({
    early,
    late,
    records: { "b.jpg": false, "y.jpg": false },
  });
  return met;
}

test("of two workers with the same page of changes, interleaved at any calls, the later one's reading holds", async () => {
  let pairs = 0;
  for (let early = 0, earlyMet = true; earlyMet; early++) {
    for (let late = 0, lateMet = true; lateMet && earlyMet; late++) {
      ({ earlyMet, lateMet } = await interleaved(early, late));
      pairs += 1;
    }
  }
  expect(pairs).toBeGreaterThan(20);
});
