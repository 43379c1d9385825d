/** `npm run restore -- FILE`: puts a file of an export back into a running service. */
import { restoreMedia } from "./restore/restore.ts";
import { runMain } from "./failure.ts";
import { barProgress, lineProgress } from "./import/progress.ts";
import { signalled } from "./signals.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(() =>
  restoreMedia({
    argv: process.argv.slice(2),
    env: process.env,
    say,
    progress: process.stdout.isTTY ? barProgress(process.stdout) : lineProgress(say),
    stop: signalled(),
  }),
);
