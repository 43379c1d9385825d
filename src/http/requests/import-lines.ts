import { z } from "zod";

import { AppError, validationError } from "../../core/errors.ts";
import { backPatch } from "../../media/history/back-patch.ts";
import { walkBack } from "../../media/transfer/brought-history.ts";
import { csvCells, textOfCell } from "../../media/transfer/csv-cells.ts";
import { wordsColumns, wordsOfCells } from "../../media/transfer/csv-words.ts";
import type { ImportLine, LineHistory } from "../../media/transfer/import-line.ts";
import { unrestorable } from "../../media/transfer/restorable.ts";
import type { TextLine } from "../../media/transfer/text-lines.ts";
import { jsonObject } from "./json-body.ts";
import { beyondLimits } from "./json-limits.ts";

/** How many bytes a line of an import has at the most. */
export const maxLineBytes = 1024 * 1024;

/** How many bytes of patches a line brings at the most: twice what a line of an export holds. */
const maxPatchBytes = 512 * 1024;

/** How many revisions a line brings at the most: twice as many as a line of an export holds. */
const maxRevisions = 2100;

/** How deep a line may nest, and from which length it is looked at: a shorter one is parsed in no time. */
const [maxDepth, shortLine] = [100, 64 * 1024];

const revision = z
  .object({
    revision: z.int().min(1).max(999_999_999),
    changed_at: z.iso.datetime({ offset: true }),
    changed_by: z.string().max(1024).nullable(),
    operation_id: z.string().max(64).nullish(),
    words_hash: z.string().max(64).nullish(),
    patch: jsonObject,
  })
  .transform((each) => ({
    revision: each.revision,
    changedAt: Date.parse(each.changed_at),
    changedBy: each.changed_by,
    operationId: each.operation_id ?? null,
    wordsHash: each.words_hash ?? null,
    // As it is stored there: zod would give the fields of the patch in an order of its own.
    patch: JSON.stringify(each.patch),
  }))
  .refine(({ patch }) => backPatch.safeParse(JSON.parse(patch)).success, "has a patch that is none");

const revisions = z
  .array(revision)
  .max(maxRevisions)
  .refine(
    (all) => all.every((each, index) => index === 0 || all[index - 1]?.revision === each.revision + 1),
    "must be newest first and without gaps",
  )
  .refine(
    (all) => all.reduce((sum, { patch }) => sum + patch.length, 0) <= maxPatchBytes,
    `have more than ${maxPatchBytes} bytes of patches`,
  );

const text = z.string().max(8192).nullish();

/** Fields of the export that are not here are passed over. */
const recordLine = z.object({
  id: text,
  provider: text,
  object_key: text,
  content_hash: text,
  file_size: z.number().nullish(),
  object_metadata: jsonObject,
  revision: z.int().min(0).optional(),
});

const closingLine = z.object({ end: z.literal(true) });

const olderRevisions = z.object({ id: z.string().regex(/^.{36}\.\d{1,9}$/), revisions });

/** Reads lines of NDJSON; with `history` their revisions too. */
export function ndjsonReader(history: boolean): (line: TextLine) => ImportLine {
  const ofHistory = z.object({ revisions: revisions.optional() });
  return (line) => {
    const { number, size } = line;
    const invalid = (message: string): ImportLine => ({ kind: "invalid", number, message });
    const content = textOf(line);
    if (content === null) return invalid(noText(line));
    if (content.trim() === "") return { kind: "nothing" };
    const value = parsed(content);
    if (value === null) return invalid("is not a JSON object");
    if (closingLine.safeParse(value).success) return { kind: "nothing" };
    if (!Object.hasOwn(value, "object_metadata") && Object.hasOwn(value, "revisions")) {
      if (!history) return { kind: "nothing" };
      const older = olderRevisions.safeParse(value);
      if (!older.success) return invalid(faultOf(older.error));
      return { kind: "revisions", id: older.data.id.slice(0, 36), revisions: older.data.revisions };
    }
    const record = recordLine.safeParse(value);
    if (!record.success) return invalid(faultOf(record.error));
    const words = record.data.object_metadata;
    const brought = history ? ofHistory.safeParse(value) : null;
    if (brought?.success === false) return invalid(faultOf(brought.error));
    const all = brought?.data.revisions;
    const before = all === undefined ? null : walkBack(words, all);
    if (all !== undefined && before === null) return invalid("revisions: has a patch that does not fit");
    const told: LineHistory | null =
      all === undefined || before === null || record.data.revision === undefined
        ? null
        : { revision: record.data.revision, revisions: all, before };
    return wordsLine({ number, size }, record.data, { words, history: told });
  };
}

type RecordFields = Partial<Omit<z.output<typeof recordLine>, "object_metadata" | "revision">>;

