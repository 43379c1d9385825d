/** `npm run backup:restore`: fills an empty database from a file that `npm run backup` has written. */
import { join } from "node:path";
import { restoreBackup } from "./restore-backup.ts";
import { runMain } from "../failure.ts";
import { projectRoot, run, wranglerCommand, wranglerEnv } from "../wrangler.ts";

process.exitCode = await runMain(() =>
  restoreBackup({
    argv: process.argv.slice(2),
    env: wranglerEnv(process.env),
    root: projectRoot,
    config: join(projectRoot, "wrangler.toml"),
    wrangler: wranglerCommand,
    run,
    say: (line) => void process.stdout.write(`${line}\n`),
  }),
);
