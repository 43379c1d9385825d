import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import type { Run } from "../../../src/protocol/run.ts";
import { observedDatabase, isWrite } from "../../support/records/database.ts";
import type { DropboxStandIn } from "../../support/dropbox/stand-in.ts";
import "../../support/setup.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { thumbnailKeys } from "../support/rows.ts";
import { listOnly, type World } from "../support/world.ts";

/** How many files the Dropbox has, and how many its folder that is moved; docs/testing.md says how to ask for more. */
const many = Number(env.TEST_DROPBOX_FILES);
const inFolder = many / 4;

/** How many pages Dropbox needs for so many entries. */
const pages = (entries: number): number => Math.ceil(entries / 2000);
/** What a run sends at most that moves or returns a folder: pages of changes, of places, and what follows these. */
const boundedMessages = pages(inFolder + 2) + Math.floor(inFolder / 500) + 1 + 4;

/** A folder's worth of files, no two alike. */
function fill(dropbox: DropboxStandIn, folder: string, count: number): void {
  for (let index = 0; index < count; index++)
    dropbox.tree.put(`${folder}/IMG_${index}.jpg`, `photo ${index} of ${folder}`);
}

/** What a run asked of the database, and in how many messages. */
interface Effort {
  readonly run: Run;
  readonly messages: number;
  readonly mostStatements: number;
  /** Whether any statement wrote to the records. */
  readonly wroteMedia: boolean;
}

/** A run that brings no work for chunks, looked at while it happens. */
async function observedRun(world: World, options: { confirmMissing?: boolean } = {}): Promise<Effort> {
  world.advance(1000);
  const { id } = await world.startIngest(options);
  let [messages, mostStatements, wroteMedia] = [0, 0, false];
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    let statements = 0;
    const before = (query: string): void => {
      statements += 1;
      wroteMedia ||= isWrite(query) && query.includes("media_objects");
    };
    const DB = observedDatabase(env.DB, { before });
    expect(message).not.toMatchObject({ task: { kind: "process" } });
    const { acknowledged } = await world.deliver(message, { bindings: { DB } });
    expect(acknowledged).toBe(true);
    messages += 1;
    mostStatements = Math.max(mostStatements, statements);
  }
  return { run: await world.run(id), messages, mostStatements, wroteMedia };
}

/** Every record by its id: where it is, what it says, and that it was not touched otherwise. */
async function records(folder: string): Promise<Map<unknown, unknown>> {
  const { results } = await env.DB.prepare(
    `SELECT id, substr(path_key, instr(path_key, '/')) AS name, object_metadata AS words, state, thumbnail_version AS thumbnail
     FROM media_objects WHERE missing_since IS NULL AND vanished_run IS NULL AND path_key LIKE ? || '/%' ORDER BY id`,
  )
    .bind(folder)
    .all();
  return new Map(results.map(({ id, ...rest }) => [id, rest]));
}

async function describeAll(): Promise<void> {
  await env.DB.prepare(
    "UPDATE media_objects SET object_metadata = json_object('description', path_key), revision = 1, change = change + 1",
  ).run();
}

/** A Dropbox whose folder `Old` is on record, each photo described, beside some others. */
async function withFolder(count: number) {
  const { world, dropbox } = await dropboxWorld();
  fill(dropbox, "/Old", count);
  fill(dropbox, "/Other", 200);
  await listOnly(world);
  await describeAll();
  return { world, dropbox, before: await records("old") };
}

