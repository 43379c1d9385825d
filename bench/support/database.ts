import { collect, wranglerCommand, wranglerEnv } from "../../scripts/wrangler.ts";

/** Applies the migrations to a local database below `folder`. */
export async function migrateDatabase(folder: string): Promise<void> {
  await runWrangler(["d1", "migrations", "apply", "DB", "--local", "--persist-to", folder]);
}

/** Runs wrangler to its end; throws with what it said if it fails. */
export async function runWrangler(args: readonly string[]): Promise<void> {
  const { code, output } = await collect(wranglerCommand([...args]), wranglerEnv(process.env));
  if (code !== 0) throw new Error(`wrangler ${args.slice(0, 3).join(" ")} failed: ${output.slice(-2000)}`);
}
