// What was built is written down beside it, so that the next build is spared where nothing has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import type { z } from "zod";
import { projectRoot } from "../wrangler.ts";

/** SHA-256, in hexadecimal, of what is in the files and of where in the project each lies. */
export function digestOfFiles(files: readonly string[]): string {
  const digest = createHash("sha256");
  for (const file of files)
    digest
      .update(`${relative(projectRoot, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return digest.digest("hex");
}

/** Writes down what was built. Another build may be under way, so that nobody must see a part of it. */
export function keepRecord(record: string, built: unknown): void {
  mkdirSync(dirname(record), { recursive: true });
  const unfinished = `${record}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(built, null, 2));
  renameSync(unfinished, record);
}

/** What was built before; null where nothing was, or by a program that wrote down something else. */
export function readRecord<Built>(record: string, schema: z.ZodType<Built>): Built | null {
  if (!existsSync(record)) return null;
  return schema.safeParse(JSON.parse(readFileSync(record, "utf8"))).data ?? null;
}
