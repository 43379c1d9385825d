import { isSafeForSecrets, withoutFinalSlashes, withoutOuterSlashes } from "../../src/core/text/address.ts";
import { type Command, readCommand } from "../arguments.ts";
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

const defaultPrefix = "DROPBOX";

/** `npm run dropbox:connect` as its help tells it. */
export const connectCommand = {
  name: "npm run dropbox:connect",
  about:
    "Connects a Dropbox account: asks for an app and for the account's agreement, shows whose account it is and what is seen of it, then keeps the secrets for the local service.",
  flags: {
    "app-key": {
      type: "string",
      value: "KEY",
      otherwise: "PREFIX_APP_KEY in the environment, then in .dev.vars, else it is asked for",
      about: "The app's key.",
    },
    "app-secret": {
      type: "string",
      value: "SECRET",
      otherwise: "PREFIX_APP_SECRET likewise",
      about: "The app's secret.",
    },
    credentials: {
      type: "string",
      value: "PREFIX",
      default: defaultPrefix,
      about: "What the secrets' names begin with, as in `credentials` of STORAGE_PROVIDERS.",
    },
    root: {
      type: "string",
      value: "FOLDER",
      default: "",
      otherwise: "all that the app sees",
      about: "The folder of the Dropbox that the photos are in.",
    },
    print: {
      type: "boolean",
      default: false,
      about: "Print the secrets, for a deployed service, rather than keep them in .dev.vars.",
    },
  },
  variables: [
    {
      name: "DROPBOX_API_URL",
      about: "Another host than Dropbox's own: https, or http on this machine.",
      otherwise: "https://api.dropboxapi.com",
    },
  ],
} as const satisfies Command;

/** Reads the command line; what is not given comes from the environment, then from what is known already. */
export function connectOptions(
  argv: string[],
  env: NodeJS.ProcessEnv,
  known: ReadonlyMap<string, string>,
): ConnectOptions {
  const flags = readCommand(connectCommand, argv).values;
  const prefix = flags.credentials;
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(prefix)) {
    throw new Failure(`--credentials needs a name such as ${defaultPrefix}, not "${prefix}".`);
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
