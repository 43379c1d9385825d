/** `npm run migrations:check`: whether the migrations make the tables that the schema has. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import drizzle from "../../drizzle.config.ts";
import { readCommand } from "../arguments.ts";
import { migrationsCheckCommand } from "../commands.ts";
import { Failure, runMain } from "../failure.ts";
import { collect, projectRoot } from "../wrangler.ts";

/** The copy lies in the project, since drizzle-kit takes paths from there alone. */
const scratch = join(projectRoot, ".wrangler");

/** What drizzle-kit says when it has nothing to write; its exit code is 0 when it fails, too. */
const upToDate = "No schema changes";

/** Why a copy of the migrations is not what the schema asks for: the SQL that is lacking, or what drizzle-kit says. */
async function difference(folder: string): Promise<string | null> {
  const copy = join(folder, "migrations");
  cpSync(join(projectRoot, "migrations"), copy, { recursive: true });
  const known = new Set(readdirSync(copy));
  const config = join(folder, "drizzle.config.json");
  writeFileSync(config, JSON.stringify({ ...drizzle, out: relative(projectRoot, copy) }));
  const kit = join(projectRoot, "node_modules", "drizzle-kit", "bin.cjs");
  const { output } = await collect([process.execPath, [kit, "generate", "--config", config]]);
  const added = readdirSync(copy).filter((name) => !known.has(name));
  if (added.length > 0) return added.map((name) => readFileSync(join(copy, name), "utf8")).join("\n");
  return output.includes(upToDate) ? null : output;
}

process.exitCode = await runMain(async () => {
  readCommand(migrationsCheckCommand, process.argv.slice(2));
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "migrations-"));
  try {
    const found = await difference(folder);
    if (found === null) return 0;
    throw new Failure(
      `The migrations do not make what src/db/schema.ts has; \`just migration --name WHAT\` writes what is lacking:\n${found}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
