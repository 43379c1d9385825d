/** `npm start`: the service on this machine, from nothing. */
import { runMain } from "./failure.ts";
import { signalled } from "./signals.ts";
import { start } from "./start/start.ts";

process.exitCode = await runMain(() =>
  start({
    argv: process.argv.slice(2),
    env: process.env,
    say: (line) => void process.stdout.write(`${line}\n`),
    stop: signalled(),
  }),
);
