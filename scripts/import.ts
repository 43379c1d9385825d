/** `npm run import -- FOLDER`: sends a folder of photos into a running service. */
import { runMain } from "./failure.ts";
import { importFolder } from "./import/import.ts";
import { barProgress, lineProgress } from "./import/progress.ts";
import { signalled } from "./signals.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(() =>
  importFolder({
    argv: process.argv.slice(2),
    env: process.env,
    say,
    progress: process.stdout.isTTY ? barProgress(process.stdout) : lineProgress(say),
    stop: signalled(),
  }),
);
