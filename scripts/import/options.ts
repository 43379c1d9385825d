import { statSync } from "node:fs";
import { resolve } from "node:path";
import { isSafeForSecrets, withoutFinalSlashes, withoutOuterSlashes } from "../../src/core/text/address.ts";
import { type Command, type Flag, readCommand, usageOf } from "../arguments.ts";
import { Failure, systemCode } from "../failure.ts";
import { devVarsFile, readDevVars } from "../start/dev-vars.ts";
import { adminKeyOf } from "../start/keys.ts";

/** What an import was asked to do. */
export interface ImportOptions {
  /** Files and folders, absolute. */
  paths: string[];
  url: URL;
  key: string;
  /** The storage provider that the photos go to; undefined for the service's first that can be written to. */
  provider: string | undefined;
  /** Put before every object key; empty, or ends with a slash. */
  prefix: string;
  concurrency: number;
}

/** Where `npm start` has the service. */
export const defaultUrl = "http://localhost:8787";
const defaultConcurrency = 6;
const maxConcurrency = 64;

/** The flags that say which service is meant, for every command that speaks to one. */
export const serviceFlags = {
  url: {
    type: "string",
    value: "URL",
    default: defaultUrl,
    about: "The address of the service: https, or http on this machine.",
  },
  key: {
    type: "string",
    value: "KEY",
    otherwise: `TAGLINE_API_KEY, else the admin key in ${devVarsFile}`,
    about: "An API key with the scope admin.",
  },
} as const satisfies Record<string, Flag>;

/** What is read from the environment by every command that speaks to a service. */
export const serviceVariables = [
  { name: "TAGLINE_API_KEY", about: "The API key, if --key is not given." },
] as const;

/** `npm run import` as its help tells it. */
export const importCommand = {
  name: "npm run import",
  about:
    "Uploads photos to a running service, waits until all photos are processed, and tells which files were uploaded, already there, refused or ignored, with the reason. The words of XMP sidecars and of the JSON files of Google Takeout come with the photos beside them. The import never overwrites an object of the service. After an interruption, run the same command again to continue the import.",
  operands: [
    {
      name: "PATH…",
      about:
        "Files and folders. The object key of a file is PREFIX and the path of the file below the given folder. The object key of a file that was given by itself is PREFIX and the name of the file.",
    },
  ],
  flags: {
    ...serviceFlags,
    prefix: {
      type: "string",
      value: "PREFIX",
      default: "",
      otherwise: "none",
      about: "A folder for the object keys of all files.",
    },
    provider: {
      type: "string",
      value: "NAME",
      otherwise: "the first writable storage provider of the service",
      about: "The storage provider that stores the photos.",
    },
    concurrency: {
      type: "string",
      value: "N",
      default: String(defaultConcurrency),
      about: `The number of files that are uploaded at the same time, 1 to ${maxConcurrency}.`,
    },
  },
  variables: serviceVariables,
} as const satisfies Command;

function pathOf(given: string, start: string): string {
  const path = resolve(start, given);
  try {
    statSync(path);
    return path;
  } catch (error) {
    if (systemCode(error) !== "ENOENT" && systemCode(error) !== "ENOTDIR") throw error;
    throw new Failure(`The file or folder ${path} does not exist.`);
  }
}

/** The service's address as a base for paths. The key is sent there, so not over http but on this machine. */
export function urlOf(given: string): URL {
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Failure(`--url needs an address such as ${defaultUrl}, not "${given}".`);
  }
  if (!isSafeForSecrets(url)) {
    throw new Failure(
      `--url needs https for ${url.host}: over http anybody on the network could read the key.`,
    );
  }
  // A base without a slash at its end would lose its last segment when paths are put onto it.
  url.pathname = `${withoutFinalSlashes(url.pathname)}/`;
  return url;
}

function concurrencyOf(given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > maxConcurrency) {
    throw new Failure(`--concurrency needs a number from 1 to ${maxConcurrency}, not "${given}".`);
  }
  return number;
}

/** The key that was given, in the environment, or that `npm start` has made. */
export function keyOf(given: string | undefined, env: NodeJS.ProcessEnv, root: string): string {
  const local = readDevVars(resolve(root, devVarsFile))?.get("API_KEYS") ?? "";
  const key = given ?? env["TAGLINE_API_KEY"] ?? adminKeyOf(local);
  if (key) return key;
  throw new Failure(
    `No API key: give a key with --key or TAGLINE_API_KEY, or run \`npm start\` to make a key.`,
  );
}

/** A folder of object keys, in the bytes in which it was given: empty, or with one slash at its end. */
export function prefixOf(given: string): string {
  const prefix = withoutOuterSlashes(given);
  return prefix === "" ? "" : `${prefix}/`;
}

/** Reads the command line; what is not given comes from the environment and the local secrets file. */
export function importOptions(argv: string[], env: NodeJS.ProcessEnv, root: string): ImportOptions {
  const { values, positionals } = readCommand(importCommand, argv);
  if (positionals.length === 0)
    throw new Failure(`Name the files and folders to import.\n${usageOf(importCommand)}`);
  // npm changes to the project's folder; a relative PATH means the one the person is in.
  const start = env["INIT_CWD"] ?? process.cwd();
  return {
    paths: positionals.map((path) => pathOf(path, start)),
    url: urlOf(values.url),
    key: keyOf(values.key, env, root),
    // The service keeps the keys of uploads as NFC.
    prefix: prefixOf(values.prefix.normalize("NFC")),
    provider: values.provider,
    concurrency: concurrencyOf(values.concurrency),
  };
}
