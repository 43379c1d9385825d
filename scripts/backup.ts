/** `npm run backup`: writes what cannot be made again of a deployment's database into a file. */
import { writeBackup } from "./backup/write-backup.ts";
import { runMain } from "./failure.ts";
import { configFile, projectRoot, run, wranglerCommand, wranglerEnv } from "./wrangler.ts";

process.exitCode = await runMain(async () =>
  writeBackup({
    argv: process.argv.slice(2),
    env: wranglerEnv(process.env),
    root: projectRoot,
    config: configFile(),
    wrangler: wranglerCommand,
    run,
    say: (line) => void process.stdout.write(`${line}\n`),
  }),
);
