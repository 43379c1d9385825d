import { isSafeForSecrets, withoutFinalSlashes, withoutOuterSlashes } from "../../src/address.ts";
import { readArguments } from "../arguments.ts";
import { Failure } from "../failure.ts";

/** How an account is to be connected. */
export interface ConnectOptions {
  /** The prefix of the secrets' names, as in `credentials` of STORAGE_PROVIDERS. */
  prefix: string;
  /** Undefined where it has to be asked for. */
  appKey: string | undefined;
  appSecret: string | undefined;
  /** The folder that the provider is to have as its root: `/a/b`, or empty. */
  root: string;
  /** Print the secrets for a deployed service rather than write them down for the local one. */
  print: boolean;
  /** Without a slash at the end. */
  apiUrl: string;
}

const USAGE =
  "Usage: npm run dropbox:connect -- [--app-key KEY] [--app-secret SECRET] [--credentials PREFIX] [--root FOLDER] [--print]";
const DEFAULT_PREFIX = "DROPBOX";

/** Reads the command line; what is not given comes from the environment, then from what is known already. */
export function connectOptions(
  argv: string[],
  env: NodeJS.ProcessEnv,
  known: ReadonlyMap<string, string>,
): ConnectOptions {
  const flags = readFlags(argv);
  const prefix = flags.credentials;
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(prefix)) {
    throw new Failure(`--credentials needs a name such as ${DEFAULT_PREFIX}, not "${prefix}".`);
  }
  const find = (name: string) => env[name] || known.get(name);
  return {
    prefix,
    appKey: flags["app-key"] ?? find(`${prefix}_APP_KEY`),
    appSecret: flags["app-secret"] ?? find(`${prefix}_APP_SECRET`),
    root: rootOf(flags.root),
    print: flags.print,
    apiUrl: apiUrlOf(find("DROPBOX_API_URL") ?? "https://api.dropboxapi.com"),
  };
}

/** Where the app's secret is sent to, so not over http but on this machine. */
function apiUrlOf(given: string): string {
  const url = URL.parse(given);
  if (url !== null && isSafeForSecrets(url)) return withoutFinalSlashes(given);
  throw new Failure("DROPBOX_API_URL must be an https address, or http on this very machine.");
}

function rootOf(given: string): string {
  const path = withoutOuterSlashes(given);
  return path === "" ? "" : `/${path}`;
}

function readFlags(argv: string[]) {
  return readArguments(USAGE, {
    args: argv,
    options: {
      "app-key": { type: "string" },
      "app-secret": { type: "string" },
      credentials: { type: "string", default: DEFAULT_PREFIX },
      root: { type: "string", default: "" },
      print: { type: "boolean", default: false },
    },
  }).values;
}
