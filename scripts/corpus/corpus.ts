import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { readCommand, usageOf } from "../arguments.ts";
import { corpusCommand } from "../commands.ts";
import { describe, Failure } from "../failure.ts";
import { differences } from "./compare.ts";
import { type Expected, expectedFile, readExpectations } from "./expected.ts";
import { type Look, lookAt } from "./look.ts";
import { ContactSheet } from "./sheet.ts";

/** Where the contact sheet goes unless told otherwise: a folder that is never committed. */
const defaultOut = "dist/corpus";

/** What a run is given. */
export interface CorpusOptions {
  readonly argv: readonly string[];
  /** The folder that relative ones begin at. */
  readonly start: string;
  readonly say: (line: string) => void;
}

/**
 * Runs every file of a folder through the readers and decoders of the service, writes a contact sheet, and compares
 * with the folder's `expected.json` where there is one. Answers the exit code: 1 on a difference or a crash.
 */
export async function runCorpus({ argv, start, say }: CorpusOptions): Promise<number> {
  const [given, out, ...more] = readCommand(corpusCommand, argv).positionals;
  if (given === undefined || more.length > 0) throw new Failure(usageOf(corpusCommand));
  const folder = resolve(start, given);
  const expectations = readExpectations(folder);
  const names = filesOf(folder);
  const sheet = new ContactSheet(out === undefined ? resolve(defaultOut) : resolve(start, out));
  const counts = new Map<string, number>();
  let bad = [...expectations.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => `${name}: is gone`);
  for (const name of names) {
    const { kind, problems } = await runFile(folder, name, expectations.get(name), sheet);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    bad = bad.concat(problems.map((problem) => `${name}: ${problem}`));
  }
  for (const kind of [...counts.keys()].sort()) say(`${String(counts.get(kind)).padStart(6)}  ${kind}`);
  for (const line of bad) say(`DIFFERS  ${line}`);
  say(`${names.length} files, ${expectations.size} with expectations, ${bad.length} differences`);
  say(`Contact sheet: ${await sheet.write()}`);
  return bad.length === 0 ? 0 : 1;
}

/** Looks at one file; whatever is thrown is a crash, and the other files have their turn all the same. */
async function runFile(
  folder: string,
  name: string,
  expected: Expected | undefined,
  sheet: ContactSheet,
): Promise<{ kind: string; problems: string[] }> {
  try {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const look = await lookAt(bytes);
    const problems = [...changed(bytes, expected), ...differences(look, expected)];
    sheet.add(name, look, problems);
    return { kind: kindOf(look), problems };
  } catch (error) {
    const problem = `crashed: ${describe(error)}`;
    sheet.addProblem(name, problem);
    return { kind: "crashed", problems: [problem] };
  }
}

function kindOf({ told: { mime }, contain }: Look): string {
  const outcome = contain.outcome === "made" ? "made" : `${contain.outcome}: ${contain.reason.code}`;
  return `${mime ?? "other"}  ${outcome}`;
}

function changed(bytes: Uint8Array, expected: Expected | undefined): string[] {
  if (expected?.bytes === undefined || expected.bytes === bytes.length) return [];
  return [`has ${bytes.length} bytes, not the ${expected.bytes} that the expectations are of`];
}

/** The files below a folder by their names in it, with slashes, without those that are about the folder itself. */
function filesOf(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(`${folder} is no folder.`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((name) => ![expectedFile, "README.md"].includes(name))
    .sort();
}
