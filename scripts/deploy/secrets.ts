import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readConfig as readWorkerConfig } from "../../src/config/config.ts";
import { Failure } from "../failure.ts";
import { readDevVars } from "../start/dev-vars.ts";
import { adminKeyOf } from "../start/keys.ts";
import type { DeployOptions } from "./options.ts";
import { ask, reasonOf, targetFlags, type Network } from "./surroundings.ts";

/** Without these the service refuses every request, or can sign nothing. */
const neededSecrets = ["API_KEYS", "SIGNING_SECRET"] as const;

/** One of the secrets that the service cannot do without. */
export type NeededSecret = (typeof neededSecrets)[number];

/** Which secrets a deploy has to make, and what speaks against it. */
export interface SecretsPlan {
  readonly toMake: readonly NeededSecret[];
  readonly problems: readonly string[];
  /** What the deploy leaves without a secret, in sentences. */
  readonly warnings: readonly string[];
}

/** Looks which secrets neither the Worker has nor the file brings. */
export async function planSecrets(surroundings: Network, options: DeployOptions): Promise<SecretsPlan> {
  const { env } = surroundings;
  const brought = broughtBy(surroundings, options.secretsFile);
  const problems = fileProblems(brought, options.secretsFile ?? "");
  const wanted = neededSecrets.filter((name) => !brought.has(name));
  if (wanted.length === 0) return { toMake: [], problems, warnings: [] };
  const list = await ask(surroundings, ["secret", "list", ...targetFlags(surroundings, options.env)]);
  const isNew = list.code !== 0 && /Worker "[^"]*".{0,200} not found/.test(list.output);
  if (list.code !== 0 && !isNew) {
    return {
      toMake: [],
      problems: [...problems, `The secrets could not be listed: ${reasonOf(list)}`],
      warnings: [],
    };
  }
  const lacking = wanted.filter((name) => isNew || !list.output.includes(`"${name}"`));
  if (lacking.length === 0 || !isTold(env["CI"])) return { toMake: lacking, problems, warnings: [] };
  const lack = `The Worker has no ${lacking.join(" and ")}`;
  // The page behind the button sets the secrets that the person has typed there, maybe only after this first deploy.
  if (isTold(env["WORKERS_CI"])) {
    const warning = `${lack}: the service refuses every request until you set it with \`npx wrangler secret put\`.`;
    return { toMake: [], problems, warnings: [warning] };
  }
  const cure =
    "in continuous integration none is made, because the log would show it: deploy once from your own machine, or give --secrets-file FILE";
  return { toMake: [], problems: [...problems, `${lack}, and ${cure}.`], warnings: [] };
}

function isTold(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false";
}

/** A fresh value of a secret: letters and digits, in which neither a shell nor an env file changes anything. */
function made(name: NeededSecret): string {
  const secret = randomBytes(24).toString("hex");
  return name === "API_KEYS" ? `owner:admin:${secret}` : secret;
}

/** The secrets of a deploy, in a file for wrangler that is gone when they are set. */
export interface DeploySecrets {
  /** The file; undefined where the Worker's own secrets are kept. */
  readonly file: string | undefined;
  /** What was made, as `NAME=value`. */
  readonly made: readonly string[];
  /** A key with the scope `admin` among what is set. */
  readonly adminKey: string | undefined;
  readonly remove: () => void;
}

/** Makes the secrets that are missing, and puts them with the person's own file into one for wrangler alone. */
export function writeSecrets(
  surroundings: Network,
  { secretsFile }: DeployOptions,
  toMake: readonly NeededSecret[],
): DeploySecrets {
  const own = secretsFile === undefined ? undefined : secretsPath(surroundings, secretsFile);
  const given = secretsFile === undefined ? "" : (broughtBy(surroundings, secretsFile).get("API_KEYS") ?? "");
  if (toMake.length === 0)
    return { file: own, made: [], adminKey: adminKeyOf(given), remove: () => undefined };
  const values = toMake.map((name) => [name, made(name)] as const);
  const lines = values.map(([name, value]) => `${name}=${value}`);
  const folder = mkdtempSync(join(tmpdir(), "tagline-deploy-"));
  const file = join(folder, "secrets.env");
  const before = own === undefined ? [] : [readFileSync(own, "utf8")];
  writeFileSync(file, [...before, ...lines, ""].join("\n"), { mode: 0o600, flag: "wx" });
  const keys = new Map(values).get("API_KEYS") ?? given;
  return {
    file,
    made: lines,
    adminKey: adminKeyOf(keys),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The environment without what is set: of a secret in both, wrangler would take the environment's. */
export function withoutSecretsOf(
  surroundings: Network,
  file: string | undefined,
  toMake: readonly string[],
): NodeJS.ProcessEnv {
  const set = new Set([...broughtBy(surroundings, file).keys(), ...toMake]);
  return Object.fromEntries(Object.entries(surroundings.env).filter(([name]) => !set.has(name)));
}

/** The file as the person named it, who is not in the folder that npm changes to. */
function secretsPath({ env, root }: Network, file: string): string {
  return resolve(env["INIT_CWD"] ?? root, file);
}

function broughtBy(surroundings: Network, file: string | undefined): Map<string, string> {
  if (file === undefined) return new Map();
  const path = secretsPath(surroundings, file);
  const secrets = readDevVars(path);
  if (secrets === undefined) throw new Failure(`There is no file ${path}.`);
  return secrets;
}

/** The service's own judgement of what the file has, which speaks of positions and never of content. */
function fileProblems(secrets: ReadonlyMap<string, string>, file: string): string[] {
  const given = neededSecrets.filter((name) => secrets.has(name));
  const { problems } = readWorkerConfig(Object.fromEntries(secrets));
  return problems
    .filter((problem) => given.some((name) => problem.startsWith(name)))
    .map((problem) => `${file}: ${problem}`);
}
