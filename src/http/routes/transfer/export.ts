import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { validationError } from "../../../core/errors.ts";
import { isMediaId } from "../../../core/media-id.ts";
import {
  exportItems,
  positionAfterLine,
  usualExport,
  type ExportedItem,
  type ExportPosition,
} from "../../../media/transfer/export.ts";
import type { Services } from "../../../services.ts";
import { withProblems } from "../../answers/problem.ts";
import type { AppEnv } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { acceptsGzip, clientAcceptEncoding } from "../../headers/accept-encoding.ts";
import { contentDisposition } from "../../headers/disposition.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor, maxCursorLength } from "../../requests/cursor.ts";
import { flag } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { exportFormats, type ExportFormat } from "./export-text.ts";

const exportQuery = z
  .strictObject({
    format: z.enum(["ndjson", "csv"]).default("ndjson").openapi({
      description:
        "`ndjson`: a JSON object in each line. `csv`: a table for spreadsheets, without the history.",
    }),
    history: flag().openapi({
      description:
        "`true`: each line of a media object has its `revisions` too, newest first. `history` needs `format=ndjson`.",
    }),
    cursor: z.string().min(1).max(maxCursorLength).optional().openapi({
      description:
        "The `next_cursor` of a closing line; or, if the export broke off, the `id` of the last line that arrived whole. Repeat all other parameters unchanged.",
    }),
  })
  .superRefine(({ format, history }, context) => {
    if (history && format === "csv") {
      context.addIssue({ code: "custom", path: ["history"], message: "needs format=ndjson" });
    }
  });

type ExportQuery = z.output<typeof exportQuery>;

