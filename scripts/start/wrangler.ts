/** `npm run wrangler -- ARGUMENTS`: wrangler with the configuration of `npm start` and `npm run deploy`. */
import { runMain } from "../failure.ts";
import { configFile, run, wranglerCommand, wranglerEnv } from "../wrangler.ts";

const given = process.argv.slice(2);

process.exitCode = await runMain(async () => {
  const isChosen = given.some((flag) => flag === "-c" || flag.startsWith("--config"));
  const args = isChosen ? given : [...given, "--config", configFile()];
  return run(wranglerCommand(args), wranglerEnv(process.env), "inherit");
});
