/** `npm run key`: the keys of the service on this machine, as .dev.vars has them. */
import { join } from "node:path";
import { readCommand } from "./arguments.ts";
import { keyCommand } from "./commands.ts";
import { Failure, runMain } from "./failure.ts";
import { devVarsFile, readDevVars } from "./start/dev-vars.ts";
import { keyLines } from "./start/keys.ts";
import { projectRoot } from "./wrangler.ts";

process.exitCode = await runMain(async () => {
  readCommand(keyCommand, process.argv.slice(2));
  const vars = readDevVars(join(projectRoot, devVarsFile));
  if (vars === undefined) throw new Failure(`There is no ${devVarsFile} yet: \`npm start\` makes it.`);
  for (const line of keyLines(vars.get("API_KEYS") ?? "")) process.stdout.write(`${line}\n`);
  return 0;
});
