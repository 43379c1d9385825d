import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";

import { openDatabase } from "../../../src/db/connection.ts";
import { markDeleted } from "../../../src/db/ingest/gone.ts";
import { pairSightings, type PairingPosition } from "../../../src/db/ingest/pairing.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { observedDatabase } from "../../support/records/database.ts";
import "../../support/setup.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { storedKeys } from "../support/rows.ts";
import { World } from "../support/world.ts";

/** How many photos have vanished between two that are there; docs/testing.md says how to ask for more. */
const many = Number(env.TEST_VANISHED);

/** Stores records of photos that were there once, `folder/000000.jpg` and so on, by one statement for each 20,000. */
async function storeRecords(provider: string, folder: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += 20_000) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT ?3 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?4)
       INSERT INTO media_objects (id, provider, object_key, path_key, version, content_hash, file_size, content_type, state,
         width, change, updated_at)
       SELECT printf('018cc251-%04x-7000-8000-%012x', length(?1), i), ?1, printf('%s/%06d.jpg', ?2, i),
         printf('%s/%06d.jpg', ?2, i), printf('v%d', i), printf('md5:%032x', i), 1000 + i, 'image/jpeg', 'ready', 1, 1, i
       FROM n`,
    )
      .bind(provider, folder, from, Math.min(count, from + 20_000))
      .run();
  }
}

/** What the tasks of a run have asked of the database at the most, each by itself. */
interface Effort {
  readonly run: Run;
  readonly tasks: number;
  /** Rows that one statement has answered. */
  readonly mostAnswered: number;
  readonly mostStatements: number;
}

async function observedRun(
  world: World,
  options: { readonly confirmMissing?: boolean } = {},
): Promise<Effort> {
  world.advance(1000);
  const { id } = await world.startIngest(options);
  let [tasks, mostAnswered, mostStatements] = [0, 0, 0];
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    let statements = 0;
    const DB = observedDatabase(env.DB, {
      before: () => {
        statements += 1;
      },
      after: ({ results }) => {
        mostAnswered = Math.max(mostAnswered, results.length);
      },
    });
    expect((await world.deliver(message, { bindings: { DB } })).acknowledged).toBe(true);
    tasks += 1;
    mostStatements = Math.max(mostStatements, statements);
  }
  return { run: await world.run(id), tasks, mostAnswered, mostStatements };
}

/** More than any statement is to answer, whatever there is; and than any task is to ask. */
const bounds = { answered: 5000, statements: 200 } as const;

function checkBounds({ mostAnswered, mostStatements }: Effort): void {
  expect(mostAnswered).toBeLessThanOrEqual(bounds.answered);
  expect(mostStatements).toBeLessThanOrEqual(bounds.statements);
}

describe("a folder of very many photos that has vanished between two that are there", () => {
  test("is compared a page at a time, and declared missing by several tasks once that is confirmed", async () => {
    const world = await World.create();
    await world.put("a.jpg", "no photo");
    await world.put("z.jpg", "no photo");
    await world.ingest();
    await storeRecords("main", "m", many);
    const asked = await observedRun(world);
    expect(asked.run).toMatchObject({
      state: "needs_confirmation",
      counts: { scanned: 2, unchanged: 2, missing: many },
    });
    checkBounds(asked);
    const confirmed = await observedRun(world, { confirmMissing: true });
    expect(confirmed.run).toMatchObject({
      state: "completed",
      counts: { scanned: 2, unchanged: 2, missing: many, ambiguous: 0, moved: 0 },
    });
    checkBounds(confirmed);
    const again = await observedRun(world);
    expect(again.run).toMatchObject({ counts: { missing: 0 }, cost: { rows_written: 0 } });
    console.info("vanished between two keys", many, [asked, confirmed, again].map(figuresOf));
  }, 600_000);

  test("is marked a part at a time when a Dropbox tells that it was deleted", async () => {
    const { world, dropbox } = await dropboxWorld();
    dropbox.tree.put("/m/000000.jpg", "x");
    dropbox.tree.put("/z.jpg", "z");
    await world.ingest();
    await env.DB.prepare("DELETE FROM media_objects WHERE path_key LIKE 'm/%'").run();
    await storeRecords("dropbox", "m", many);
    dropbox.tree.delete("/m");
    const effort = await observedRun(world);
    expect(effort.run).toMatchObject({ state: "needs_confirmation", counts: { missing: many } });
    checkBounds(effort);
  }, 600_000);
});

function figuresOf({ run, tasks, mostAnswered, mostStatements }: Effort) {
  return {
    tasks,
    mostAnswered,
    mostStatements,
    rowsRead: run.cost.rows_read,
    calls: run.cost.provider_calls,
  };
}

describe("what is gone", () => {
  test("is marked at all its paths, however they overlap and whatever their number, and at no other", async () => {
    await storeRecords("main", "a", 5200);
    await storeRecords("other", "a", 10);
    const inserted = ["a", "a/000001.jpg", "a!", "a0", "b", "b/x"].map((path, index) =>
      env.DB.prepare(
        `INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state, updated_at)
         VALUES (?, 'main', ?2, ?2, 'v', 1, 'image/jpeg', 'ready', 1) ON CONFLICT (provider, path_key) DO NOTHING`,
      ).bind(`extra-${index}`, path),
    );
    await env.DB.batch(inserted);
    const db = openDatabase(env.DB, "primary");
    await markDeleted(db, { provider: "main", run: "run" }, [
      { path: "a/000001.jpg", what: "both" },
      { path: "a", what: "children" },
      { path: "b", what: "file" },
      { path: "a/000001.jpg", what: "children" },
    ]);
    const marked = "SELECT count(*) AS n FROM media_objects WHERE vanished_run = 'run'";
    expect(await env.DB.prepare(marked).first("n")).toBe(5201);
    const others = await env.DB.prepare(
      "SELECT provider || ':' || path_key AS at FROM media_objects WHERE vanished_run IS NULL AND provider = 'main' ORDER BY path_key",
    ).all<{ at: string }>();
    expect(others.results.map(({ at }) => at)).toEqual(["main:a", "main:a!", "main:a0", "main:b/x"]);
  });
});

test("very many sightings are paired 20,000 at a time, from where the task before has stopped", async () => {
  await storeRecords("main", "old", 23_000);
  await env.DB.prepare("UPDATE media_objects SET missing_since = 1").run();
  await env.DB.prepare(
    `INSERT INTO sightings (provider, path_key, object_key, version, content_hash, file_size, content_type,
       thumbnail_version, run_id, new_id)
     SELECT 'main', 'new' || substr(path_key, 4), 'new', version, content_hash, file_size, content_type, 't', 'run', id || 'x'
     FROM media_objects`,
  ).run();
  const listing = { provider: "main", run: "run", prefix: "" };
  const stops: (PairingPosition | null)[] = [];
  for (let from: PairingPosition | null = null, isFirst = true; isFirst || from !== null; isFirst = false) {
    const { sighted, next }: { sighted: boolean; next: PairingPosition | null } = await pairSightings(
      openDatabase(env.DB, "primary"),
      listing,
      from,
    );
    expect(sighted).toBe(true);
    stops.push(next);
    from = next;
  }
  expect(stops.map((stop) => stop?.by ?? null)).toEqual(["ref", "hash", null]);
  const paired = `SELECT count(*) AS n FROM sightings s JOIN media_objects m ON m.id = s.moved_from
    WHERE substr(s.path_key, 4) = substr(m.path_key, 4)`;
  expect(await env.DB.prepare(paired).first("n")).toBe(23_000);
  expect(await storedKeys()).toHaveLength(23_000);
});
