import { relative } from "node:path";
import { Failure } from "../failure.ts";
import {
  checkLogin,
  checkResources,
  checkSecrets,
  checkSource,
  secretsPath,
  withoutSecretsOf,
} from "./checks.ts";
import { readConfig, type Section } from "./config.ts";
import { databaseProblems, environmentProblems } from "./environment.ts";
import { deployOptions, type DeployOptions } from "./options.ts";
import { targetFlags, type Network } from "./surroundings.ts";

/** A call of wrangler that changes something. */
interface Step {
  readonly title: string;
  readonly args: string[];
}

/**
 * Brings the database and the Worker of a deployment up to date; gives the exit code. Everything that speaks against it
 * is a failure of one sentence each, before anything is changed.
 */
export async function deploy(surroundings: Network): Promise<number> {
  const { argv, say, wrangler, run } = surroundings;
  const options = deployOptions(argv);
  const commit = await check(surroundings, options);
  const steps = stepsOf(surroundings, options, commit);
  if (options.isDryRun) {
    for (const { title, args } of steps) say(`Would run: npx wrangler ${args.join(" ")}   (${title})`);
    say("Nothing was changed.");
    return 0;
  }
  for (const [index, { title, args }] of steps.entries()) {
    say(title);
    const code = await run(wrangler(args), withoutSecretsOf(surroundings, options.secretsFile));
    if (code === 0) continue;
    say(index === 0 ? "Nothing was deployed." : "The database is up to date, the Worker is as it was.");
    return code;
  }
  say(`Deployed ${commit.slice(0, 12)}${options.env === undefined ? "" : ` to ${options.env}`}.`);
  return 0;
}

/** Makes every check; gives the commit that goes out. */
async function check(surroundings: Network, options: DeployOptions): Promise<string> {
  const section = checkConfig(surroundings, options);
  const { commit, problems } = await checkSource(surroundings);
  const login = await checkLogin(surroundings);
  const account =
    login.length > 0
      ? login
      : (
          await Promise.all([
            checkResources(surroundings, section, options.env),
            checkSecrets(surroundings, options),
          ])
        ).flat();
  refuse([...problems, ...account]);
  return commit;
}

/** What stands in the file is looked at first: nobody is asked about bindings that are not this deployment's. */
function checkConfig({ config, root }: Network, { env }: DeployOptions): Section {
  const file = relative(root, config);
  const whole = readConfig(config);
  const problems = env === undefined ? [] : environmentProblems(whole, env, file);
  const section = env === undefined ? whole : (whole.env?.[env] ?? {});
  refuse([...problems, ...databaseProblems(section, file)]);
  return section;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Failure(`Nothing was changed.\n${problems.join("\n")}`);
}

/** Migrations first: they work for the version that runs and for the one that comes. */
function stepsOf(surroundings: Network, options: DeployOptions, commit: string): Step[] {
  const target = targetFlags(surroundings, options.env);
  const { secretsFile } = options;
  const secrets = secretsFile === undefined ? [] : ["--secrets-file", secretsPath(surroundings, secretsFile)];
  return [
    {
      title: "Applying the migrations …",
      args: ["d1", "migrations", "apply", "DB", "--remote", ...target],
    },
    { title: "Deploying …", args: ["deploy", ...target, "--var", `COMMIT:${commit}`, ...secrets] },
  ];
}
