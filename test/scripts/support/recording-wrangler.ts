import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
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

// For the shell, which starts in a twentieth of Node's time: a deploy calls wrangler a dozen times.
const program = (folder: string, cases: readonly string[]) => `#!/bin/sh
call="$*"
printf '%s\\0' "$call" >> ${quoted(join(folder, "calls"))}
before=""
for word in "$@"; do
  case "$before" in
  --output) output="$word" ;;
  --secrets-file)
    mode=$(stat -c %a "$word" 2>/dev/null || stat -f %Lp "$word")
    { printf '%s\\0' "$mode"; cat "$word"; printf '\\0'; } >> ${quoted(join(folder, "secrets"))} ;;
  esac
  before="$word"
done
${cases.join("\n")}
exit 0
`;

/** A rule as a condition of the shell, and what it does. One that another rule brings holds once that has left its mark. */
function caseOf(folder: string, rule: Rule, number: string, mark?: string): string[] {
  const file = (part: string): string => quoted(join(folder, `${number}.${part}`));
  const lines = [
    rule.writes === undefined ? "" : `  cat ${file("writes")} > "$output"`,
    rule.results === undefined ? "" : `  cat ${file("results")} >> "$WRANGLER_OUTPUT_FILE_PATH"`,
    rule.changes === undefined ? "" : `  : > ${file("mark")}`,
    rule.output === undefined ? "" : `  cat ${file("output")}`,
    `  exit ${rule.code ?? 0} ;;`,
  ].filter((line) => line !== "");
  const own = [`case "$call" in ${quoted(rule.call)}*)`, ...lines, "esac"];
  const marked = mark === undefined ? own : [`if [ -e ${mark} ]; then`, ...own, "fi"];
  const brought =
    rule.changes === undefined ? [] : caseOf(folder, rule.changes, `${number}-then`, file("mark"));
  return [...brought, ...marked];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function writeRule(folder: string, rule: Rule, number: string): Promise<void> {
  const parts = {
    writes: rule.writes,
    results: rule.results?.map((result) => `${JSON.stringify(result)}\n`).join(""),
    output: rule.output,
  };
  for (const [part, text] of Object.entries(parts))
    if (text !== undefined) await writeFile(join(folder, `${number}.${part}`), text);
  if (rule.changes !== undefined) await writeRule(folder, rule.changes, `${number}-then`);
}

/** A wrangler that answers by these rules. */
export async function recordingWrangler(rules: readonly Rule[]): Promise<RecordingWrangler> {
  const folder = await temporaryFolder();
  const programs = join(folder, "bin");
  const script = join(programs, "wrangler");
  await mkdir(programs);
  for (const [index, rule] of rules.entries()) await writeRule(folder, rule, String(index));
  // What a rule brings goes before every other.
  const cases = rules.map((rule, index) => caseOf(folder, rule, String(index)));
  const brought = cases.flatMap((lines) => lines.slice(0, lines.indexOf("fi") + 1));
  await writeFile(
    script,
    program(folder, [...brought, ...cases.flatMap((lines) => lines.slice(lines.indexOf("fi") + 1))]),
  );
  await chmod(script, 0o755);
  return {
    command: (args) => [script, args],
    path: [programs, process.env["PATH"] ?? ""].join(delimiter),
    calls: () => textsOf(join(folder, "calls")),
    secrets: () => {
      const texts = textsOf(join(folder, "secrets"));
      return texts.flatMap((mode, index) =>
        index % 2 === 0 ? [[mode, texts[index + 1] ?? ""] as const] : [],
      );
    },
  };
}

/** Texts that each end with a zero byte. */
function textsOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\0").slice(0, -1) : [];
}
