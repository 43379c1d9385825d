import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, readCommand, usageOf } from "../arguments.ts";
import { Failure } from "../failure.ts";
import { prefixOf, serviceFlags, serviceVariables } from "../import/options.ts";

/** What a corpus run was asked to do. */
export interface CorpusOptions {
  /** The folder with the files, absolute. */
  readonly folder: string;
  /** The folder of the contact sheet, absolute. */
  readonly out: string;
  /** As it was given; undefined for the service that runs here, or one of the run's own. */
  readonly url: string | undefined;
  /** As it was given. */
  readonly key: string | undefined;
  /** Put before every object key: nothing that the service has may lie below it. Ends with a slash. */
  readonly prefix: string;
}

/** Where the contact sheet goes unless told otherwise: a folder that is never committed. */
const defaultOut = "dist/corpus";

const { url, key } = serviceFlags;

/** `npm run corpus` as its help tells it. */
export const corpusCommand = {
  name: "npm run corpus",
  about:
    "Sends every file below a folder into a running service, waits until all are processed, and compares what the service tells and shows with what is true: with every field of the folder's facts.json or expected.json, and the thumbnail with sharp's picture of the file. Writes a contact sheet, and takes the photos out of the service again. Ends with 1 on a difference, with 2 where the command or one of these files is wrong.",
  operands: [
    { name: "FOLDER", about: "The files, in folders as you like." },
    { name: "[OUT]", about: "The folder of the contact sheet.", otherwise: defaultOut },
  ],
  flags: {
    url: {
      type: "string",
      value: url.value,
      about: url.about,
      otherwise: `${url.default}; where nothing runs there, a service is started for this run alone`,
    },
    key,
    prefix: {
      type: "string",
      value: "PREFIX",
      otherwise: "one that no other run has",
      about: "A folder of object keys below which all files are put. Nothing may lie there yet.",
    },
  },
  variables: serviceVariables,
} as const satisfies Command;

/** Reads the command line; relative paths begin at `start`. */
export function corpusOptions(argv: readonly string[], start: string): CorpusOptions {
  const { values, positionals } = readCommand(corpusCommand, argv);
  const [given, out, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new Failure(usageOf(corpusCommand));
  const folder = resolve(start, given);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(`${folder} is no folder.`);
  return {
    folder,
    out: out === undefined ? resolve(defaultOut) : resolve(start, out),
    url: values.url,
    key: values.key,
    prefix: prefixOf((values.prefix ?? `corpus-${crypto.randomUUID()}`).normalize("NFC")),
  };
}
