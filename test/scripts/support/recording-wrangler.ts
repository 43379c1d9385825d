import { existsSync, readFileSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { temporaryFolder } from "./folder.ts";

/** How a call of wrangler comes out that begins with `call`; the first rule that fits counts, and without one it is 0. */
export interface Rule {
  readonly call: string;
  readonly code?: number;
  readonly output?: string;
  /** What it writes into the file of its flag `--output`. */
  readonly writes?: string;
  /** What it tells of its work in the file of `WRANGLER_OUTPUT_FILE_PATH`, a line each. */
  readonly results?: readonly unknown[];
  /** How another call comes out from then on. */
  readonly changes?: Rule;
}

/** A program in the place of wrangler that writes down how it is called and answers as it was told. */
export interface RecordingWrangler {
  /** The command line that runs the program, wherever it lies. */
  readonly command: (args: string[]) => [string, string[]];
  /** A PATH on which the program is `wrangler`, before any other. */
  readonly path: string;
  /** The calls so far, in order, each as one line. */
  readonly calls: () => string[];
  /** The mode and the text of each file that `--secrets-file` named, at the call. */
  readonly secrets: () => readonly (readonly [mode: string, text: string])[];
}

const program = (rules: string, log: string, secrets: string) => `#!${process.execPath}
  const { appendFileSync, readFileSync, statSync, writeFileSync } = require("node:fs");
  const args = process.argv.slice(2);
  const call = args.join(" ");
  appendFileSync(${JSON.stringify(log)}, JSON.stringify(call) + "\\n");
  const rule = JSON.parse(readFileSync(${JSON.stringify(rules)}, "utf8")).find((each) => call.startsWith(each.call));
  if (rule?.writes !== undefined) writeFileSync(args[args.indexOf("--output") + 1], rule.writes);
  if (args.includes("--secrets-file")) {
    const file = args[args.indexOf("--secrets-file") + 1];
    const mode = (statSync(file).mode & 0o777).toString(8);
    appendFileSync(${JSON.stringify(secrets)}, JSON.stringify([mode, readFileSync(file, "utf8")]) + "\\n");
  }
  for (const result of rule?.results ?? [])
    appendFileSync(process.env.WRANGLER_OUTPUT_FILE_PATH, JSON.stringify(result) + "\\n");
  if (rule?.changes !== undefined) {
    const all = JSON.parse(readFileSync(${JSON.stringify(rules)}, "utf8"));
    writeFileSync(${JSON.stringify(rules)}, JSON.stringify([rule.changes, ...all]));
  }
  process.stdout.write(rule?.output ?? "");
  process.exitCode = rule?.code ?? 0;
`;

/** A wrangler that answers by these rules. */
export async function recordingWrangler(rules: readonly Rule[]): Promise<RecordingWrangler> {
  const folder = await temporaryFolder();
  const [script, answers, log, secrets] = [
    join(folder, "wrangler"),
    join(folder, "rules.json"),
    join(folder, "calls.jsonl"),
    join(folder, "secrets.jsonl"),
  ];
  await writeFile(script, program(answers, log, secrets));
  await chmod(script, 0o755);
  await writeFile(answers, JSON.stringify(rules));
  return {
    command: (args) => [process.execPath, [script, ...args]],
    path: [folder, process.env["PATH"] ?? ""].join(delimiter),
    calls: () => linesOf(log).map(String),
    secrets: () => linesOf(secrets).map((line) => secretsSchema.parse(line)),
  };
}

const secretsSchema = z.tuple([z.string(), z.string()]);

function linesOf(file: string): unknown[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line): unknown => JSON.parse(line));
}
