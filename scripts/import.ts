/** `npm run import -- PATH…`: sends photos into a running service. */
import { runMain } from "./failure.ts";
import { importPhotos } from "./import/import.ts";
import { barProgress, lineProgress } from "./import/progress.ts";
import { signalled } from "./signals.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(() =>
  importPhotos({
    argv: process.argv.slice(2),
    env: process.env,
    say,
    progress: process.stdout.isTTY ? barProgress(process.stdout) : lineProgress(say),
    stop: signalled(),
  }),
);
