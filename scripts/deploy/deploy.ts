import { relative } from "node:path";
import { Failure } from "../failure.ts";
import { findAccount, notLoggedIn } from "./account/login.ts";
import { resultFile, type Deployed } from "./address.ts";
import { lookAfter, nextSteps } from "./after.ts";
import { checkSource } from "./checks.ts";
import { readConfig, type Section } from "./config.ts";
import { bucketProblems, databaseProblems, environmentProblems } from "./environment.ts";
import { deployOptions, type DeployOptions } from "./options.ts";
import { isDeploy, madeSecretsFile, stepsOf, type Found, type Step } from "./plan.ts";
import { findLack, resourcesOf } from "./account/resources.ts";
import { findRunning, movedProblems, type Running } from "./account/running.ts";
import { allSecrets, makeSecrets, planSecrets, secretsFileOf, type DeploySecrets } from "./secrets.ts";
import type { DeploySurroundings } from "./surroundings.ts";

/**
 * Brings a deployment from whatever is there to a running service; gives the exit code. Everything that speaks against
 * it is a failure of one sentence each, before anything is changed.
 */
export async function deploy(surroundings: DeploySurroundings): Promise<number> {
  const { argv, say, signal } = surroundings;
  const options = deployOptions(argv);
  const section = checkConfig(surroundings, options);
  try {
    const found = await check(surroundings, options, section);
    signal.throwIfAborted();
    if (found.account !== "") say(`Account: ${found.account}`);
    if (options.isDryRun) return dryRun(surroundings, options, found);
    refuse(found.problems);
    for (const warning of found.warnings) say(warning);
    const secrets = makeSecrets(surroundings, options, found.toMake);
    return await carryOut({ surroundings, options, found, secrets });
  } catch (error) {
    if (!signal.aborted) throw error;
    say("Stopped. Run the same command again: it goes on with what is missing.");
    return 130;
  }
}

