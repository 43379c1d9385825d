import { readArguments } from "../arguments.ts";
import { DEFAULT_URL, keyOf, prefixOf, urlOf } from "../import/options.ts";

/** What an ingest was asked to do. */
export interface IngestOptions {
  url: URL;
  key: string;
  /** Of the object keys; empty, or ends with a slash. */
  prefix: string;
  /** Declare missing what the service asked about. */
  confirmMissing: boolean;
  /** List everything anew, also where a provider could tell what has changed. */
  full: boolean;
}

const USAGE = "Usage: npm run ingest -- [--url URL] [--key KEY] [--prefix P] [--full] [--confirm-missing]";

/** Reads the command line; what is not given comes from the environment and the local secrets file. */
export function ingestOptions(argv: string[], env: NodeJS.ProcessEnv, root: string): IngestOptions {
  const { url, key, prefix, "confirm-missing": confirmMissing, full } = readFlags(argv);
  return { url: urlOf(url), key: keyOf(key, env, root), prefix: prefixOf(prefix), confirmMissing, full };
}

function readFlags(argv: string[]) {
  return readArguments(USAGE, {
    args: argv,
    options: {
      url: { type: "string", default: DEFAULT_URL },
      key: { type: "string" },
      prefix: { type: "string", default: "" },
      full: { type: "boolean", default: false },
      "confirm-missing": { type: "boolean", default: false },
    },
  }).values;
}
