/** `npm run corpus -- FOLDER`: every file of a folder through the readers and decoders of the service. */
import { runCorpus } from "./corpus/corpus.ts";
import { runMain } from "./failure.ts";

process.exitCode = await runMain(() =>
  runCorpus({
    argv: process.argv.slice(2),
    // npm changes to the project's folder; a relative FOLDER means the one the person is in.
    start: process.env["INIT_CWD"] ?? process.cwd(),
    say: (line) => void process.stdout.write(`${line}\n`),
  }),
);
