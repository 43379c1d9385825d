/** `node start-in.ts FOLDER FLAG…`: `npm start` as a process of its own, with the secrets, settings and data of a folder. */
import { runMain } from "../../../scripts/failure.ts";
import { signalled } from "../../../scripts/signals.ts";
import { start } from "../../../scripts/start/start.ts";

const [folder = "", ...argv] = process.argv.slice(2);

process.exitCode = await runMain(() =>
  start({
    argv,
    env: process.env,
    say: (line) => void process.stdout.write(`${line}\n`),
    stop: signalled(),
    folder,
  }),
);
