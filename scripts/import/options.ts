import { statSync } from "node:fs";
import { resolve } from "node:path";
import { isSafeForSecrets, withoutFinalSlashes, withoutOuterSlashes } from "../../src/address.ts";
import { readArguments } from "../arguments.ts";
import { Failure, systemCode } from "../failure.ts";
import { devVarsFile, readDevVars } from "../start/dev-vars.ts";
import { adminKeyOf } from "../start/keys.ts";

/** What an import was asked to do. */
export interface ImportOptions {
  folder: string;
  url: URL;
  key: string;
  /** Put before every object key; empty, or ends with a slash. */
  prefix: string;
  concurrency: number;
}

const USAGE = "Usage: npm run import -- FOLDER [--url URL] [--key KEY] [--prefix P] [--concurrency N]";
/** Where `npm start` serves. */
export const DEFAULT_URL = "http://localhost:8787";
const DEFAULT_CONCURRENCY = 6;
const MAX_CONCURRENCY = 64;

interface Flags {
  folder: string;
  url: string;
  key: string | undefined;
  prefix: string;
  concurrency: string;
}

function readFlags(argv: string[]): Flags {
  const { values, positionals } = readArguments(USAGE, {
    args: argv,
    allowPositionals: true,
    options: {
      url: { type: "string", default: DEFAULT_URL },
      key: { type: "string" },
      prefix: { type: "string", default: "" },
      concurrency: { type: "string", default: String(DEFAULT_CONCURRENCY) },
    },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new Failure(USAGE);
  const { url, key, prefix, concurrency } = values;
  return { folder, url, key, prefix, concurrency };
}

function folderOf(given: string, start: string): string {
  const folder = resolve(start, given);
  try {
    if (statSync(folder).isDirectory()) return folder;
  } catch (error) {
    if (systemCode(error) !== "ENOENT" && systemCode(error) !== "ENOTDIR") throw error;
    throw new Failure(`There is no folder ${folder}.`);
  }
  throw new Failure(`${folder} is not a folder.`);
}

/** The service's address as a base for paths. The key is sent there, so not over http but on this machine. */
export function urlOf(given: string): URL {
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Failure(`--url needs an address such as ${DEFAULT_URL}, not "${given}".`);
  }
  if (!isSafeForSecrets(url)) {
    throw new Failure(`--url needs https for ${url.host}: over http anybody on the way could read the key.`);
  }
  // A base without a slash at its end would lose its last segment when paths are put onto it.
  url.pathname = `${withoutFinalSlashes(url.pathname)}/`;
  return url;
}

function concurrencyOf(given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > MAX_CONCURRENCY) {
    throw new Failure(`--concurrency needs a number from 1 to ${MAX_CONCURRENCY}, not "${given}".`);
  }
  return number;
}

/** The key that was given, in the environment, or that `npm start` has made. */
export function keyOf(given: string | undefined, env: NodeJS.ProcessEnv, root: string): string {
  const local = readDevVars(resolve(root, devVarsFile))?.get("API_KEYS") ?? "";
  const key = given ?? env["TAGLINE_API_KEY"] ?? adminKeyOf(local);
  if (key) return key;
  throw new Failure(
    `No API key: give one with --key or TAGLINE_API_KEY, or run \`npm start\` to have one made.`,
  );
}

/** A folder of object keys: empty, or with one slash at its end. */
export function prefixOf(given: string): string {
  const prefix = withoutOuterSlashes(given).normalize("NFC");
  return prefix === "" ? "" : `${prefix}/`;
}

/** Reads the command line; what is not given comes from the environment and the local secrets file. */
export function importOptions(argv: string[], env: NodeJS.ProcessEnv, root: string): ImportOptions {
  const flags = readFlags(argv);
  // npm changes to the project's folder; a relative FOLDER means the one the person is in.
  const folder = folderOf(flags.folder, env["INIT_CWD"] ?? process.cwd());
  const key = keyOf(flags.key, env, root);
  return {
    folder,
    url: urlOf(flags.url),
    key,
    prefix: prefixOf(flags.prefix),
    concurrency: concurrencyOf(flags.concurrency),
  };
}
