/** `npm test`: every check, one after the other, until one fails; or the tests alone that its arguments name. */
import { runMain } from "./failure.ts";
import { plan, runChecks } from "./test/checks.ts";

process.exitCode = await runMain(() => {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const { opening, list } = plan(process.argv.slice(2));
  if (opening !== undefined) say(opening);
  return runChecks(list, say);
});
