import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ask, reasonOf, type Answer, type Network } from "../deploy/surroundings.ts";
import { Failure } from "../failure.ts";
import { projectRoot } from "../wrangler.ts";
import { checkDatabase, databaseBinding, query, tablesOf } from "./database.ts";
import { frameOf } from "./frame.ts";
import { backupOptions, type BackupOptions } from "./options.ts";
import { tablesToKeep } from "./tables.ts";

/**
 * Fills an empty database from a backup; gives the exit code. Migrations make the tables, the import fills them, and the
 * triggers fill full text, keywords and counters as it goes.
 */
export async function restoreBackup(surroundings: Network): Promise<number> {
  const { say } = surroundings;
  const options = backupOptions(surroundings, "restore");
  const { head, rows } = frameOf(options.file);
  checkDatabase(surroundings, options);
  checkMigration(head.migration);
  await assertEmpty(surroundings, options);
  say("Applying the migrations …");
  const migrated = await wrangler(surroundings, ["d1", "migrations", "apply"], options.target);
  if (migrated.code !== 0) throw new Failure(`The migrations could not be applied: ${reasonOf(migrated)}`);
  say("Importing …");
  const imported = await wrangler(
    surroundings,
    ["d1", "execute"],
    [...options.target, "--yes", "--file", options.file],
  );
  if (imported.code !== 0) {
    throw new Failure(
      `The import failed, and what it has done already is no database to use: ${reasonOf(imported)}`,
    );
  }
  const records = rows["media_objects"] ?? 0;
  await assertWhole(surroundings, options, records);
  say(
    `Restored ${records} records, all of them in full text. Run an ingest next: the storage may have changed since.`,
  );
  return 0;
}

function wrangler(surroundings: Network, command: string[], flags: string[]): Promise<Answer> {
  return ask(surroundings, [...command, databaseBinding, ...flags]);
}

/**
 * A migration may change rows, and would not have changed those that come after it. So a backup goes into the schema
 * that it was made from.
 */
function checkMigration(migration: string): void {
  const last = readdirSync(join(projectRoot, "migrations"))
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .at(-1);
  if (last === migration) return;
  throw new Failure(
    `The backup is of a database at ${migration}, and this version of Tagline makes one at ${last ?? "none"}: ` +
      "check out the version that made the backup, restore, then deploy the newer one.",
  );
}

async function assertEmpty(surroundings: Network, options: BackupOptions): Promise<void> {
  const tables = tablesToKeep(await tablesOf(surroundings, options));
  if (tables.length === 0) return;
  const filled = tables.map((table) => `EXISTS (SELECT 1 FROM "${table}")`).join(" + ");
  const row = z.object({ filled: z.number() });
  const [answer] = await query(surroundings, options, { sql: `SELECT ${filled} AS filled`, row });
  if (answer?.filled === 0) return;
  throw new Failure("The database holds records already; a backup is restored into an empty one only.");
}

async function assertWhole(surroundings: Network, options: BackupOptions, records: number): Promise<void> {
  const sql =
    "SELECT (SELECT count(*) FROM media_objects) AS records, " +
    // One token stands in the text of every record; records of older code are in no full text yet.
    `(SELECT count(*) FROM media_search WHERE media_search MATCH '"."') + ` +
    "(SELECT count(*) FROM media_objects WHERE text_version = 0) AS searchable";
  const row = z.object({ records: z.number(), searchable: z.number() });
  const [found] = await query(surroundings, options, { sql, row });
  if (found?.records === records && found.searchable === records) return;
  throw new Failure(
    `Of ${records} records ${found?.records ?? 0} are there and ${found?.searchable ?? 0} in full text: this is no database to use.`,
  );
}
