import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { answer, problem, type Fault } from "./fake-service.ts";

/** A row of an export, behind which an export goes on by its id. */
export interface FakeRow {
  readonly id: string;
  readonly text: string;
}

/** How an export or an import was asked for. */
export type Question = Readonly<Record<string, string>>;

/** Plays the part of the HTTP interface that exports and takes exports back, over real HTTP. */
export class FakeArchive {
  readonly key = "k".repeat(32);
  /** In the order in which they are exported. */
  content: FakeRow[] = [];
  /** The first row of a table. */
  head: string | undefined;
  /** How many rows one export has at most. */
  most = Number.POSITIVE_INFINITY;
  /** Where the connection breaks, in bytes of the body, for each export in turn; undefined for one that does not. */
  readonly cuts: (number | undefined)[] = [];
  /** Looked at first, each request by the first that takes it. */
  readonly faults: Fault[] = [];
  /** What the exports asked for, in turn. */
  readonly exports: Question[] = [];
  /** What the imports sent. */
  readonly imports: { readonly query: Question; readonly body: string }[] = [];
  /** The type of the body of each import. */
  readonly types: (string | undefined)[] = [];
  /** How an import is answered. */
  takeIn: (body: string, number: number) => object = (body, number) => ({
    operation_id: `operation-${number}`,
    lines: body.trimEnd().split("\n").length,
    matched: { by_id: body.trimEnd().split("\n").length, by_key: 0, by_hash: 0 },
    updated: body.trimEnd().split("\n").length,
    unchanged: 0,
    unmatched: 0,
    invalid: 0,
    errors: [],
    next_line: null,
  });
  /** Called before the rows of an export are sent. */
  beforeRows: () => void = () => {};
  #server: Server = createServer((request, response) => void this.#handle(request, response));
  readonly #seen = new Map<string, number>();

  /** Listens on a free port until the test has ended; gives the address. */
  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    onTestFinished(async () => {
      this.#server.closeAllConnections();
      this.#server.close();
      await once(this.#server, "close");
    });
    const address = this.#server.address();
    return address !== null && typeof address === "object" ? `http://127.0.0.1:${address.port}` : "";
  }

  /** All rows of an export, without the closing one. */
  get rows(): string {
    return [...(this.head === undefined ? [] : [this.head]), ...this.content.map(({ text }) => text)]
      .map((row) => `${row}\n`)
      .join("");
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://fake");
    const query: Question = Object.fromEntries(url.searchParams);
    const line = `${request.method ?? ""} ${url.pathname}`;
    const seen = (this.#seen.get(line) ?? 0) + 1;
    this.#seen.set(line, seen);
    if (this.faults.some((fault) => fault(request, response, seen))) return;
    if (line === "GET /health") answer(response, 200, { status: "ok" });
    else if (request.headers["x-api-key"] !== this.key) problem(response, 401, "invalid_api_key");
    else if (line === "GET /v1/overview") answer(response, 200, { total: this.content.length, missing: 0 });
    else if (line === "GET /v1/export") this.#export(request, response, query);
    else if (line === "POST /v1/import") {
      const body = await text(request).catch(() => undefined);
      if (body === undefined) return;
      this.imports.push({ query, body });
      this.types.push(request.headers["content-type"]);
      answer(response, 200, this.takeIn(body, this.imports.length));
    } else problem(response, 404, "resource_not_found");
  }

  #export(request: IncomingMessage, response: ServerResponse, query: Question): void {
    this.exports.push(query);
    this.beforeRows();
    const { cursor } = query;
    const from = cursor === undefined ? 0 : this.#indexOf(cursor);
    const sent = this.content.slice(from, from + this.most);
    const last = from + sent.length < this.content.length ? sent.at(-1) : undefined;
    const end = JSON.stringify({ end: true, next_cursor: last === undefined ? null : `next ${last.id}` });
    const isCsv = query["format"] === "csv";
    const head = this.head === undefined || cursor !== undefined ? [] : [this.head];
    const plain = [...head, ...sent.map(({ text }) => text), isCsv ? `# ${end}` : end]
      .map((row) => `${row}\n`)
      .join("");
    const isPacked = request.headers["accept-encoding"] === "gzip" && this.cuts.length === 0;
    const body = isPacked ? gzipSync(plain) : Buffer.from(plain);
    response.writeHead(200, isPacked ? { "content-encoding": "gzip" } : {});
    const cut = this.cuts.shift();
    if (cut === undefined) response.end(body);
    else response.write(body.subarray(0, cut), () => void setTimeout(() => response.destroy(), 20));
  }

  /** A cursor is what the archive gave, or the id of a row that has arrived. */
  #indexOf(cursor: string): number {
    const wanted = cursor.replace("next ", "");
    return this.content.findIndex(({ id }) => id === wanted) + 1;
  }
}

/** Records of one row each, in NDJSON; `bytes` is how long a row is at least. */
export function plainRecords(count: number, bytes = 1024): FakeRow[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `id-${String(index).padStart(6, "0")}`;
    const words = `ü "${index}" ${"x".repeat(bytes)}`;
    return { id, text: JSON.stringify({ id, object_metadata: { description: words } }) };
  });
}
