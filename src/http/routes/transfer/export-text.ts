import type { StoredRevision } from "../../../db/transfer/many-histories.ts";
import { csvRow } from "../../../media/transfer/csv-cells.ts";
import { cellsOfWords, wordsColumns } from "../../../media/transfer/csv-words.ts";
import type { ExportedItem } from "../../../media/transfer/export.ts";
import { toMediaJson } from "../../answers/media-json.ts";

/** How an export is written. */
export interface ExportFormat {
  readonly contentType: string;
  /** The end of the file's name, without the dot. */
  readonly extension: string;
  /** What comes before the first record. A part that goes on from a cursor has none, so that parts can be joined. */
  readonly head: string;
  readonly line: (item: ExportedItem) => string;
  /** The closing line. */
  readonly end: (nextCursor: string | null) => string;
}

function closing(nextCursor: string | null): string {
  return JSON.stringify({ end: true, next_cursor: nextCursor });
}

const recordColumns = [
  "id",
  "provider",
  "object_key",
  "content_type",
  "file_size",
  "content_hash",
  "last_modified",
  "state",
  "missing_since",
  "width",
  "height",
  "taken_at",
  "place_latitude",
  "place_longitude",
  "thumbnail_version",
  "revision",
  "created_at",
  "updated_at",
] as const;

/** The columns of CSV, in their order. */
export const exportColumns: readonly string[] = [...recordColumns, ...wordsColumns];

/** Without a byte order mark Excel takes UTF-8 for the code page of the country. */
const byteOrderMark = "\u{FEFF}";

const ndjson: ExportFormat = {
  contentType: "application/x-ndjson",
  extension: "ndjson",
  head: "",
  line: ndjsonLine,
  end: (nextCursor) => `${closing(nextCursor)}\n`,
};

const csv: ExportFormat = {
  contentType: "text/csv; charset=utf-8",
  extension: "csv",
  head: byteOrderMark + csvRow(exportColumns),
  line: csvLine,
  end: (nextCursor) => `# ${closing(nextCursor)}\r\n`,
};

/** The formats by their names. */
export const exportFormats = { ndjson, csv } as const;

function ndjsonLine(item: ExportedItem): string {
  if (item.kind === "revisions") {
    const id = `${item.id}.${item.revisions.at(-1)?.revision ?? 0}`;
    return `${JSON.stringify({ id }).slice(0, -1)},"revisions":${revisionsJson(item.revisions)}}\n`;
  }
  // What a machine suggests is no part of the archive.
  const { suggestions: _none, ...exported } = toMediaJson(item.media, null);
  const media = JSON.stringify(exported);
  if (item.revisions === null) return `${media}\n`;
  return `${media.slice(0, -1)},"revisions":${revisionsJson(item.revisions)}}\n`;
}

/** Patches go out as they are stored, to the byte. */
function revisionsJson(revisions: readonly StoredRevision[]): string {
  const each = revisions.map(({ patch, ...revision }) => {
    const json = JSON.stringify({
      revision: revision.revision,
      changed_at: new Date(revision.changedAt).toISOString(),
      changed_by: revision.changedBy,
      operation_id: revision.operationId,
      words_hash: revision.wordsHash,
    });
    return `${json.slice(0, -1)},"patch":${patch}}`;
  });
  return `[${each.join(",")}]`;
}

function csvLine(item: ExportedItem): string {
  if (item.kind === "revisions") return "";
  const media = toMediaJson(item.media, null);
  const { width, height } = media.intrinsic;
  const cells = {
    ...media,
    width,
    height,
    taken_at: media.taken?.at ?? null,
    place_latitude: media.place?.latitude ?? null,
    place_longitude: media.place?.longitude ?? null,
  };
  return csvRow([...recordColumns.map((name) => cells[name]), ...cellsOfWords(item.media.objectMetadata)]);
}
