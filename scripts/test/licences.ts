/** `npm run licences`: whether the licence of each package that the project uses is one that it may use. */
import { readCommand } from "../arguments.ts";
import { buildConsole } from "../build/console.ts";
import { buildViewer } from "../build/viewer.ts";
import { licencesCommand } from "../commands.ts";
import { Failure, runMain } from "../failure.ts";
import { licenceProblems } from "./licence-rules.ts";
import { lockedPackages } from "./locked-packages.ts";

process.exitCode = await runMain(async () => {
  readCommand(licencesCommand, process.argv.slice(2));
  // Only the bundles tell whose code is in them; what is built already takes no time.
  const built = [await buildViewer("dist/assets"), await buildConsole("dist/assets")];
  const packages = lockedPackages(built.flatMap((each) => each.packages.map(({ name }) => name)));
  const problems = licenceProblems(packages);
  if (problems.length > 0)
    throw new Failure(`${problems.join("\n")}\nscripts/test/licence-rules.ts has what is allowed, and why.`);
  const shipped = packages.filter(({ isShipped }) => isShipped).length;
  process.stdout.write(
    `The licences of ${packages.length} packages are allowed; ${shipped} of these ship.\n`,
  );
  return 0;
});
