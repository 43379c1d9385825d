import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { withHiddenEscaped } from "../../src/core/text/characters.ts";
import { parsed } from "../export/rows.ts";
import type { SentPart } from "./parts.ts";

/** What the service says of one import. */
export const importedSchema = z.object({
  operation_id: z.string().nullable(),
  lines: z.number(),
  matched: z.object({ by_id: z.number(), by_key: z.number(), by_hash: z.number() }),
  updated: z.number(),
  unchanged: z.number(),
  unmatched: z.number(),
  invalid: z.number(),
  errors: z.array(z.object({ line: z.number(), message: z.string() })),
  /** The line of the body at which the import goes on, where one request had too much to do. */
  next_line: z.number().nullable(),
});

/** See {@link importedSchema}. */
export type Imported = z.infer<typeof importedSchema>;

const tallySchema = importedSchema.omit({ operation_id: true, next_line: true }).extend({
  /** The file, the service and how it was asked: a restore of anything else begins anew. */
  of: z.string(),
  /** The first line that was not sent yet. */
  nextLine: z.number(),
  operations: z.array(z.string()),
  /** How many parts were sent again although the service may have had them. */
  repeated: z.number(),
});

/** What has become of a restore so far, in the numbers of the file's lines. */
export type Tally = z.infer<typeof tallySchema>;

const longestList = 100;

/** Nothing sent yet. */
export function emptyTally(of: string): Tally {
  return {
    of,
    nextLine: 1,
    lines: 0,
    matched: { by_id: 0, by_key: 0, by_hash: 0 },
    updated: 0,
    unchanged: 0,
    unmatched: 0,
    invalid: 0,
    errors: [],
    operations: [],
    repeated: 0,
  };
}

/** With what the service said of one more part, or of as much of it as one request could do. */
export function withPart(tally: Tally, part: SentPart, imported: Imported, isRepeated: boolean): Tally {
  const before = part.firstLine - part.headLines - 1;
  const errors = imported.errors.map(({ line, message }) => ({ line: before + line, message }));
  const next = imported.next_line;
  const id = imported.updated > 0 ? imported.operation_id : null;
  return {
    of: tally.of,
    nextLine: next === null ? part.firstLine + part.lines : before + next,
    lines: tally.lines + imported.lines,
    matched: {
      by_id: tally.matched.by_id + imported.matched.by_id,
      by_key: tally.matched.by_key + imported.matched.by_key,
      by_hash: tally.matched.by_hash + imported.matched.by_hash,
    },
    updated: tally.updated + imported.updated,
    unchanged: tally.unchanged + imported.unchanged,
    unmatched: tally.unmatched + imported.unmatched,
    invalid: tally.invalid + imported.invalid,
    errors: [...tally.errors, ...errors].slice(0, longestList),
    operations: id === null ? tally.operations : [...tally.operations, id],
    repeated: tally.repeated + (isRepeated ? 1 : 0),
  };
}

/** The tally that a stop has left; undefined where there is none of the same restore. */
export function readTally(path: string, of: string): Tally | undefined {
  if (!existsSync(path)) return undefined;
  const tally = tallySchema.safeParse(parsed(readFileSync(path, "utf8"))).data;
  return tally?.of === of ? tally : undefined;
}

/** Keeps the tally, whole at every moment. */
export function writeTally(path: string, tally: Tally): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(tally)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Forgets the tally of a restore that is over. */
export function removeTally(path: string): void {
  rmSync(path, { force: true });
}

/** What a restore did, or would do, in lines for a person. */
export function tallyLines(tally: Tally, dryRun: boolean): string[] {
  const { matched, lines, updated, unchanged, unmatched, invalid } = tally;
  const all = matched.by_id + matched.by_key + matched.by_hash;
  const how = `${matched.by_id} by id, ${matched.by_key} by object key, ${matched.by_hash} by content`;
  const became = dryRun ? "would be updated" : "updated";
  return [
    `${lines} lines: ${all} matched a media object (${how}), ${unmatched} matched none, ${invalid} are invalid.`,
    `${updated} media objects ${became}, ${unchanged} unchanged.`,
    ...errorLines(tally),
    ...(dryRun ? [] : operationLines(tally)),
  ].map(withHiddenEscaped);
}

function errorLines({ errors, unmatched, invalid }: Tally): string[] {
  if (errors.length === 0) return [];
  const more = unmatched + invalid - errors.length;
  return [
    "Lines that did not go well:",
    ...errors.map(({ line, message }) => `  line ${line}: ${message}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

function operationLines({ operations, repeated }: Tally): string[] {
  const lines =
    operations.length === 0
      ? []
      : [
          "To take the restore back, revert its operations, the last one first, each with POST /v1/operations/ID/revert:",
          ...operations.map((id) => `  ${id}`),
        ];
  if (repeated === 0) return lines;
  const parts = repeated === 1 ? "1 part was" : `${repeated} parts were`;
  return [
    ...lines,
    `${parts} sent again, because the answer was lost. GET /v1/operations also lists the operation of a lost answer.`,
  ];
}
