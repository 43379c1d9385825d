/** `npm run size`: how large the bundle is that a deploy uploads. */
import { bundleSize, sizeLines } from "./bundle.ts";
import { runMain } from "./failure.ts";

process.exitCode = await runMain(async () => {
  for (const line of sizeLines(await bundleSize())) process.stdout.write(`${line}\n`);
  return 0;
});
