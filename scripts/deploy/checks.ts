import { resolve } from "node:path";
import { readConfig as readWorkerConfig } from "../../src/config/config.ts";
import { Failure } from "../failure.ts";
import { readDevVars } from "../start/dev-vars.ts";
import { collect } from "../wrangler.ts";
import type { Section } from "./config.ts";
import type { DeployOptions } from "./options.ts";
import { ask, reasonOf, targetFlags, type Network } from "./surroundings.ts";

/** Without these the service refuses every request, or can sign nothing. */
const neededSecrets = ["API_KEYS", "SIGNING_SECRET"];
const namedFiles = 5;

/** What a deploy is made from: its commit, and what speaks against it. */
export interface Source {
  /** 40 hexadecimal digits; empty where there is none. */
  readonly commit: string;
  readonly problems: readonly string[];
}

/** Which commit the folder holds. What is not committed would go out and never be found again. */
export async function checkSource({ root }: Network): Promise<Source> {
  const git = (...args: string[]) => collect(["git", ["-C", root, ...args]]);
  const head = await git("rev-parse", "--verify", "HEAD").catch(() => undefined);
  if (head?.code !== 0) {
    const problem = `${root} is no git checkout with a commit, so that nobody could tell what was deployed: clone the repository.`;
    return { commit: "", problems: [problem] };
  }
  const status = await git("status", "--porcelain");
  const files = status.output.split("\n").filter((line) => line !== "");
  const commit = head.output.trim();
  if (files.length === 0) return { commit, problems: [] };
  const first = files.slice(0, namedFiles).map((line) => line.slice(3));
  const more = files.length > namedFiles ? ` and ${files.length - namedFiles} more` : "";
  const problem = `The working tree differs from what is committed (${first.join(", ")}${more}): commit it or put it away.`;
  return { commit, problems: [problem] };
}

/** One sentence where wrangler knows nobody who could deploy. */
export async function checkLogin(surroundings: Network): Promise<string[]> {
  const { code } = await ask(surroundings, ["whoami", "--json"]);
  if (code === 0) return [];
  return ["Wrangler is not logged in: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN."];
}

/** One sentence for each thing that the deployment works on and that is not there. */
export async function checkResources(
  surroundings: Network,
  section: Section,
  env: string | undefined,
): Promise<string[]> {
  const target = targetFlags(surroundings, env);
  const look = async (what: string, question: string[], cure: string): Promise<string[]> => {
    const outcome = await ask(surroundings, [...question, ...target]);
    if (outcome.code === 0) return [];
    return [`${what} could not be found (${reasonOf(outcome)}): \`npx wrangler ${cure}\` makes it.`];
  };
  const { d1_databases: databases = [], r2_buckets: buckets = [], queues = {} } = section;
  const names = [
    ...(queues.producers ?? []).map(({ queue }) => queue),
    ...(queues.consumers ?? []).flatMap(({ queue, dead_letter_queue: dead = queue }) => [queue, dead]),
  ];
  const looks = [
    ...databases.map(({ binding, database_name: name = binding }) =>
      look(`The database ${name}`, ["d1", "info", binding], `d1 create ${name}`),
    ),
    ...buckets.flatMap(({ bucket_name: name }) =>
      name === undefined
        ? []
        : look(`The bucket ${name}`, ["r2", "bucket", "info", name], `r2 bucket create ${name}`),
    ),
    ...[...new Set(names)].map((name) =>
      look(`The queue ${name}`, ["queues", "info", name], `queues create ${name}`),
    ),
  ];
  return (await Promise.all(looks)).flat();
}

/** One sentence where the Worker would run without its secrets: neither has it them, nor does the file bring them. */
export async function checkSecrets(surroundings: Network, options: DeployOptions): Promise<string[]> {
  const problems = options.secretsFile === undefined ? [] : fileProblems(surroundings, options.secretsFile);
  const brought = options.secretsFile === undefined ? [] : namesIn(surroundings, options.secretsFile);
  const wanted = neededSecrets.filter((name) => !brought.includes(name));
  if (wanted.length === 0) return problems;
  const list = await ask(surroundings, ["secret", "list", ...targetFlags(surroundings, options.env)]);
  const isNew = list.code !== 0 && /Worker "[^"]*".{0,200} not found/.test(list.output);
  if (list.code !== 0 && !isNew) return [...problems, `The secrets could not be listed: ${reasonOf(list)}`];
  const lacking = wanted.filter((name) => isNew || !list.output.includes(`"${name}"`));
  if (lacking.length === 0) return problems;
  const who = isNew ? "The Worker does not exist yet and would come without" : "The Worker has no";
  const cure = "give it with `--secrets-file FILE`, written as .dev.vars.example is";
  return [...problems, `${who} ${lacking.join(" and ")}: ${cure}.`];
}

/** The file as the person named it, who is not in the folder that npm changes to. */
export function secretsPath({ env, root }: Network, file: string): string {
  return resolve(env["INIT_CWD"] ?? root, file);
}

function readSecrets(surroundings: Network, file: string): Map<string, string> {
  const path = secretsPath(surroundings, file);
  const secrets = readDevVars(path);
  if (secrets === undefined) throw new Failure(`There is no file ${path}.`);
  return secrets;
}

function namesIn(surroundings: Network, file: string): string[] {
  return [...readSecrets(surroundings, file).keys()];
}

/** The environment without what the file brings: of a secret in both, wrangler would take the environment's. */
export function withoutSecretsOf(surroundings: Network, file: string | undefined): NodeJS.ProcessEnv {
  const brought = new Set(file === undefined ? [] : namesIn(surroundings, file));
  return Object.fromEntries(Object.entries(surroundings.env).filter(([name]) => !brought.has(name)));
}

/** The service's own judgement of what the file has, which speaks of positions and never of content. */
function fileProblems(surroundings: Network, file: string): string[] {
  const secrets = readSecrets(surroundings, file);
  const given = neededSecrets.filter((name) => secrets.has(name));
  const { problems } = readWorkerConfig(Object.fromEntries(secrets));
  return problems
    .filter((problem) => given.some((name) => problem.startsWith(name)))
    .map((problem) => `${file}: ${problem}`);
}
