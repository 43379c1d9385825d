import { relative } from "node:path";
import { Failure } from "../failure.ts";
import { resultFile, type Deployed } from "./address.ts";
import { checkLogin, checkSource, notLoggedIn } from "./checks.ts";
import { readConfig, type Section } from "./config.ts";
import { bucketProblems, databaseProblems, environmentProblems } from "./environment.ts";
import { lookAfter, nextSteps } from "./after.ts";
import { deployOptions, type DeployOptions } from "./options.ts";
import { madeSecretsFile, stepsOf, type Found, type Step } from "./plan.ts";
import { findLack, findRunning, resourcesOf, type Running } from "./resources.ts";
import { planSecrets, withoutSecretsOf, writeSecrets, type DeploySecrets } from "./secrets.ts";
import type { DeploySurroundings } from "./surroundings.ts";

/**
 * Brings a deployment from whatever is there to a running service; gives the exit code. Everything that speaks against
 * it is a failure of one sentence each, before anything is changed.
 */
export async function deploy(surroundings: DeploySurroundings): Promise<number> {
  const options = deployOptions(surroundings.argv);
  const section = checkConfig(surroundings, options);
  if (options.isDryRun) return dryRun(surroundings, options, section);
  const found = await check(surroundings, options, section);
  refuse(found.problems);
  for (const warning of found.warnings) surroundings.say(warning);
  const secrets = writeSecrets(surroundings, options, found.toMake);
  try {
    return await carryOut({ surroundings, options, found, secrets });
  } catch (error) {
    if (!surroundings.signal.aborted) throw error;
    surroundings.say("Stopped. Run the same command again: it goes on with what is missing.");
    return 130;
  } finally {
    secrets.remove();
  }
}

/** What the checks have found, and what speaks against a deploy. */
interface Checked extends Found {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly running: Running;
}

/** Makes every check, and changes nothing. */
async function check(
  surroundings: DeploySurroundings,
  options: DeployOptions,
  section: Section,
): Promise<Checked> {
  const { commit, problems } = await checkSource(surroundings);
  const login = await checkLogin(surroundings);
  if (login.length > 0) {
    // For whoever only looks what would happen: nobody's account is an empty one.
    return {
      commit,
      lack: resourcesOf(section, options.jurisdiction),
      toMake: options.secretsFile === undefined ? ["API_KEYS", "SIGNING_SECRET"] : [],
      running: { kind: "none" },
      problems: [...problems, ...login],
      warnings: [],
    };
  }
  const [lack, running, secrets] = await Promise.all([
    findLack(surroundings, section, options),
    findRunning(surroundings, options.env),
    planSecrets(surroundings, options),
  ]);
  return {
    commit,
    lack: lack.resources,
    toMake: secrets.toMake,
    running,
    problems: [
      ...problems,
      ...lack.problems,
      ...secrets.problems,
      ...runningProblems(running, lack.resources, options),
    ],
    warnings: secrets.warnings,
  };
}

/** A Worker that runs had its database: one that is missing is elsewhere, and an empty one would hide its words. */
function runningProblems(running: Running, lack: Found["lack"], options: DeployOptions): string[] {
  if (running.kind === "none") return [];
  if (running.kind === "unknown") return [`The running version could not be looked at: ${running.reason}`];
  if (options.isNewDatabaseAllowed) return [];
  return lack
    .filter(({ kind }) => kind === "database")
    .map(
      ({ name }) =>
        `The Worker is deployed, but the account has no database ${name}: look for it under another name or in another account, or begin with an empty one by --new-database.`,
    );
}

/** What stands in the file is looked at first: nobody is asked about bindings that are not this deployment's. */
function checkConfig({ config, root }: DeploySurroundings, { env, jurisdiction }: DeployOptions): Section {
  const file = relative(root, config);
  const whole = readConfig(config);
  const problems = env === undefined ? [] : environmentProblems(whole, env, file);
  const section = env === undefined ? whole : (whole.env?.[env] ?? {});
  refuse([...problems, ...databaseProblems(section, file), ...bucketProblems(section, jurisdiction, file)]);
  return section;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Failure(`Nothing was changed.\n${problems.join("\n")}`);
}

/** Prints every step; the exit code is 1 where a deploy would be refused. */
async function dryRun(
  surroundings: DeploySurroundings,
  options: DeployOptions,
  section: Section,
): Promise<number> {
  const { say } = surroundings;
  const found = await check(surroundings, options, section);
  for (const problem of found.problems) say(`In the way: ${problem}`);
  if (found.problems.includes(notLoggedIn)) say("These are the steps for an account that has nothing yet:");
  for (const warning of found.warnings) say(warning);
  const { toMake } = found;
  const file = toMake.length > 0 ? madeSecretsFile : options.secretsFile;
  for (const step of stepsOf(surroundings, options, found, file)) {
    if (toMake.length > 0 && isDeploy(step))
      say(`Would make ${toMake.join(" and ")}, and show what was made, once.`);
    say(`Would run: npx wrangler ${step.args.join(" ")}   (${step.title.replace(/ …$/, "")})`);
  }
  if (options.isSmoked) say("Would call the service: /health until it is ok, then the smoke run.");
  say("Nothing was changed.");
  return found.problems.length === 0 ? 0 : 1;
}

/** A deploy that nothing speaks against. */
interface UnderWay {
  readonly surroundings: DeploySurroundings;
  readonly options: DeployOptions;
  readonly found: Checked;
  readonly secrets: DeploySecrets;
}

async function carryOut(underWay: UnderWay): Promise<number> {
  const { surroundings, options, found, secrets } = underWay;
  const { say, wrangler, run, signal } = surroundings;
  const results = resultFile(withoutSecretsOf(surroundings, options.secretsFile, found.toMake));
  try {
    for (const step of stepsOf(surroundings, options, found, secrets.file)) {
      if (isDeploy(step)) showSecrets(say, secrets);
      say(step.title);
      const code = await run(wrangler([...step.args]), results.env, step.input);
      if (code !== 0 || signal.aborted) {
        say(step.failed);
        return code === 0 ? 130 : code;
      }
    }
    return await conclude(underWay, results.read());
  } finally {
    results.remove();
  }
}

function isDeploy({ args }: Step): boolean {
  return args[0] === "deploy";
}

/** Before they are set: whoever is interrupted afterwards has them. */
function showSecrets(say: (line: string) => void, { made }: DeploySecrets): void {
  if (made.length === 0) return;
  say(
    "These secrets were made for the Worker. They are shown this once: keep them where you keep passwords.",
  );
  for (const line of made) say(`  ${line}`);
}

async function conclude(
  { surroundings, options, found, secrets }: UnderWay,
  deployed: Deployed,
): Promise<number> {
  const { say } = surroundings;
  const where = options.env === undefined ? "" : ` to ${options.env}`;
  say(`Deployed ${found.commit.slice(0, 12)}${where}.`);
  const url = options.url ?? deployed.url;
  const isFine =
    !options.isSmoked ||
    (await lookAfter(surroundings, { url, commit: found.commit, key: secrets.adminKey }));
  if (!isFine && found.running.kind === "version") {
    const flag = options.env === undefined ? `--env=""` : `--env ${options.env}`;
    say(
      `The version before can be had back: npx wrangler rollback ${found.running.id} ${flag}. The database stays as it is, and works with both.`,
    );
  }
  if (isFine) for (const line of nextSteps(url, found.running.kind === "none")) say(line);
  return isFine ? 0 : 1;
}
