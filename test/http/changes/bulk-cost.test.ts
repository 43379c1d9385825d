import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { apiCost, type ApiCost } from "../../support/http/api.ts";
import { bulkOf, type BulkAnswer } from "../../support/http/changes.ts";
import { seedMany } from "../../support/records/seed.ts";

interface Call extends Omit<ApiCost, "response"> {
  readonly answer: BulkAnswer;
}

async function call(json: object): Promise<Call> {
  const { response, ...cost } = await apiCost("/v1/media/bulk", { method: "POST", as: "write", json });
  return { answer: await bulkOf(response), ...cost };
}

/** The calls of a change along its cursors; something may happen behind the first one. */
async function calls(json: object, meanwhile?: () => Promise<unknown>): Promise<Call[]> {
  const made = [await call(json)];
  await meanwhile?.();
  for (let cursor = made[0]?.answer.next_cursor ?? null; cursor !== null;) {
    const next = await call({ ...json, cursor });
    made.push(next);
    cursor = next.answer.next_cursor;
  }
  return made;
}

async function count(query: string): Promise<number> {
  const row = await env.DB.prepare(query).first();
  return z.object({ n: z.int() }).parse(row).n;
}

/** How large the database is, in bytes. */
async function size(): Promise<number> {
  const { meta } = await env.DB.prepare("SELECT 1").run();
  return meta.size_after;
}

const total = 20_000;

function updatedBy(made: readonly Call[]): number {
  return made.reduce((sum, { answer }) => sum + answer.updated, 0);
}

// In this order: each change finds what the one before has left.
describe(`changes of ${total} records by filter`, () => {
  beforeAll(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    await seedMany(total);
  }, 120_000);

  it("come by 10,000 records a call, within what one invocation may ask of D1", async () => {
    const made = await calls({
      filter: { keyword: "all" },
      remove_keywords: ["All"],
      add_keywords: ["everything"],
    });
    expect(updatedBy(made)).toBe(total);
    for (const { answer, statements, rowsRead, rowsWritten } of made) {
      expect(answer.matched).toBeLessThanOrEqual(10_000);
      expect(answer.results.length).toBe(500);
      expect(statements).toBeLessThanOrEqual(200);
      expect(rowsRead).toBeLessThanOrEqual(45 * answer.updated);
      // A keyword that goes and one that comes, the words, full text, and two for the revision.
      expect(rowsWritten).toBeLessThanOrEqual(11.1 * answer.updated);
    }
    expect(new Set(made.map(({ answer }) => answer.operation_id)).size).toBe(1);
    expect(await count("SELECT count(*) AS n FROM media_revisions")).toBe(total);
    expect(await count("SELECT updated AS n FROM operations")).toBe(total);
  }, 120_000);

  it("take few bytes for a keyword that is renamed in each of many records", async () => {
    const before = await size();
    await env.DB.batch(
      [
        `CREATE TABLE copied (media_id text NOT NULL, revision integer NOT NULL, changed_at integer NOT NULL,
           changed_by text, operation_id text, patch text NOT NULL, words_hash text,
           PRIMARY KEY (media_id, revision)) WITHOUT ROWID`,
        "CREATE INDEX copied_by_operation ON copied (operation_id, media_id, revision) WHERE operation_id IS NOT NULL",
        `INSERT INTO copied SELECT media_id, revision, changed_at, changed_by, operation_id, patch, words_hash
           FROM media_revisions`,
      ].map((query) => env.DB.prepare(query)),
    );
    const bytes = ((await size()) - before) / total;
    expect(bytes).toBeLessThanOrEqual(300);
    await env.DB.exec("DROP TABLE copied");
  }, 120_000);

  it("go on behind a cursor without a gap or a double, whatever happens meanwhile", async () => {
    const json = { filter: { keyword: "everything" }, add_keywords: ["a"] };
    const lastChanged = "(SELECT max(media_id) FROM media_revisions WHERE revision = 2)";
    const at = (index: number) => `(SELECT id FROM media_objects ORDER BY id LIMIT 1 OFFSET ${index})`;
    const made = await calls(json, async () =>
      env.DB.batch(
        [
          `DELETE FROM media_objects WHERE id IN (${at(0)}, ${lastChanged}, ${at(19_000)}, ${at(19_990)})`,
          `UPDATE media_objects SET folded_keywords = '[]', object_metadata = '{}', words_text = '' WHERE id IN (${at(19_100)}, ${at(3)})`,
        ].map((query) => env.DB.prepare(query)),
      ),
    );
    // The first call came by all of those that were not deleted before it came there.
    expect(updatedBy(made)).toBe(19_997);
    expect(new Set(made.map(({ answer }) => answer.operation_id)).size).toBe(1);
    expect(await count("SELECT count(*) AS n FROM media_keywords WHERE folded = 'a'")).toBe(19_994);
    expect(await count("SELECT max(revision) AS n FROM media_objects")).toBe(2);
    const again = await calls(json);
    expect(updatedBy(again)).toBe(0);
  }, 120_000);

  it("go on behind a cursor of a search, the newest first", async () => {
    const json = { filter: { q: "keyword:a" }, remove_keywords: ["a"], add_keywords: ["b"] };
    const made = await calls(json);
    expect(updatedBy(made)).toBe(19_994);
    for (const { answer, statements, rowsRead } of made) {
      expect(statements).toBeLessThanOrEqual(300);
      expect(rowsRead).toBeLessThanOrEqual(70 * answer.updated);
    }
    expect(await count("SELECT count(*) AS n FROM media_keywords WHERE folded = 'a'")).toBe(0);
  }, 120_000);

  it("are bound to all of the body, and a look to itself", async () => {
    const json = { filter: { keyword: "b" }, add_keywords: ["c"], dry_run: true };
    const looked = await call(json);
    expect(looked).toMatchObject({ rowsWritten: 0, answer: { operation_id: null } });
    const cursor = looked.answer.next_cursor;
    const others = [{ dry_run: false }, { add_keywords: ["d"] }, { filter: { keyword: "everything" } }];
    for (const other of others) {
      const body = { ...json, ...other, cursor };
      const { response } = await apiCost("/v1/media/bulk", { method: "POST", as: "write", json: body });
      expect(await refusalOf(response)).toBe("422 validation_error cursor");
    }
    const rest = await call({ cursor, dry_run: true, add_keywords: ["c"], filter: { keyword: "b" } });
    expect(rest.answer.updated).toBeGreaterThan(0);
  }, 120_000);

  it("look at a bounded number of records where next to nothing matches", async () => {
    const made = await calls({ filter: { content_type: "image/png" }, add_keywords: ["c"] });
    expect(made.map(({ answer }) => answer.matched)).toEqual(made.map(() => 0));
    for (const { rowsRead } of made) expect(rowsRead).toBeLessThanOrEqual(75_000);
    const searched = await calls({ filter: { q: "jpg", state: "failed" }, add_keywords: ["c"] });
    for (const { rowsRead } of searched) expect(rowsRead).toBeLessThanOrEqual(75_000);
  }, 120_000);
});
