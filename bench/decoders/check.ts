import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readCommand, usageOf } from "../../scripts/arguments.ts";
import { describe, Failure, readUse } from "../../scripts/failure.ts";
import type { ThumbnailSize } from "../../src/thumbnail/types.ts";
import { benchCommands } from "../commands.ts";
import { isInstalled, packagesOf, programsOf, runLines } from "./commands.ts";
import { comparedSizes, judge, type Verdict } from "./judge.ts";
import { type Ours, oursOf } from "./ours.ts";
import { truthOf } from "./reference.ts";
import { summary, verdictLine, writeSheet } from "./report.ts";
import { type CodingTool, toolLine } from "./tool.ts";

/** Where files and contact sheet go unless told otherwise: a folder that is never committed. */
const defaultOut = "dist/decoders";

/** What a run is given. */
export interface DecodersOptions {
  readonly argv: readonly string[];
  readonly tools: readonly CodingTool[];
  /** The folder that a relative OUT begins at. */
  readonly start: string;
  readonly say: (line: string) => void;
  /** Where programs are looked for, instead of the environment's `PATH`. */
  readonly path?: string;
}

/**
 * Runs coding tools through our decoders and others. Answers the exit code: 1 on a difference, 2 where programs are
 * missing. A fault in the command line is one of use, and 2 as well.
 */
export async function runDecoders({ argv, tools, start, say, path }: DecodersOptions): Promise<number> {
  const { values, positionals, chosen } = readUse(() => given(argv, tools));
  if (values.list === true) {
    for (const tool of chosen) say(`${tool.name}  ${toolLine(tool)}`);
    return 0;
  }
  const missing = [...new Set(chosen.flatMap(programsOf))].filter((program) => !isInstalled(program, path));
  if (missing.length > 0) {
    say(
      `Not installed: ${missing.sort().join(", ")}. On Debian: apt-get install ${packagesOf(missing).join(" ")}`,
    );
    if (values.available !== true) return 2;
  }
  const possible = chosen.filter((tool) => !programsOf(tool).some((program) => missing.includes(program)));
  for (const tool of chosen) if (!possible.includes(tool)) say(`LEFT OUT  ${tool.name}`);
  const out = positionals[0] === undefined ? resolve(defaultOut) : resolve(start, positionals[0]);
  return await runAll(possible, out, say);
}

async function runAll(
  tools: readonly CodingTool[],
  out: string,
  say: (line: string) => void,
): Promise<number> {
  const folder = join(out, "files");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const verdicts: Verdict[] = [];
  for (const tool of tools) {
    const verdict = await runTool(tool, folder);
    say(verdictLine(verdict));
    verdicts.push(verdict);
  }
  for (const line of summary(verdicts)) say(line);
  say(`Contact sheet: ${await writeSheet(out, verdicts)}`);
  return verdicts.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

/** What is thrown on the way is a problem of this tool, and the others have their turn all the same. */
async function runTool(tool: CodingTool, folder: string): Promise<Verdict> {
  try {
    const bytes = await fileOf(tool, folder);
    const answers = new Map<ThumbnailSize, Ours>();
    for (const size of comparedSizes) answers.set(size, await oursOf(bytes, size));
    const verdict = judge(tool, answers, await truthOf(tool, bytes, folder));
    keep(tool, folder);
    return verdict;
  } catch (error) {
    return { tool, answer: "no answer", problems: [describe(error)], notes: [], excess: 0, pictures: null };
  }
}

/** Makes the file; it is `out.EXT` in the folder until `keep` gives it the tool's name. */
async function fileOf({ name, coding }: CodingTool, folder: string): Promise<Uint8Array> {
  for (const old of outputs(folder)) rmSync(join(folder, old));
  if (coding.make !== undefined) {
    const bytes = await coding.make();
    await writeFile(join(folder, "out.bin"), bytes);
    return bytes;
  }
  await runLines(coding.lines, folder);
  const [file] = outputs(folder);
  if (file === undefined) throw new Failure(`${name}: its commands leave no file.`);
  const bytes = new Uint8Array(await readFile(join(folder, file)));
  if (coding.change === undefined) return bytes;
  const changed = coding.change(bytes);
  await writeFile(join(folder, file), changed);
  return changed;
}

function outputs(folder: string): string[] {
  return readdirSync(folder).filter((file) => /^(?:out|truth)\./u.test(file));
}

function keep({ name }: CodingTool, folder: string): void {
  for (const file of outputs(folder)) {
    const ending = file.startsWith("truth.") ? `.${file}` : file.slice("out".length);
    renameSync(join(folder, file), join(folder, `${name.replaceAll("/", "-")}${ending}`));
  }
}

/** What the person has given, and the tools that it chooses. */
function given(argv: readonly string[], tools: readonly CodingTool[]) {
  const { values, positionals } = readCommand(benchCommands.decoders, argv);
  if (positionals.length > 1) throw new Failure(usageOf(benchCommands.decoders));
  const chosen = tools.filter(({ name }) => values.only === undefined || pattern(values.only).test(name));
  if (chosen.length === 0) throw new Failure(`No tool has ${values.only ?? "a name"} in its name.`);
  return { values, positionals, chosen };
}

function pattern(text: string): RegExp {
  try {
    // The person who runs the check writes this one.
    return new RegExp(text, "u");
  } catch (error) {
    throw new Failure(`${text} is no regular expression: ${describe(error)}`);
  }
}