const exportRoute = createRoute({
  method: "get",
  path: "/v1/export",
  operationId: "exportMedia",
  summary: "Export all media objects",
  description:
    "Needs the scope `read`. The service streams every media object in the order of ids, missing media objects " +
    "included. A media object that is in the trash is left out. Each media object is as it was when its line was written.\n\n" +
    '**End.** The last line is the closing line: `{"end": true, "next_cursor": null}`, in CSV the same after `# `. An export ' +
    "without a closing line is not whole: send the request again with the `id` of the last line that arrived whole as " +
    "`cursor`. A closing line with a `next_cursor` means that the export has reached the limit of one request: send the " +
    "request again with this `cursor`. Joined in their order, the parts are one export.\n\n" +
    "**NDJSON.** A line is a `MediaObject` without `suggestions`. With `history=true` it has `revisions`: the changes by people, newest first, " +
    "each with `revision`, `changed_at`, `changed_by`, `operation_id`, `words_hash` and `patch`, which leads from the words " +
    "of this revision back to the words before: `whole` (all words before), `set` and `unset` (fields), `drop` and `put` " +
    "(keywords by their places after and before the change), `order` (of the fields). A line holds some 256 KiB of revisions. " +
    "Older revisions follow in lines of their own, which have `revisions` and an `id` that is made of the id of the media " +
    "object, a dot, and the lowest revision of the line.\n\n" +
    "**CSV.** UTF-8 with a byte order mark, commas, quotes by RFC 4180. A part that begins at a `cursor` has neither byte order " +
    "mark nor names of columns. `metadata.keywords` has the keywords with `; ` between them. `metadata.others` has the " +
    "custom fields as JSON, and fields that a cell cannot tell exactly. `metadata.order` has the order of the fields " +
    "where it does not follow. A text that a spreadsheet would run as a formula begins with an apostrophe.\n\n" +
    "`POST /v1/import` takes both formats back.",
  tags: ["Media"],
  parameters: takes("Accept-Encoding"),
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: exportQuery },
  responses: withProblems(
    {
      200: {
        description: "The lines of the export.",
        headers: has("Content-Disposition", "Vary"),
        content: {
          "application/x-ndjson": {
            schema: z.string().openapi({ description: "A JSON object in each line." }),
          },
          "text/csv": { schema: z.string().openapi({ description: "A row for each media object." }) },
        },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/export`. */
export const exportRoutes = createRoutes().openapi(exportRoute, async (context) => {
  const query = context.req.valid("query");
  const format = exportFormats[query.format];
  const start = await startOf(context.get("services"), query);
  const isPacked = acceptsGzip(clientAcceptEncoding(context.req.raw));
  const day = new Date().toISOString().slice(0, 10);
  const headers = new Headers({
    "Content-Type": format.contentType,
    "Content-Disposition": contentDisposition("attachment", `tagline-${day}.${format.extension}`),
    "Cache-Control": "private, no-store",
    Vary: "Accept-Encoding",
  });
  if (isPacked) headers.set("Content-Encoding", "gzip");
  if (context.req.method === "HEAD") return new Response(null, { headers });
  const text = await exportText(context, query, { format, start });
  const body = isPacked ? text.pipeThrough(new CompressionStream("gzip")) : text;
  return new Response(body, { headers, encodeBody: isPacked ? "manual" : "automatic" });
});

const cursorHead = z.object({ after: z.string(), below: z.int().nullable() });

/** What a cursor is bound to. */
function describeExport({ format, history }: ExportQuery): string {
  return JSON.stringify(["export", format, history]);
}

/** The `id` of a line: that of a record, and the lowest revision where a line has older revisions alone. */
const lineId = /^([0-9a-f-]{36})(?:\.(\d{1,9}))?$/i;

async function startOf(services: Services, query: ExportQuery): Promise<ExportPosition> {
  const { cursor } = query;
  if (cursor === undefined) return { after: "", below: null };
  const [, id = "", revision] = lineId.exec(cursor) ?? [];
  if (isMediaId(id)) {
    const after = id.toLowerCase();
    if (!query.history) return { after, below: null };
    return revision === undefined
      ? positionAfterLine(services.db, after)
      : { after, below: Number(revision) };
  }
  const content = await decodeCursor(signingSecrets(services), describeExport(query), cursor, cursorHead);
  if (content !== null) return content.head;
  throw validationError([
    { path: "cursor", message: "is neither a cursor of this export nor the id of a line" },
  ]);
}

/** How many characters go out at a time. */
const chunkLength = 64 * 1024;

/**
 * The export as a stream that reads no more than it is asked for. Its beginning is read before it is answered, so that a
 * database that is away is answered by its status; a later failure breaks the stream off.
 */
async function exportText(
  context: Context<AppEnv>,
  query: ExportQuery,
  { format, start }: { readonly format: ExportFormat; readonly start: ExportPosition },
): Promise<ReadableStream<Uint8Array>> {
  const services = context.get("services");
  const items = exportItems(services.db, start, { ...usualExport, history: query.history });
  const encoder = new TextEncoder();
  const head = query.cursor === undefined ? format.head : "";
  let chunk: Chunk | null = await nextChunk(items, format, head);
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          chunk ??= await nextChunk(items, format, "");
          const { text, end } = chunk;
          chunk = null;
          const last = end === null ? "" : format.end(await cursorOf(services, query, end.position));
          controller.enqueue(encoder.encode(text + last));
          if (end === null) return;
          const { statements, rowsRead } = services.db.cost;
          services.log.info("export.done", { statements, rows_read: rowsRead });
          controller.close();
        } catch (cause) {
          services.log.error("export.broken", {}, cause);
          // What goes on to the runtime says nothing of the database.
          throw new Error("the export has broken off", { cause });
        }
      },
      cancel: async () => void (await items.return(null)),
    },
    { highWaterMark: 0 },
  );
}

/** Some lines, and where the export goes on if it ends behind them. */
interface Chunk {
  readonly text: string;
  readonly end: { readonly position: ExportPosition | null } | null;
}

async function nextChunk(
  items: AsyncGenerator<ExportedItem, ExportPosition | null>,
  format: ExportFormat,
  head: string,
): Promise<Chunk> {
  const lines = [head];
  for (let length = 0; length < chunkLength;) {
    const item = await items.next();
    if (item.done === true) return { text: lines.join(""), end: { position: item.value } };
    const line = format.line(item.value);
    lines.push(line);
    length += line.length;
  }
  return { text: lines.join(""), end: null };
}

async function cursorOf(
  services: Services,
  query: ExportQuery,
  position: ExportPosition | null,
): Promise<string | null> {
  if (position === null) return null;
  return encodeCursor(signingSecrets(services), describeExport(query), { head: position, text: "" });
}
