/** `npm run deploy`: brings the database and the Worker on Cloudflare up to date. */
import { deploy } from "./deploy/deploy.ts";
import { runMain } from "./failure.ts";
import { configFile, projectRoot, run, wranglerCommand } from "./wrangler.ts";

process.exitCode = await runMain(async () =>
  deploy({
    argv: process.argv.slice(2),
    env: process.env,
    root: projectRoot,
    config: configFile(),
    wrangler: wranglerCommand,
    run: (command, env) => run(command, env, "inherit"),
    say: (line) => void process.stdout.write(`${line}\n`),
  }),
);
