/** `npm run deploy`: brings the database and the Worker on Cloudflare up to date. Flags go to `wrangler deploy`. */
import { runMain } from "./failure.ts";
import { deploySteps } from "./deploy/steps.ts";
import { run, wranglerCommand } from "./wrangler.ts";

process.exitCode = await runMain(async () => {
  for (const step of deploySteps(process.argv.slice(2))) {
    const code = await run(wranglerCommand(step), process.env, "inherit");
    if (code !== 0) return code;
  }
  return 0;
});
