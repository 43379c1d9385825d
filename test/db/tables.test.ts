import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { makeTables, migrate } from "../support/database.ts";

/** All that the database has, made by hand or by itself, and the rows of each table but for when they came. */
async function whole(): Promise<Record<string, unknown>> {
  const { results } = await env.DB.prepare(
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB '_cf_*' ORDER BY name",
  ).all<{ type: string; name: string; tbl_name: string; sql: string | null }>();
  const tables = results.filter(({ type }) => type === "table").map(({ name }) => name);
  const rows = await env.DB.batch<Record<string, unknown>>(
    tables.map((name) => env.DB.prepare(`SELECT * FROM "${name}"`)),
  );
  const timeless = rows.map((each) => each.results.map((row) => ({ ...row, applied_at: null })));
  return { results, rows: Object.fromEntries(tables.map((name, index) => [name, timeless[index]])) };
}

test("tests begin with what the migrations make, though they run once", async () => {
  await reset();
  await makeTables();
  await reset();
  await migrate();
  const migrated = await whole();
  await reset();
  await makeTables();
  expect(await whole()).toEqual(migrated);
});
