import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";

import { parse } from "@babel/parser";

/** A regular expression as the source has it. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** Where it stands: `src/core/trace.ts:9`. */
  readonly at: string;
}

/** Every regular expression of the project's code: literals, and texts given to RegExp. */
export async function patternsOfProject(): Promise<Pattern[]> {
  const files: string[] = [];
  for await (const file of glob("{src,scripts}/**/*.{ts,mjs}")) files.push(file.replaceAll("\\", "/"));
  return files
    .filter((file) => !file.startsWith("src/thumbnail/kernel/") && !file.endsWith(".d.ts"))
    .toSorted()
    .flatMap((file) => patternsIn(readFileSync(file, "utf8"), file));
}

/** The regular expressions of one file. */
export function patternsIn(code: string, file: string): Pattern[] {
  const tree = parse(code, { sourceType: "module", plugins: ["typescript"] });
  return nodesIn(tree.program).flatMap((node) => {
    const found = patternOf(node);
    return found === null ? [] : [{ ...found, at: `${file}:${lineOf(node)}` }];
  });
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** A node and all below it. */
function nodesIn(root: unknown): Node[] {
  if (Array.isArray(root)) return root.flatMap(nodesIn);
  return isNode(root) ? [root, ...Object.values(root).flatMap(nodesIn)] : [];
}

function patternOf(node: Node): { source: string; flags: string } | null {
  if (node["type"] === "RegExpLiteral") {
    return { source: textOf(node["pattern"]), flags: textOf(node["flags"]) };
  }
  if (node["type"] !== "NewExpression" && node["type"] !== "CallExpression") return null;
  const [source, flags] = Array.isArray(node["arguments"]) ? node["arguments"].filter(isNode) : [];
  if (!isNode(node["callee"]) || node["callee"]["name"] !== "RegExp") return null;
  return { source: textOf(source?.["value"]), flags: textOf(flags?.["value"]) };
}

function lineOf(node: Node): string {
  const start: unknown = isRecord(node["loc"]) ? node["loc"]["start"] : null;
  return isRecord(start) && typeof start["line"] === "number" ? `${start["line"]}` : "?";
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