/** A line with words, unless they cannot be restored, or the line names nothing that they belong to. */
function wordsLine(
  { number, size }: Pick<TextLine, "number" | "size">,
  fields: RecordFields,
  { words, history }: { readonly words: Record<string, unknown>; readonly history: LineHistory | null },
): ImportLine {
  const sought = {
    id: fields.id?.toLowerCase() ?? null,
    provider: fields.provider ?? null,
    objectKey: fields.object_key ?? null,
    contentHash: fields.content_hash ?? null,
    fileSize: fields.file_size ?? null,
  };
  const { id, provider, objectKey, contentHash, fileSize } = sought;
  const namesNothing =
    id === null && (provider === null || objectKey === null) && (contentHash === null || fileSize === null);
  if (namesNothing) {
    const message = "has neither an id, nor provider and object_key, nor content_hash and file_size";
    return { kind: "invalid", number, message };
  }
  const fault = unrestorable(words);
  if (fault !== null) return { kind: "invalid", number, message: fault };
  return { kind: "record", number, size, sought, words, history };
}

const isolateDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a line; null for a line that is too long, or no UTF-8. */
function textOf({ number, bytes }: TextLine): string | null {
  if (bytes === null) return null;
  try {
    const content = isolateDecoder.decode(bytes);
    return number === 1 ? content.replace(/^\u{FEFF}/u, "") : content;
  } catch {
    return null;
  }
}

function noText({ bytes }: TextLine): string {
  return bytes === null ? `has more than ${maxLineBytes} bytes` : "is not UTF-8";
}

function parsed(content: string): Record<string, unknown> | null {
  const limits = { depth: maxDepth, characters: Number.POSITIVE_INFINITY };
  if (content.length > shortLine && beyondLimits(content, limits) !== null) return null;
  try {
    return jsonObject.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
}

function faultOf({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join(".") ?? "";
  return `${path === "" ? "" : `${path}: `}${issue?.message ?? "is invalid"}`;
}

const named = z.union([z.literal("").transform(() => null), z.string()]);
const csvFields = z.object({
  id: named.optional(),
  provider: named.optional(),
  object_key: named.optional(),
  content_hash: named.optional(),
  file_size: z
    .union([
      z.literal("").transform(() => null),
      z
        .string()
        .regex(/^\d{1,16}$/)
        .transform(Number),
    ])
    .optional(),
});

/**
 * Reads rows of CSV in the columns of the export, which the first row may give in any order. Throws `validation_error` for
 * a first row that lacks a column of words, since what is not there would be taken away.
 */
export function csvReader(columnsOfExport: readonly string[]): (line: TextLine) => ImportLine {
  let columns: readonly string[] | null = null;
  return (line) => {
    const { number, size } = line;
    const invalid = (message: string): ImportLine => ({ kind: "invalid", number, message });
    const content = textOf(line);
    if (content === null) return invalid(noText(line));
    if (/^(?:\s|,)*$|^"?# ?\{"{0,2}end"/.test(content)) return { kind: "nothing" };
    const cells = csvCells(content);
    if (columns === null) {
      const head = cells !== null && isHead(cells, columnsOfExport) ? checkedColumns(cells) : null;
      columns = head ?? columnsOfExport;
      if (head !== null) return { kind: "nothing" };
    }
    if (cells === null) return invalid("has quotes that do not match");
    if (cells.length !== columns.length) {
      return invalid(`has ${cells.length} cells; the columns are ${columns.length}`);
    }
    const byName = new Map(columns.map((name, index) => [name, textOfCell(cells[index] ?? "")]));
    const fields = csvFields.safeParse(Object.fromEntries(byName));
    if (!fields.success) return invalid(faultOf(fields.error));
    const words = wordsOfCells(byName);
    if (typeof words === "string") return invalid(words);
    return wordsLine({ number, size }, fields.data, { words, history: null });
  };
}

/** Whether a first row has names of columns, a column of words among them. A name that stands alone may be a word. */
function isHead(cells: readonly string[], columnsOfExport: readonly string[]): boolean {
  const names = columnsOfExport.filter((name) => cells.includes(name));
  return names.length > 1 && names.some((name) => wordsColumns.includes(name));
}

function checkedColumns(cells: readonly string[]): readonly string[] {
  const lacking = wordsColumns.filter((name) => !cells.includes(name));
  if (lacking.length === 0) return cells;
  throw validationError(lacking.map((name) => ({ path: name, message: "is a column that is missing" })));
}

/**
 * The pieces of a body that is packed with gzip. Throws `validation_error` where it is none, is cut off, or goes on behind
 * its end; what came before may have been restored already.
 */
export async function* unpackedPieces(body: ReadableStream): AsyncGenerator {
  try {
    yield* body.pipeThrough(new DecompressionStream("gzip"));
  } catch (cause) {
    const detail =
      "The body is not one whole gzip file. Send the import again: lines that were restored before are unchanged then.";
    throw new AppError("validation_error", detail, { cause });
  }
}

/** The pieces of a body, of which no more than `maxBytes` are read; throws `payload_too_large` beyond. */
export async function* limitedPieces(
  body: AsyncIterable<unknown>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) throw new TypeError("a body without bytes");
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield piece;
  }
}

/** 413 for an import that is too large; what came before the limit may have been restored already. */
export function tooLarge(maxBytes: number): AppError {
  return new AppError(
    "payload_too_large",
    `An import may have at most ${maxBytes} bytes. Send it in parts: lines that were restored before are unchanged then.`,
  );
}
