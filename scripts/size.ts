/** `npm run size`: how large the bundle is that a deploy uploads. */
import { bundleSize, sizeLines } from "./bundle.ts";
import { readCommand } from "./arguments.ts";
import { sizeCommand } from "./commands.ts";
import { runMain } from "./failure.ts";

process.exitCode = await runMain(async () => {
  readCommand(sizeCommand, process.argv.slice(2));
  for (const line of sizeLines(await bundleSize())) process.stdout.write(`${line}\n`);
  return 0;
});
