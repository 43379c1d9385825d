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
    "Lets the service find new, changed and vanished photos in the storage, follows the run to its end, and tells the result. If a run is on already, the command follows that run.",
  flags: {
    ...serviceFlags,
    prefix: {
      type: "string",
      value: "PREFIX",
      default: "",
      otherwise: "everywhere",
      about: "List only objects below this folder of object keys.",
    },
    provider: {
      type: "string",
      value: "NAME",
      otherwise: "all configured storage providers",
      about: "List only this storage provider.",
    },
    full: {
      type: "boolean",
      default: false,
      about: "List all objects, even if a storage provider can tell its changes.",
    },
    "confirm-missing": {
      type: "boolean",
      default: false,
      about: "Declare every vanished object missing, after a run that ended as needs_confirmation.",
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
