/** `npm run ingest`: looks for new, changed and vanished photos, and follows the run. */
import { runMain } from "./failure.ts";
import { barProgress, lineProgress } from "./import/progress.ts";
import { ingestAndFollow } from "./ingest/ingest.ts";
import { signalled } from "./signals.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(() =>
  ingestAndFollow({
    argv: process.argv.slice(2),
    env: process.env,
    say,
    progress: process.stdout.isTTY ? barProgress(process.stdout) : lineProgress(say),
    stop: signalled(),
  }),
);
