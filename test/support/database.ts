import { env } from "cloudflare:workers";

/** The table of what has been applied, as `wrangler d1 migrations apply` makes it. */
const journal = `CREATE TABLE d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

const names = env.TEST_MIGRATIONS.map(({ name }) => `('${name}')`).join(", ");
const entries = `INSERT INTO d1_migrations (name) VALUES ${names}`;

/** The rows that a migration leaves in tables without records. */
const kept = "INSERT INTO suggestion_totals (id, open) VALUES (1, 0)";

/** SQL that makes at once what the migrations make one after the other; null until they have run in this isolate. */
let isolateSchema: string | null = null;

/**
 * Makes the tables of an empty database, as all migrations leave them. They themselves run once in an isolate: they take
 * five times as long as what they come to, and longer than most tests.
 */
export async function makeTables(): Promise<void> {
  if (isolateSchema !== null) {
    await env.DB.prepare(isolateSchema).run();
    return;
  }
  await migrate();
  isolateSchema = [...(await schema()), kept, entries].join(";\n");
}

/** Runs all migrations in an empty database. */
export async function migrate(): Promise<void> {
  const queries = [journal, ...env.TEST_MIGRATIONS.flatMap((migration) => migration.queries), entries];
  await env.DB.batch(queries.map((query) => env.DB.prepare(query)));
}

/** What was made by hand, in the order in which it was; SQLite makes the rest by itself. */
async function schema(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT sql FROM sqlite_schema AS made
     WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'
       AND NOT EXISTS (SELECT 1 FROM pragma_table_list AS listed WHERE listed.name = made.name AND type = 'shadow')
     ORDER BY rowid`,
  ).all<{ sql: string }>();
  return results.map(({ sql }) => sql);
}
