/** `npm test`: every check, one after the other, until one fails. */
import { runMain } from "./failure.ts";
import { checks, runChecks, vitestOnly } from "./test/checks.ts";

process.exitCode = await runMain(() => {
  const argv = process.argv.slice(2);
  return runChecks(
    argv.length > 0 ? vitestOnly(argv) : checks,
    (line) => void process.stdout.write(`${line}\n`),
  );
});
