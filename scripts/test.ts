/** `npm test`: every check, one after the other, until one fails. */
import { helpFirst } from "./arguments.ts";
import { testCommand } from "./commands.ts";
import { runMain } from "./failure.ts";
import { checks, runChecks, vitestOnly } from "./test/checks.ts";

process.exitCode = await runMain(async () => {
  const argv = process.argv.slice(2);
  helpFirst(testCommand, argv);
  return runChecks(
    argv.length > 0 ? vitestOnly(argv) : checks,
    (line) => void process.stdout.write(`${line}\n`),
  );
});
