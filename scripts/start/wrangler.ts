/** `npm run wrangler -- ARGUMENTS`: wrangler with the configuration of `npm start` and `npm run deploy`. */
import { join } from "node:path";
import { runMain } from "../failure.ts";
import { configFile, projectRoot, run, wranglerCommand, wranglerEnv } from "../wrangler.ts";
import { keepLocalDatabase } from "./local-database.ts";

const given = process.argv.slice(2);

process.exitCode = await runMain(async () => {
  const isChosen = given.some((flag) => flag === "-c" || flag.startsWith("--config"));
  const args = isChosen ? given : [...given, "--config", configFile()];
  if (args.includes("--local")) keepLocalDatabase(join(projectRoot, ".wrangler", "state"));
  return run(wranglerCommand(args), wranglerEnv(process.env), "inherit");
});
