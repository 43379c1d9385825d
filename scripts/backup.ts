/** `npm run backup`: writes what cannot be made again of a deployment's database into a file. */
import { join } from "node:path";
import { writeBackup } from "./backup/write-backup.ts";
import { runMain } from "./failure.ts";
import { projectRoot, run, wranglerCommand, wranglerEnv } from "./wrangler.ts";

process.exitCode = await runMain(() =>
  writeBackup({
    argv: process.argv.slice(2),
    env: wranglerEnv(process.env),
    root: projectRoot,
    config: join(projectRoot, "wrangler.toml"),
    wrangler: wranglerCommand,
    run,
    say: (line) => void process.stdout.write(`${line}\n`),
  }),
);
