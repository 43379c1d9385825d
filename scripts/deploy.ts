/** `npm run deploy`: brings a deployment on Cloudflare from whatever is there to a running service. */
import { deploy } from "./deploy/deploy.ts";
import { ownSurroundings } from "./deploy/surroundings.ts";
import { runMain, systemCode } from "./failure.ts";
import { realClock } from "./import/clock.ts";
import { signalled } from "./signals.ts";

// A reader of the output that has gone, such as `head`, is to end no deploy halfway.
process.stdout.on("error", (error) => {
  if (systemCode(error) !== "EPIPE") throw error;
});

process.exitCode = await runMain(async () =>
  deploy({
    ...ownSurroundings(process.env),
    clock: realClock,
    signal: signalled(),
    isTerminal: process.stdout.isTTY,
  }),
);
