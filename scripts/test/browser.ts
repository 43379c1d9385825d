/** `npm run test:browser`: what people see, in a real Chromium. */
import { helpFirst } from "../arguments.ts";
import { browserTestCommand } from "../commands.ts";
import { runMain } from "../failure.ts";
import { plan, runChecks } from "./checks.ts";
import { findChromium } from "./chromium.ts";

process.exitCode = await runMain(async () => {
  const argv = process.argv.slice(2);
  helpFirst(browserTestCommand, argv);
  // Who has no Chromium hears so before anything is built.
  findChromium(process.env);
  const { list } = plan(["--mode", "browser", "--project", "browser", ...argv]);
  return runChecks(list, (line) => void process.stdout.write(`${line}\n`));
});
