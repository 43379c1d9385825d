import { type Command, readCommand } from "../arguments.ts";
import { fileOf } from "../export/options.ts";
import { keyOf, serviceFlags, serviceVariables, urlOf } from "../import/options.ts";

/** What a restore was asked to do. */
export interface RestoreOptions {
  /** The file to send, absolute. */
  readonly file: string;
  readonly url: URL;
  readonly key: string;
  /** Whether the service only says what it would do. */
  readonly dryRun: boolean;
  /** Whether the history of the words is put back as well. */
  readonly history: boolean;
}

/** `npm run restore` as its help tells it. */
export const restoreCommand = {
  name: "npm run restore",
  about:
    "Puts the words of a file of `npm run export` back into a service, and tells which lines matched how. The photos have to be in the service already: the service matches each line with a media object by its id, else by storage provider and object key if the content is the same, else by its content, else by storage provider and object key. After an interruption, run the same command again to continue the restore. Ends with 1 if a line did not match or was invalid.",
  operands: [{ name: "FILE", about: "An NDJSON or CSV file, which may be compressed with gzip." }],
  flags: {
    ...serviceFlags,
    "dry-run": {
      type: "boolean",
      default: false,
      about: "Change nothing, and tell what the restore would do.",
    },
    history: {
      type: "boolean",
      default: false,
      about: "Put the earlier versions of the words back as well, from an NDJSON file that has them.",
    },
  },
  variables: serviceVariables,
} as const satisfies Command;

/** Reads the command line; what is not given comes from the environment and the local secrets file. */
export function restoreOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  root: string,
): RestoreOptions {
  const { values, positionals } = readCommand(restoreCommand, argv);
  return {
    file: fileOf(restoreCommand, positionals, env),
    url: urlOf(values.url),
    key: keyOf(values.key, env, root),
    dryRun: values["dry-run"],
    history: values.history,
  };
}
