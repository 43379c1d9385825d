import { randomBytes } from "node:crypto";
import { readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "../failure.ts";

/**
 * Sets values in a secrets file and keeps everything else as it stands there, comments too. The file is replaced whole,
 * so that whoever reads it meanwhile sees it before or after.
 */
export function setSecrets(path: string, values: ReadonlyMap<string, string>): void {
  // A link stays a link.
  const file = realpathSync(path);
  const content = withValues(readFileSync(file, "utf8"), values);
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    writeFileSync(draft, content, { mode: 0o600, flag: "wx" });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The file's content with each value on the line that had it, or on a line of its own at the end. */
export function withValues(content: string, values: ReadonlyMap<string, string>): string {
  const left = new Map(values);
  const lines = content.split("\n").flatMap((line) => {
    const name = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1] ?? "";
    const isNamed = values.has(name);
    const value = left.get(name);
    left.delete(name);
    // The last of several would win; after this there is one.
    if (isNamed) return value === undefined ? [] : [assignment(name, value)];
    return [line];
  });
  const end = [...left].map(([name, value]) => assignment(name, value));
  if (end.length === 0) return lines.join("\n");
  if (lines.at(-1) === "") lines.pop();
  return [...lines, ...end, ""].join("\n");
}

function assignment(name: string, value: string): string {
  if (/^[\w.~-]+$/.test(value)) return `${name}=${value}`;
  if (/["\\\r\n]/.test(value))
    throw new Failure(`The value for ${name} has characters that no secret of Dropbox has.`);
  return `${name}="${value}"`;
}
