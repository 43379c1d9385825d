import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync, linkSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ask, reasonOf, type Network } from "../deploy/surroundings.ts";
import { Failure, systemCode } from "../failure.ts";
import { checkDatabase, databaseBinding, lastMigration, tablesOf } from "./database.ts";
import { rowOf, statementsOf } from "./export-reader.ts";
import { endLine, headLine, textOf, type Head, type Rows } from "./frame.ts";
import { backupOptions, type BackupOptions } from "./options.ts";
import { piecesBegin, piecesEnd, statementsFor } from "./statements.ts";
import { tablesToKeep } from "./tables.ts";

/** Writes a backup of a deployment's database into a file; gives the exit code. The file is whole or is not there. */
export async function writeBackup(surroundings: Network): Promise<number> {
  const { say } = surroundings;
  const options = backupOptions(surroundings, "backup");
  const { file } = options;
  checkDatabase(surroundings, options);
  if (existsSync(file)) throw new Failure(`${file} exists already.`);
  const all = await tablesOf(surroundings, options);
  const migration = all.includes("d1_migrations") ? await lastMigration(surroundings, options) : undefined;
  const tables = tablesToKeep(all);
  if (migration === undefined || !tables.includes("media_objects")) {
    throw new Failure("The database has no tables of Tagline's yet, so there is nothing to back up.");
  }
  const draft = `${file}.${process.pid}-${randomBytes(6).toString("hex")}`;
  const raw = `${draft}.export`;
  try {
    say(`Exporting ${tables.join(", ")} …`);
    await exportTables(surroundings, options, { tables, raw });
    say("Writing …");
    const rows = Object.fromEntries(tables.map((table) => [table, 0]));
    const head: Head = { tagline_backup: 1, migration, created_at: new Date().toISOString() };
    await pipeline(
      Readable.from(linesOf(raw, head, rows)),
      createWriteStream(draft, { mode: 0o600, flags: "wx" }),
    );
    place(draft, file);
    say(`Wrote ${rows["media_objects"] ?? 0} records to ${file}.`);
    return 0;
  } finally {
    rmSync(draft, { force: true });
    rmSync(raw, { force: true });
  }
}

/** With tables by name: an export of everything is refused for the full text, and may leave the database locked. */
async function exportTables(
  surroundings: Network,
  { target }: BackupOptions,
  { tables, raw }: { tables: readonly string[]; raw: string },
): Promise<void> {
  const named = tables.flatMap((table) => ["--table", table]);
  const flags = ["--no-schema", "--skip-confirmation", "--output", raw];
  const answer = await ask(surroundings, ["d1", "export", databaseBinding, ...target, ...flags, ...named]);
  if (answer.code !== 0) throw new Failure(`The database could not be exported: ${reasonOf(answer)}`);
}

async function* linesOf(raw: string, head: Head, rows: Rows): AsyncGenerator<string> {
  yield `${headLine(head)}\n${piecesBegin}\n`;
  for await (const statement of statementsOf(textOf(raw))) {
    const row = rowOf(statement);
    if (row === undefined) continue;
    rows[row.table] = (rows[row.table] ?? 0) + 1;
    yield `${statementsFor(row).join("\n")}\n`;
  }
  yield `${piecesEnd}\n${endLine(rows)}\n`;
}

/** A link, unlike a rename, never replaces what somebody else has written meanwhile. */
function place(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    throw systemCode(error) === "EEXIST" ? new Failure(`${file} exists already.`) : error;
  }
}
