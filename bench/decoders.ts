/** `npm run decoders`: what the encoders of others write, through our decoders and through independent ones. */
import { runMain } from "../scripts/failure.ts";
import { runDecoders } from "./decoders/check.ts";
import { codingTools } from "./decoders/tools/index.ts";

process.exitCode = await runMain(() =>
  runDecoders({
    argv: process.argv.slice(2),
    tools: codingTools,
    // npm changes to the project's folder; a relative OUT means the one the person is in.
    start: process.env["INIT_CWD"] ?? process.cwd(),
    say: (line) => void process.stdout.write(`${line}\n`),
  }),
);
