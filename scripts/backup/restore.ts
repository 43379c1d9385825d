/** `npm run backup:restore`: fills an empty database from a file that `npm run backup` has written. */
import { restoreBackup } from "./restore-backup.ts";
import { runMain } from "../failure.ts";
import { configFile, projectRoot, run, wranglerCommand, wranglerEnv } from "../wrangler.ts";

process.exitCode = await runMain(async () =>
  restoreBackup({
    argv: process.argv.slice(2),
    env: wranglerEnv(process.env),
    root: projectRoot,
    config: configFile(),
    wrangler: wranglerCommand,
    run,
    say: (line) => void process.stdout.write(`${line}\n`),
  }),
);
