/** `npm run corpus -- FOLDER`: what the service makes of every file of a folder, and whether it is true. */
import { runCorpus } from "./corpus/corpus.ts";
import { runMain } from "./failure.ts";
import { barProgress, lineProgress } from "./import/progress.ts";
import { signalled } from "./signals.ts";
import { projectRoot } from "./wrangler.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(() =>
  runCorpus({
    argv: process.argv.slice(2),
    env: process.env,
    // npm changes to the project's folder; a relative FOLDER means the one the person is in.
    start: process.env["INIT_CWD"] ?? process.cwd(),
    root: projectRoot,
    say,
    progress: process.stdout.isTTY ? barProgress(process.stdout) : lineProgress(say),
    stop: signalled(),
  }),
);
