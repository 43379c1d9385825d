/** `npm run drill`: exercises the loss of the database, in services of its own. */
import { runDrill } from "./drill/drill.ts";
import { runMain } from "./failure.ts";
import { barProgress, lineProgress } from "./import/progress.ts";
import { signalled } from "./signals.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(() =>
  runDrill({
    argv: process.argv.slice(2),
    env: process.env,
    say,
    progress: process.stdout.isTTY ? barProgress(process.stdout) : lineProgress(say),
    stop: signalled(),
  }),
);
