import { existsSync } from "node:fs";
import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepLocalDatabase } from "../../../scripts/start/local-database.ts";
import { collect, wranglerCommand, wranglerEnv } from "../../../scripts/wrangler.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const config = (id: string) =>
  `name = "tagline"\ncompatibility_date = "2026-11-02"\n[[d1_databases]]\nbinding = "DB"\ndatabase_name = "tagline"\n${id}\n`;

/** A folder with an old configuration, a new one, and what wrangler answers to SQL under either. */
async function machine() {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "old.toml": config('database_id = "00000000-0000-0000-0000-000000000000"'),
    "new.toml": config(""),
  });
  const state = join(folder, "state");
  const ask = async (file: string, sql: string): Promise<string> => {
    const args = ["d1", "execute", "DB", "--local", "--config", join(folder, file), "--persist-to", state];
    const { output } = await collect(
      wranglerCommand([...args, "--json", "--command", sql]),
      wranglerEnv(process.env),
    );
    return output;
  };
  return { state, ask };
}

test("what was written locally under an id of zeros is found under the binding", async () => {
  const { state, ask } = await machine();
  await ask("old.toml", "CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('The lake')");
  expect(await ask("new.toml", "SELECT name FROM sqlite_master WHERE name = 'words'")).not.toContain(
    '"words"',
  );
  // As before this version: nothing was made under the binding yet.
  const folder = join(state, "v3/d1/miniflare-D1DatabaseObject");
  for (const name of await readdir(folder))
    if (name.startsWith("e7352547")) await rename(join(folder, name), join(folder, `gone-${name}`));
  expect(keepLocalDatabase(state)).toBeUndefined();
  expect(await ask("new.toml", "SELECT word FROM words")).toContain("The lake");
});

const names = [
  "9ba2b04bf514d9facfd57ed57d849e77241a7adc99d1c1545d06688b43d84248",
  "e7352547963de7050bd7d94658afc4fe78b61811b7815da12d90be8e863abf4d",
];
const [old, now] = names.map((name) => `v3/d1/miniflare-D1DatabaseObject/${name}.sqlite`);

test("where both databases are there, none is touched, and the person is told", async () => {
  const state = await temporaryFolder();
  await writeFiles(state, { [`${old}`]: "old", [`${now}`]: "now" });
  expect(keepLocalDatabase(state)).toContain("Two local databases are here.");
  expect(existsSync(join(state, `${old}`))).toBe(true);
});

test("a start that broke off between two names is made good by the next one", async () => {
  const state = await temporaryFolder();
  await writeFiles(state, { [`${old}`]: "database", [`${now}-wal`]: "log", [`${now}-shm`]: "" });
  expect(keepLocalDatabase(state)).toBeUndefined();
  expect((await readdir(join(state, "v3/d1/miniflare-D1DatabaseObject"))).length).toBe(3);
  expect(existsSync(join(state, `${now}`))).toBe(true);
});

test("a folder without a database stays as it is", async () => {
  expect(keepLocalDatabase(await temporaryFolder())).toBeUndefined();
});
