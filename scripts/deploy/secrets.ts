import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import { readConfig as readWorkerConfig } from "../../src/config/config.ts";
import { Failure, systemCode } from "../failure.ts";
import { readDevVars } from "../start/dev-vars.ts";
import { adminKeyOf } from "../start/keys.ts";
import type { DeployOptions } from "./options.ts";
import { ask, jsonOf, reasonOf, targetFlags, type DeploySurroundings, type Network } from "./surroundings.ts";

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

const listSchema = z.array(z.looseObject({ name: z.string() }));

/** Which secrets are missing in an account that has nothing. */
export function allSecrets(surroundings: Network, options: DeployOptions): NeededSecret[] {
  const brought = broughtBy(surroundings, options.secretsFile);
  return neededSecrets.filter((name) => !brought.has(name));
}

/** Looks which secrets neither the Worker has nor the file brings. */
export async function planSecrets(surroundings: Network, options: DeployOptions): Promise<SecretsPlan> {
  const { env } = surroundings;
  const problems = fileProblems(surroundings, options.secretsFile);
  const wanted = allSecrets(surroundings, options);
  if (wanted.length === 0) return { toMake: [], problems, warnings: [] };
  const refused = (problem: string): SecretsPlan => ({
    toMake: [],
    problems: [...problems, problem],
    warnings: [],
  });
  const list = await ask(surroundings, ["secret", "list", ...targetFlags(surroundings, options.env)]);
  const isNew = list.code !== 0 && /Worker "[^"]*".{0,200} not found/.test(list.output);
  if (list.code !== 0 && !isNew) return refused(`The secrets could not be listed: ${reasonOf(list)}`);
  const listed = isNew ? { data: [] } : listSchema.safeParse(jsonOf(list));
  // What is not understood is not overwritten: all keys and links of a running service would end.
  if (listed.data === undefined)
    return refused(
      "The secrets could not be listed: wrangler answered in a form that this command does not know.",
    );
  const there = new Set(listed.data.map(({ name }) => name));
  const lacking = wanted.filter((name) => !there.has(name));
  if (lacking.length === 0 || !isTold(env["CI"])) return { toMake: lacking, problems, warnings: [] };
  const lack = `The Worker has no ${lacking.join(" and ")}`;
  // The page behind the button sets the secrets that the person has typed there, maybe only after this first deploy.
  if (isTold(env["WORKERS_CI"])) {
    const warning = `${lack}: the service refuses every request until each is set, in the dashboard or with \`npx wrangler secret put\`.`;
    return { toMake: [], problems, warnings: [warning] };
  }
  const cure = "deploy once from your own machine, or give --secrets-file FILE";
  return refused(
    `${lack}, and in continuous integration none is made, because the log would show it: ${cure}.`,
  );
}

function isTold(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false";
}

/** A fresh value of a secret: letters and digits, in which neither a shell nor an env file changes anything. */
function made(name: NeededSecret): string {
  const secret = randomBytes(24).toString("hex");
  return name === "API_KEYS" ? `owner:admin:${secret}` : secret;
}

/** The secrets that a deploy sets. */
export interface DeploySecrets {
  /** The values, by their names; empty where the Worker's own are kept. */
  readonly values: ReadonlyMap<string, string>;
  /** What was made and has to reach the person, as `NAME=value`. */
  readonly made: readonly string[];
  /** Where a person finds what was made, if nobody sees what is said. */
  readonly keptIn: string | undefined;
  /** A key with the scope `admin` among what is set. */
  readonly adminKey: string | undefined;
}

/**
 * Makes the secrets that are missing. Where nobody sees what is said, they lie in a file beside the project, which git
 * ignores and which a deploy that was broken off goes on with.
 */
export function makeSecrets(
  surroundings: DeploySurroundings,
  { secretsFile, env }: DeployOptions,
  toMake: readonly NeededSecret[],
): DeploySecrets {
  const brought = broughtBy(surroundings, secretsFile);
  const file = join(surroundings.root, `.dev.vars.deployed-${env ?? "production"}`);
  const keptIn = toMake.length === 0 || surroundings.isTerminal ? undefined : file;
  const kept = keptIn === undefined ? undefined : readDevVars(keptIn);
  const fresh = toMake.map((name) => [name, kept?.get(name) ?? made(name)] as const);
  const values = new Map([...brought, ...fresh]);
  const lines = fresh.map(([name, value]) => `${name}=${value}`);
  if (keptIn !== undefined) writeFileSync(keptIn, `${lines.join("\n")}\n`, { mode: 0o600 });
  return { values, made: lines, keptIn, adminKey: adminKeyOf(values.get("API_KEYS") ?? "") };
}

/** A file for wrangler alone, which is gone as soon as the secrets are set. */
export interface SecretsFile {
  readonly path: string;
  readonly remove: () => void;
}

const folderPrefix = "tagline-deploy-";
/** No deploy needs its file for longer; what is older was left by a process that was killed. */
const staleMs = 3_600_000;

/** As JSON, in which wrangler replaces nothing: neither `$` nor a variable of the same name in the environment. */
export function secretsFileOf(
  values: ReadonlyMap<string, string>,
  place = tmpdir(),
): SecretsFile | undefined {
  sweep(place);
  if (values.size === 0) return undefined;
  const folder = mkdtempSync(join(place, folderPrefix));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "secrets.json");
    writeFileSync(path, JSON.stringify(Object.fromEntries(values)), { mode: 0o600, flag: "wx" });
    return { path, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Takes away what a killed deploy has left. */
function sweep(place: string): void {
  const stale = readdirSync(place).filter((name) => name.startsWith(folderPrefix));
  for (const folder of stale.map((name) => join(place, name))) {
    try {
      if (Date.now() - statSync(folder).mtimeMs > staleMs) rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      // Another deploy was quicker, or the folder is somebody else's.
      if (!["ENOENT", "EACCES", "EPERM"].includes(systemCode(error) ?? "")) throw error;
    }
  }
}

const jsonSecrets = z.record(z.string(), z.string());

/** What the file brings; an empty value is none. The path is as the person named it, who is not where npm changes to. */
function broughtBy({ env, root }: Network, file: string | undefined): Map<string, string> {
  if (file === undefined) return new Map();
  const path = resolve(env["INIT_CWD"] ?? root, file);
  const entries = Object.entries(secretsIn(path, textOf(path)));
  return new Map(entries.flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") throw new Failure(`There is no file ${path}.`);
    throw error;
  }
}

function secretsIn(path: string, text: string): Record<string, string | undefined> {
  if (!text.trimStart().startsWith("{")) return parseEnv(text);
  try {
    return jsonSecrets.parse(JSON.parse(text));
  } catch {
    throw new Failure(`${basename(path)} begins as JSON and is no object of texts.`);
  }
}

/** The service's own judgement of what the file has, which speaks of positions and never of content. */
function fileProblems(surroundings: Network, file: string | undefined): string[] {
  const secrets = broughtBy(surroundings, file);
  const given = neededSecrets.filter((name) => secrets.has(name));
  const { problems } = readWorkerConfig(Object.fromEntries(secrets));
  return problems
    .filter((problem) => given.some((name) => problem.startsWith(name)))
    .map((problem) => `${file ?? ""}: ${problem}`);
}
