import { type Command, readCommand } from "../arguments.ts";
import { keyOf, prefixOf, serviceFlags, serviceVariables, urlOf } from "../import/options.ts";

/** What an ingest was asked to do. */
export interface IngestOptions {
  url: URL;
  key: string;
  /** Undefined for all that there are. */
  provider: string | undefined;
  /** Of the object keys; empty, or ends with a slash. */
  prefix: string;
  /** Declare missing what the service asked about. */
  confirmMissing: boolean;
  /** List everything anew, also where a provider could tell what has changed. */
  full: boolean;
}

/** `npm run ingest` as its help tells it. */
export const ingestCommand = {
  name: "npm run ingest",
  about:
    "Has the service look for photos that are new, changed or gone in its storage, follows the run to its end, and says what it found. A run that is on already is followed.",
  flags: {
    ...serviceFlags,
    prefix: {
      type: "string",
      value: "PREFIX",
      default: "",
      otherwise: "everywhere",
      about: "Look only below this folder of object keys.",
    },
    provider: {
      type: "string",
      value: "NAME",
      otherwise: "all that are configured",
      about: "Look only into this storage provider.",
    },
    full: {
      type: "boolean",
      default: false,
      about: "List everything anew, also where a provider could tell what has changed.",
    },
    "confirm-missing": {
      type: "boolean",
      default: false,
      about: "Declare missing what has vanished, although it is so much that an earlier run asked about it.",
    },
  },
  variables: serviceVariables,
} as const satisfies Command;

/** Reads the command line; what is not given comes from the environment and the local secrets file. */
export function ingestOptions(argv: string[], env: NodeJS.ProcessEnv, root: string): IngestOptions {
  const {
    url,
    key,
    prefix,
    provider,
    full,
    "confirm-missing": confirmMissing,
  } = readCommand(ingestCommand, argv).values;
  return {
    url: urlOf(url),
    key: keyOf(key, env, root),
    provider,
    prefix: prefixOf(prefix),
    confirmMissing,
    full,
  };
}
