import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { z } from "zod";

import { api, type ApiRequest } from "./api.ts";

const line = z.looseObject({ id: z.string() });
const closing = z.strictObject({ end: z.literal(true), next_cursor: z.string().nullable() });

/** An export of NDJSON, read. */
export interface ReadExport {
  readonly text: string;
  /** All lines but the closing one. */
  readonly lines: readonly z.infer<typeof line>[];
  readonly nextCursor: string | null;
}

/** Exports everything as NDJSON, from a cursor on. */
export async function exported(parameters: Readonly<Record<string, string>> = {}): Promise<ReadExport> {
  return readExport(await exportedText(parameters));
}

/** The lines of an export that is whole. */
export function readExport(text: string): ReadExport {
  expect(text.endsWith("\n")).toBe(true);
  const lines = text.split("\n").slice(0, -1);
  const { next_cursor: nextCursor } = closing.parse(JSON.parse(lines.at(-1) ?? ""));
  return { text, lines: lines.slice(0, -1).map((each) => line.parse(JSON.parse(each))), nextCursor };
}

/** The text of an export. */
export async function exportedText(parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await api(`/v1/export?${new URLSearchParams(parameters).toString()}`, { as: "read" });
  expect(response.status).toBe(200);
  // `text()` would take the byte order mark away.
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer());
}

const report = z.strictObject({
  operation_id: z.string().nullable(),
  dry_run: z.boolean(),
  lines: z.int(),
  matched: z.strictObject({ by_id: z.int(), by_key: z.int(), by_hash: z.int() }),
  updated: z.int(),
  unchanged: z.int(),
  unmatched: z.int(),
  invalid: z.int(),
  errors: z.array(z.strictObject({ line: z.int(), message: z.string() })),
  next_line: z.int().nullable(),
});

/** What an import answers, with every field that there is. */
export type ImportReportJson = z.infer<typeof report>;

/** What is imported: lines that become NDJSON, or a body as it is. */
export type ImportBody = string | Uint8Array | ReadableStream | readonly unknown[];

/** Sends a body as NDJSON to be imported by the admin, unless `request` says otherwise. */
export async function sendImport(
  body: ImportBody,
  parameters: Readonly<Record<string, string>> = {},
  request: ApiRequest = {},
): Promise<Response> {
  const sent = Array.isArray(body) ? ndjson(body) : body;
  return api(`/v1/import?${new URLSearchParams(parameters).toString()}`, {
    method: "POST",
    headers: { "Content-Type": "application/x-ndjson" },
    body: z.custom<BodyInit>(() => true).parse(sent),
    ...request,
  });
}

/** Imports NDJSON and gives the report. */
export async function imported(
  body: ImportBody,
  parameters: Readonly<Record<string, string>> = {},
): Promise<ImportReportJson> {
  return reportOf(await sendImport(body, parameters));
}

/** Imports CSV and gives the report. */
export async function importedCsv(
  body: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<ImportReportJson> {
  return reportOf(await sendImport(body, parameters, { headers: { "Content-Type": "text/csv" } }));
}

/** The body as the report of an import; fails unless it was done. */
export async function reportOf(response: Response): Promise<ImportReportJson> {
  const body: unknown = await response.json();
  expect({ status: response.status, body }).toMatchObject({ status: 200 });
  return report.parse(body);
}

/** Lines of NDJSON. */
export function ndjson(lines: readonly unknown[]): string {
  return lines.map((each) => `${JSON.stringify(each)}\n`).join("");
}

const words = z.object({ key: z.string(), words: z.string(), revision: z.int() });

/** The words of all records as they are stored, by their keys. */
export async function allWords(): Promise<Map<string, string>> {
  const { results } = await env.DB.prepare(
    "SELECT object_key AS key, object_metadata AS words, revision FROM media_objects ORDER BY object_key",
  ).all();
  return new Map(results.map((row) => words.parse(row)).map((row) => [row.key, row.words]));
}

/** All revisions as they are stored, with the keys of their records. */
export async function allRevisions(): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT m.object_key, m.revision AS newest, r.revision, r.changed_at, r.changed_by, r.operation_id, r.patch, r.words_hash
     FROM media_objects m LEFT JOIN media_revisions r ON r.media_id = m.id ORDER BY m.object_key, r.revision`,
  ).all();
  return results;
}

/** Takes all records and what is known of their history away. */
export async function wipe(): Promise<void> {
  await env.DB.batch(
    ["media_objects", "media_revisions", "operations", "imported_histories"].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  );
}
