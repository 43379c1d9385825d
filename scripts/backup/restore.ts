/** `npm run backup:restore`: fills an empty database from a file that `npm run backup` has written. */
import { ownSurroundings } from "../deploy/surroundings.ts";
import { runMain } from "../failure.ts";
import { wranglerEnv } from "../wrangler.ts";
import { restoreBackup } from "./restore-backup.ts";

process.exitCode = await runMain(async () => restoreBackup(ownSurroundings(wranglerEnv(process.env))));
