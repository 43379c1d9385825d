import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "./folder.ts";

/** How a call of wrangler comes out that begins with `call`; the first rule that fits counts, and without one it is 0. */
export interface Rule {
  readonly call: string;
  readonly code?: number;
  readonly output?: string;
  /** What it writes into the file of its flag `--output`. */
  readonly writes?: string;
}

/** A program in the place of wrangler that writes down how it is called and answers as it was told. */
export interface RecordingWrangler {
  readonly command: (args: string[]) => [string, string[]];
  /** The calls so far, in order, each as one line. */
  readonly calls: () => string[];
}

const program = `
  import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
  const [rules, log, ...args] = process.argv.slice(2);
  const call = args.join(" ");
  appendFileSync(log, JSON.stringify(call) + "\\n");
  const rule = JSON.parse(readFileSync(rules, "utf8")).find((each) => call.startsWith(each.call));
  if (rule?.writes !== undefined) writeFileSync(args[args.indexOf("--output") + 1], rule.writes);
  process.stdout.write(rule?.output ?? "");
  process.exitCode = rule?.code ?? 0;
`;

/** A wrangler that answers by these rules. */
export async function recordingWrangler(rules: readonly Rule[]): Promise<RecordingWrangler> {
  const folder = await temporaryFolder();
  const [script, answers, log] = ["wrangler.mjs", "rules.json", "calls.jsonl"].map((name) =>
    join(folder, name),
  );
  if (script === undefined || answers === undefined || log === undefined) throw new Error("unreachable");
  await writeFile(script, program);
  await writeFile(answers, JSON.stringify(rules));
  return {
    command: (args) => [process.execPath, [script, answers, log, ...args]],
    calls: () =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => String(JSON.parse(line)))
        : [],
  };
}
