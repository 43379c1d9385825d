/** What the container runs: the service of `npm start`, with secrets, settings and data in the folder of the volume. */
import { runMain } from "../failure.ts";
import { signalled } from "../signals.ts";
import { start } from "../start/start.ts";

/** Where the Dockerfile has the volume. */
const volume = "/data";

process.exitCode = await runMain(() =>
  start({
    // A port that is published is reached from outside of the container, whose own localhost is another.
    argv: ["--ip", "0.0.0.0", ...process.argv.slice(2)],
    env: process.env,
    say: (line) => void process.stdout.write(`${line}\n`),
    stop: signalled(),
    folder: volume,
  }),
);
