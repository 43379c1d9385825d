/** `npm run export -- FILE`: writes everything that a running service has into a file. */
import { exportMedia } from "./export/export.ts";
import { runMain } from "./failure.ts";
import { barProgress, lineProgress } from "./import/progress.ts";
import { signalled } from "./signals.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(() =>
  exportMedia({
    argv: process.argv.slice(2),
    env: process.env,
    say,
    progress: process.stdout.isTTY ? barProgress(process.stdout) : lineProgress(say),
    stop: signalled(),
  }),
);
