/** `npm test`: every check, one after the other, until one fails; or the tests alone that its arguments name. */
import { helpFirst } from "./arguments.ts";
import { testCommand } from "./commands.ts";
import { runMain } from "./failure.ts";
import { plan, runChecks } from "./test/checks.ts";

process.exitCode = await runMain(async () => {
  const argv = process.argv.slice(2);
  helpFirst(testCommand, argv);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const { opening, list } = plan(argv);
  if (opening !== undefined) say(opening);
  return runChecks(list, say);
});
