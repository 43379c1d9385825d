/** `npm run backup`: writes what cannot be made again of a deployment's database into a file. */
import { writeBackup } from "./backup/write-backup.ts";
import { ownSurroundings } from "./deploy/surroundings.ts";
import { runMain } from "./failure.ts";
import { wranglerEnv } from "./wrangler.ts";

process.exitCode = await runMain(async () => writeBackup(ownSurroundings(wranglerEnv(process.env))));
