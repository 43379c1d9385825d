/** `npm run deploy`: brings the database and the Worker on Cloudflare up to date. */
import { deploy } from "./deploy/deploy.ts";
import { ownSurroundings } from "./deploy/surroundings.ts";
import { runMain } from "./failure.ts";

process.exitCode = await runMain(async () => deploy(ownSurroundings(process.env)));