test("a Dropbox is listed 2,000 entries a call, and a run that finds nothing new makes one and writes no record", async () => {
  const { world, dropbox } = await dropboxWorld();
  for (let folder = 0; folder < 10; folder++) fill(dropbox, `/${folder}`, many / 10);
  const { run } = await listOnly(world);
  expect(run).toMatchObject({ state: "completed", counts: { scanned: many + 10, new: many } });
  expect(run.cost.provider_calls).toBe(pages(many + 10));
  expect(dropbox.callsOf("files/list_folder") + dropbox.callsOf("files/list_folder/continue")).toBe(
    pages(many + 10),
  );
  const second = await observedRun(world);
  expect(second.run).toMatchObject({
    state: "completed",
    counts: { scanned: 0 },
    cost: { provider_calls: 1 },
  });
  expect(second).toMatchObject({ messages: 2, wroteMedia: false });
  expect(dropbox.callsOf("files/list_folder/continue")).toBe(pages(many + 10));
});

test("a large folder that is renamed keeps every id and word, in a bounded number of messages and statements", async () => {
  const { world, dropbox, before } = await withFolder(inFolder);
  dropbox.tree.move("/Old", "/New");
  const { run, messages, mostStatements } = await observedRun(world);
  expect(run).toMatchObject({
    state: "completed",
    counts: { moved: inFolder, new: 0, missing: 0, queued: 0 },
  });
  expect(messages).toBeLessThanOrEqual(boundedMessages);
  expect(mostStatements).toBeLessThanOrEqual(50);
  expect(await records("new")).toEqual(before);
  expect(before.size).toBe(inFolder);
  expect(dropbox.callsOf("files/download")).toBe(0);
  expect(await thumbnailKeys()).toEqual([]);
});

test("a moved file costs the same rows, however many move with it", async () => {
  const costs: number[][] = [];
  for (const count of [250, 1000]) {
    const { world, dropbox } = await withFolder(count);
    dropbox.tree.move("/Old", "/New");
    const { run } = await observedRun(world);
    expect(run.counts.moved).toBe(count);
    costs.push([run.cost.rows_read / count, run.cost.rows_written / count]);
    await env.DB.batch(
      ["media_objects", "provider_state"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
    );
  }
  const [[read = 0, written = 0] = [], [readOfMany = 0, writtenOfMany = 0] = []] = costs;
  console.info("rows read and written for each moved file", costs);
  expect(read).toBeLessThanOrEqual(52);
  expect(written).toBeLessThanOrEqual(21.1);
  expect(readOfMany / read).toBeLessThan(1.05);
  expect(writtenOfMany / written).toBeLessThan(1.05);
});

/** What a person can do about a folder that was deleted. */
const returns: readonly [string, (dropbox: DropboxStandIn) => void][] = [
  ["as Dropbox restores it", ({ tree }) => tree.restore("/Old")],
  ["as new files", (dropbox) => fill(dropbox, "/Old", inFolder)],
];

test.each(returns)(
  "a large folder that is deleted waits for confirmation, and comes back %s with every id and word",
  async (_how, bringBack) => {
    const { world, dropbox, before } = await withFolder(inFolder);
    dropbox.tree.delete("/Old");
    const { run } = await observedRun(world);
    expect(run).toMatchObject({ state: "needs_confirmation", counts: { missing: inFolder } });
    bringBack(dropbox);
    const { run: next, messages } = await observedRun(world);
    expect(next).toMatchObject({ state: "completed", counts: { new: 0, missing: 0, queued: 0 } });
    expect(messages).toBeLessThanOrEqual(boundedMessages);
    expect(await records("old")).toEqual(before);
    expect(dropbox.callsOf("files/download")).toBe(0);
  },
);

test.each(returns)(
  "a large folder whose deletion was confirmed comes back %s with every id and word",
  async (_how, bringBack) => {
    const { world, dropbox, before } = await withFolder(inFolder);
    dropbox.tree.delete("/Old");
    const { run } = await observedRun(world, { confirmMissing: true });
    expect(run).toMatchObject({ state: "completed", counts: { missing: inFolder } });
    expect(await records("old")).toEqual(new Map());
    bringBack(dropbox);
    const { run: next } = await observedRun(world);
    expect(next).toMatchObject({ state: "completed", counts: { new: 0, missing: 0, queued: 0 } });
    expect(await records("old")).toEqual(before);
  },
);
