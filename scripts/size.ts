/**
 * `npm run size`: how large the bundle is that a deploy uploads, and what it uploads beside it; fails where the Worker is
 * larger than its budget.
 */
import { join } from "node:path";
import { budgetProblem, bundleSize, measureAssets, measureFirstLoad, sizeLine, sizeLines } from "./bundle.ts";
import { readCommand } from "./arguments.ts";
import { sizeCommand } from "./commands.ts";
import { Failure, runMain } from "./failure.ts";
import { projectRoot } from "./wrangler.ts";

process.exitCode = await runMain(async () => {
  readCommand(sizeCommand, process.argv.slice(2));
  const parts = await bundleSize();
  // The bundling has built them.
  const folder = join(projectRoot, "dist", "assets");
  const { scripts, styles } = await measureFirstLoad(folder);
  const assets = [await measureAssets(folder), scripts, styles];
  for (const line of [...sizeLines(parts), ...assets.map(sizeLine)]) process.stdout.write(`${line}\n`);
  const problem = budgetProblem(parts);
  if (problem !== null) throw new Failure(problem);
  return 0;
});
