import { resolve } from "node:path";
import { type Command, readCommand, usageOf } from "../arguments.ts";
import { Failure } from "../failure.ts";
import { keyOf, serviceFlags, serviceVariables, urlOf } from "../import/options.ts";
import { formats, type Format } from "./rows.ts";

/** What an export was asked to do. */
export interface ExportOptions {
  /** The file to write, absolute. */
  readonly file: string;
  readonly url: URL;
  readonly key: string;
  readonly format: Format;
  /** Whether the history of the words is written as well. */
  readonly history: boolean;
  /** Whether a file of this name is replaced. */
  readonly force: boolean;
}

/** `npm run export` as its help tells it. */
export const exportCommand = {
  name: "npm run export",
  about:
    "Writes all media objects of a service into a file, with everything that people wrote; what is in the trash is left out. Until the file is whole its name is FILE.part. After an interruption, run the same command again to continue the export. `npm run restore` puts the words back.",
  operands: [{ name: "FILE", about: "The file to write; compressed if its name ends in .gz." }],
  flags: {
    ...serviceFlags,
    key: { ...serviceFlags.key, about: "An API key with the scope read." },
    format: {
      type: "string",
      value: "FORMAT",
      otherwise: "csv if FILE ends in .csv or .csv.gz, else ndjson",
      about: "ndjson, a line of JSON for each media object; or csv, a table.",
    },
    history: {
      type: "boolean",
      default: false,
      about: "Write the earlier versions of the words as well; needs ndjson.",
    },
    force: {
      type: "boolean",
      default: false,
      about: "Replace FILE if the file exists.",
    },
  },
  variables: serviceVariables,
} as const satisfies Command;

function formatOf(given: string | undefined, file: string): Format {
  if (given === undefined) return /\.csv(?:\.gz)?$/iu.test(file) ? "csv" : "ndjson";
  const format = formats.find((each) => each === given);
  if (format === undefined) throw new Failure(`--format needs ${formats.join(" or ")}, not "${given}".`);
  return format;
}

/** The one file that a command is given; a relative path begins where the person is, since npm changes the folder. */
export function fileOf(command: Command, positionals: readonly string[], env: NodeJS.ProcessEnv): string {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Failure(`Name one file.\n${usageOf(command)}`);
  return resolve(env["INIT_CWD"] ?? process.cwd(), file);
}

/** Reads the command line; what is not given comes from the environment and the local secrets file. */
export function exportOptions(argv: readonly string[], env: NodeJS.ProcessEnv, root: string): ExportOptions {
  const { values, positionals } = readCommand(exportCommand, argv);
  const file = fileOf(exportCommand, positionals, env);
  const format = formatOf(values.format, file);
  if (values.history && format !== "ndjson")
    throw new Failure("A table has no room for the history: --history needs --format ndjson.");
  return {
    file,
    url: urlOf(values.url),
    key: keyOf(values.key, env, root),
    format,
    history: values.history,
    force: values.force,
  };
}