/** What the checks have found, and what speaks against a deploy. */
interface Checked extends Found {
  /** In words; empty where none is known. */
  readonly account: string;
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
  const account = await findAccount(surroundings, section, options.env);
  if (account.problems.length > 0) {
    // For whoever only looks what would happen: nobody's account is an empty one.
    return {
      commit,
      account: "",
      lack: resourcesOf(section, options.jurisdiction),
      toMake: allSecrets(surroundings, options),
      running: { kind: "none" },
      problems: [...problems, ...account.problems],
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
    account: account.name,
    lack: lack.resources,
    toMake: secrets.toMake,
    running,
    problems: [
      ...problems,
      ...lack.problems,
      ...secrets.problems,
      ...(options.isOtherStorageAllowed ? [] : movedProblems(section, running, lack)),
      ...placeProblems(section, lack.resources, options),
    ],
    warnings: secrets.warnings,
  };
}

/** Where the photos have to stay somewhere, their words have to be asked for there, too: it cannot be changed later. */
function placeProblems(section: Section, lack: Found["lack"], { jurisdiction }: DeployOptions): string[] {
  const bound = section.r2_buckets?.find((bucket) => bucket.jurisdiction !== undefined)?.jurisdiction;
  if (bound === undefined || jurisdiction !== undefined) return [];
  return lack
    .filter(({ kind }) => kind !== "bucket")
    .map(
      ({ kind, name }) =>
        `The buckets have to stay in the jurisdiction ${bound}, and the ${kind} ${name} would be created without one: say --jurisdiction ${bound}.`,
    );
}

/** What stands in the file is looked at first: nobody is asked about bindings that are not this deployment's. */
function checkConfig({ config, root }: DeploySurroundings, { env, jurisdiction }: DeployOptions): Section {
  const file = relative(root, config);
  const whole = readConfig(config);
  const problems = env === undefined ? [] : environmentProblems(whole, env, file);
  const section = env === undefined ? whole : { account_id: whole.account_id, ...whole.env?.[env] };
  refuse([...problems, ...databaseProblems(section, file), ...bucketProblems(section, jurisdiction, file)]);
  return section;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Failure(`Nothing was changed.\n${problems.join("\n")}`);
}

/** Prints every step; the exit code is 1 where a deploy would be refused. */
function dryRun(surroundings: DeploySurroundings, options: DeployOptions, found: Checked): number {
  const { say } = surroundings;
  for (const problem of found.problems) say(`In the way: ${problem}`);
  if (found.problems.includes(notLoggedIn)) say("These are the steps for an account that has nothing yet:");
  for (const warning of found.warnings) say(warning);
  const { toMake } = found;
  const isSetting = toMake.length > 0 || options.secretsFile !== undefined;
  for (const step of stepsOf(surroundings, options, found)) {
    const args = isSetting && isDeploy(step) ? [...step.args, "--secrets-file", madeSecretsFile] : step.args;
    if (toMake.length > 0 && isDeploy(step))
      say(`Would make ${toMake.join(" and ")}, and show what was made, once.`);
    say(`Would run: npx wrangler ${args.join(" ")}   (${step.title.replace(/ …$/, "")})`);
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
  const { say, signal, env } = surroundings;
  const results = resultFile(env);
  try {
    for (const step of stepsOf(surroundings, options, found)) {
      signal.throwIfAborted();
      if (isDeploy(step)) showSecrets(say, secrets);
      say(step.title);
      const code = await runStep(underWay, step, results.env);
      if (code !== 0) {
        say(isDeploy(step) ? await whatRuns(underWay) : step.failed);
        return code;
      }
      if (signal.aborted) {
        say(
          `Stopped after: ${step.title.replace(/ …$/, "")}. Run the same command again: it goes on from there.`,
        );
        return 130;
      }
    }
    return await conclude(underWay, results.read());
  } finally {
    results.remove();
  }
}

/** The secrets lie in a file no longer than wrangler needs it. */
async function runStep(
  { surroundings, secrets }: UnderWay,
  step: Step,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { wrangler, run } = surroundings;
  const file = isDeploy(step) ? secretsFileOf(secrets.values, env["TMPDIR"]) : undefined;
  try {
    const flags = file === undefined ? [] : ["--secrets-file", file.path];
    return await run(wrangler([...step.args, ...flags]), env, step.input);
  } finally {
    file?.remove();
  }
}

/** Before they are set: whoever is interrupted afterwards has them. */
function showSecrets(say: (line: string) => void, { made, keptIn }: DeploySecrets): void {
  if (made.length === 0) return;
  if (keptIn !== undefined) {
    say(
      `Secrets were made for the Worker. Nobody sees this output in a terminal, so they are in ${keptIn} alone: keep them where you keep passwords, and delete the file.`,
    );
    return;
  }
  say(
    "These secrets were made for the Worker. They are shown this once: keep them where you keep passwords.",
  );
  for (const line of made) say(`  ${line}`);
}

/** Wrangler brings the code out before it sets routes, cron and consumers: what fails there has left a new version. */
async function whatRuns({ surroundings, options, found, secrets }: UnderWay): Promise<string> {
  const again = "Run the same command again: it goes on with what is missing.";
  const now = await findRunning(surroundings, options.env);
  const before = found.running.kind === "version" ? found.running.id : undefined;
  if (now.kind === "unknown")
    return `The database is up to date. Which version runs could not be told. ${again}`;
  const unset =
    secrets.made.length > 0 && secrets.keptIn === undefined
      ? " The secrets that were made are not set; the next run makes others."
      : "";
  if (now.kind === "none")
    return `The database is up to date, and no version of the Worker runs.${unset} ${again}`;
  if (now.id === before) return `The database is up to date, the Worker is as it was.${unset} ${again}`;
  return `The new version runs, but wrangler did not finish: routes, cron or consumers of queues may be missing. ${again}`;
}

async function conclude(
  { surroundings, options, found, secrets }: UnderWay,
  deployed: Deployed,
): Promise<number> {
  const { say } = surroundings;
  if (deployed.version === undefined) {
    say(
      "Wrangler ended without a new version, so nothing was deployed: its question may have been answered with no.",
    );
    return 1;
  }
  const where = options.env === undefined ? "" : ` to ${options.env}`;
  say(`Deployed ${found.commit.slice(0, 12)}${where}.`);
  const url = options.url ?? deployed.url;
  const isLookedAt = options.isSmoked && found.warnings.length === 0;
  const keys = { own: secrets.adminKey, given: surroundings.env["TAGLINE_API_KEY"] };
  const verdict = isLookedAt ? await lookAfter(surroundings, { url, commit: found.commit, keys }) : "fine";
  if (verdict === "broken" && found.running.kind === "version") {
    const flag = options.env === undefined ? `--env=""` : `--env ${options.env}`;
    say(
      `The version before comes back with: npm run wrangler -- rollback ${found.running.id} ${flag}. The database stays as it is, and works with both.`,
    );
  }
  if (verdict === "fine") for (const line of nextSteps(url, found.running.kind === "none")) say(line);
  return verdict === "fine" ? 0 : 1;
}
