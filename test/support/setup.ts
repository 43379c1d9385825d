import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach } from "vitest";

/** The table of what has been applied, as `wrangler d1 migrations apply` makes it. */
const journal = `CREATE TABLE d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** All migrations at once: one call for each of them would be most of what a small test takes. */
const migrated = [
  journal,
  ...env.TEST_MIGRATIONS.flatMap(({ name, queries }) => [
    ...queries,
    `INSERT INTO d1_migrations (name) VALUES ('${name}')`,
  ]),
];

// Every test begins with empty storage and a migrated database.
beforeEach(async () => {
  await reset();
  await env.DB.batch(migrated.map((query) => env.DB.prepare(query)));
});
