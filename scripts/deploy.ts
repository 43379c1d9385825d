/** `npm run deploy`: brings a deployment on Cloudflare from whatever is there to a running service. */
import { deploy } from "./deploy/deploy.ts";
import { ownSurroundings } from "./deploy/surroundings.ts";
import { runMain } from "./failure.ts";
import { realClock } from "./import/clock.ts";
import { signalled } from "./signals.ts";

process.exitCode = await runMain(async () =>
  deploy({
    ...ownSurroundings(process.env),
    clock: realClock,
    signal: signalled(),
    isTerminal: process.stdout.isTTY,
  }),
);
