/** `npm run dropbox:connect`: gets a refresh token for a Dropbox account and keeps it. */
import { createInterface } from "node:readline/promises";
import { runMain } from "../failure.ts";
import { connectDropbox } from "./connect-account.ts";

const terminal = createInterface({ input: process.stdin, output: process.stdout });

process.exitCode = await runMain(() =>
  connectDropbox({
    argv: process.argv.slice(2),
    env: process.env,
    folder: process.cwd(),
    ask: (question) => terminal.question(question),
    say: (line) => void process.stdout.write(`${line}\n`),
    fetch,
  }),
);
terminal.close();
