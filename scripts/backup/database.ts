import { join, relative } from "node:path";
import { z } from "zod";
import { readConfig } from "../deploy/config.ts";
import { databaseProblems } from "../deploy/environment.ts";
import { ask, reasonOf, type Network } from "../deploy/surroundings.ts";
import { Failure } from "../failure.ts";
import { keepLocalDatabase } from "../start/local-database.ts";
import type { BackupOptions } from "./options.ts";

/** The binding that the service's database has in every configuration. */
export const databaseBinding = "DB";

/** A failure where the configuration has no such environment, or does not say which database is meant. */
export function checkDatabase({ config, root }: Network, { env, isLocal }: BackupOptions): void {
  const file = relative(root, config);
  const whole = readConfig(config);
  const section = env === undefined ? whole : whole.env?.[env];
  if (section === undefined) throw new Failure(`${file} has no section [env.${env ?? ""}].`);
  if (isLocal) keepLocalDatabase(join(root, ".wrangler", "state"));
  const problems = isLocal ? [] : databaseProblems(section, file);
  if (problems.length > 0) throw new Failure(problems.join("\n"));
}

/** Asks the database one thing; the rows as they come, each checked by `row`. */
export async function query<T>(
  surroundings: Network,
  { target }: BackupOptions,
  { sql, row }: { sql: string; row: z.ZodType<T> },
): Promise<T[]> {
  const args = ["d1", "execute", databaseBinding, ...target, "--json", "--command", sql];
  const answer = await ask(surroundings, args);
  if (answer.code !== 0) throw new Failure(`The database did not answer: ${reasonOf(answer)}`);
  const results = z.array(z.looseObject({ results: z.array(row) })).safeParse(parsed(answer.stdout));
  if (!results.success) throw new Failure("The database's answer could not be understood.");
  return results.data.flatMap((result) => result.results);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const named = z.object({ name: z.string() });

/** The tables that the database has, without SQLite's and the platform's own. */
export async function tablesOf(surroundings: Network, options: BackupOptions): Promise<string[]> {
  const sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid";
  const rows = await query(surroundings, options, { sql, row: named });
  return rows.map(({ name }) => name).filter((name) => !/^(sqlite_|_cf_)/.test(name));
}

/** The newest migration that was applied; undefined before the first. */
export async function lastMigration(
  surroundings: Network,
  options: BackupOptions,
): Promise<string | undefined> {
  const sql = "SELECT name FROM d1_migrations ORDER BY name DESC LIMIT 1";
  const [row] = await query(surroundings, options, { sql, row: named });
  return row?.name;
}
