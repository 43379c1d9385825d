/** `npm run wrangler -- ARGUMENTS`: wrangler with the configuration of `npm start` and `npm run deploy`. */
import { join } from "node:path";
import { runMain } from "../failure.ts";
import {
  configFile,
  projectRoot,
  run,
  withConfiguration,
  wranglerCommand,
  wranglerEnv,
} from "../wrangler.ts";
import { keepLocalDatabase } from "./local-database.ts";

process.exitCode = await runMain(async () => {
  const args = withConfiguration(process.argv.slice(2), { config: configFile, env: process.env });
  if (args.includes("--local")) keepLocalDatabase(join(projectRoot, ".wrangler", "state"));
  return run(wranglerCommand(args), wranglerEnv(process.env), "inherit");
});
