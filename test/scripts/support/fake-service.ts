import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { buffer, text } from "node:stream/consumers";
import { z } from "zod";

/** An object that the fake service holds. */
export interface FakeObject {
  id: string;
  revision: number;
  object_metadata: Record<string, unknown>;
  taken: { at: string } | null;
  place: { latitude: number; longitude: number } | null;
  provider: string;
  object_key: string;
  file_size: number;
  content_hash: string | null;
  last_modified: string | null;
  state: string;
  error: { code: string; detail: string } | null;
}

/** Answers a request in place of the service, or leaves it to the service by giving false. */
export type Fault = (request: IncomingMessage, response: ServerResponse, seen: number) => boolean;

/** A run as the service shows it. */
export interface FakeRun {
  id: string;
  state: string;
  counts: { queued: number; processed: number; failed: number };
  providers: Record<string, { error: string | null }>;
}

/** Sends JSON. */
export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers }).end(JSON.stringify(body));
}

/** Sends a problem document. */
export function problem(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
  errors: { path: string; message: string }[] = [],
): void {
  answer(response, status, { code, detail: `It is ${code}.`, status, errors }, headers);
}

function placeOf(provider: string, key: string): string {
  return provider === "r2" ? key : `${provider}:${key}`;
}

/** Plays the part of the HTTP interface that an import uses, over real HTTP. */
export class FakeService {
  readonly key = "k".repeat(32);
  /** By their keys, those of other providers than the first by `NAME:KEY`. */
  readonly objects = new Map<string, FakeObject>();
  /** Method and path, with the query, of each request in the order of arrival. */
  readonly requests: string[] = [];
  /** What the requests that start a run asked for. */
  readonly bodies: string[] = [];
  /** Looked at before the service itself, each request by the first that takes it. */
  readonly faults: Fault[] = [];
  /** What becomes of a pending object at each look at the list of pending ones. */
  process: (object: FakeObject) => void = (object) => {
    object.state = "ready";
  };
  run: FakeRun | null = null;
  lastRun: FakeRun | null = null;
  /** How an ended run looks. */
  endState = "completed";
  pageSize = 500;
  #server: Server = createServer((request, response) => void this.#handle(request, response));
  #runs = 0;

  /** Listens on a free port and gives the address. */
  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this.address;
  }

  get address(): string {
    const address = this.#server.address();
    return address !== null && typeof address === "object" ? `http://127.0.0.1:${address.port}` : "";
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** Puts an object there as if it had been uploaded. */
  put(key: string, bytes: Buffer, change: Partial<FakeObject> = {}): void {
    const { provider = "r2" } = change;
    this.objects.set(placeOf(provider, key), {
      id: `id-${placeOf(provider, key).replaceAll(/[^a-z0-9]/giu, "-")}`,
      revision: 0,
      object_metadata: {},
      taken: null,
      place: null,
      provider,
      object_key: key,
      file_size: bytes.length,
      content_hash: `md5:${createHash("md5").update(bytes).digest("hex")}`,
      last_modified: new Date().toISOString(),
      state: "pending",
      error: null,
      ...change,
    });
  }

  /** How often a request of this method and path came. */
  countOf(start: string): number {
    return this.requests.filter((request) => request.startsWith(start)).length;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://fake");
    const line = `${request.method ?? ""} ${url.pathname}${url.search}`;
    this.requests.push(line);
    const seen = this.requests.filter((one) => one === line).length;
    if (this.faults.some((fault) => fault(request, response, seen))) return;
    if (url.pathname === "/health") answer(response, 200, { status: "ok" });
    else if (request.headers["x-api-key"] !== this.key) problem(response, 401, "invalid_api_key");
    else if (line.startsWith("POST /v1/media?")) await this.#upload(request, response, url);
    else if (line.includes(" /v1/media/")) await this.#item(request, response, url);
    else if (line.startsWith("GET /v1/media")) this.#list(response, url);
    else {
      if (request.method === "POST") this.bodies.push(await text(request));
      this.#ingest(response, line);
    }
  }

  async #upload(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const bytes = await buffer(request).catch(() => undefined);
    if (!bytes) return;
    const key = url.searchParams.get("object_key") ?? "";
    const provider = url.searchParams.get("provider") ?? "r2";
    const place = placeOf(provider, key);
    if (provider === "dropbox") problem(response, 409, "read_only_provider");
    else if (!["r2", "archive"].includes(provider))
      problem(response, 422, "validation_error", {}, [
        { path: "provider", message: "is not the name of a configured storage provider" },
      ]);
    else if (this.objects.has(place)) problem(response, 409, "object_exists");
    else if (bytes.toString("latin1", 0, 4) !== "\u00FF\u00D8\u00FF\u00E0")
      problem(response, 415, "unsupported_media_type");
    else {
      this.put(key, bytes, { provider });
      answer(response, 201, this.objects.get(place));
    }
  }

  async #item(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const object = [...this.objects.values()].find(({ id }) => url.pathname === `/v1/media/${id}`);
    if (object === undefined) problem(response, 404, "resource_not_found");
    else if (request.method !== "PATCH") answer(response, 200, object);
    else if (request.headers["if-match"] !== `"${object.revision}-0"`)
      problem(response, 412, "precondition_failed");
    else {
      const patch = z
        .object({ object_metadata: z.record(z.string(), z.unknown()) })
        .parse(JSON.parse(await text(request)));
      Object.assign(object.object_metadata, patch.object_metadata);
      object.revision += 1;
      answer(response, 200, object);
    }
  }

  #list(response: ServerResponse, url: URL): void {
    const prefix = url.searchParams.get("prefix") ?? "";
    const state = url.searchParams.get("state");
    const provider = url.searchParams.get("provider");
    const limit = Math.min(Number(url.searchParams.get("limit")), this.pageSize);
    const offset = Number(url.searchParams.get("cursor") ?? 0);
    const all = [...this.objects.values()]
      .filter((object) => object.object_key.startsWith(prefix) && (state === null || object.state === state))
      .filter((object) => provider === null || object.provider === provider)
      .sort((a, b) => (a.object_key < b.object_key ? -1 : 1));
    const items = all.slice(offset, offset + limit);
    const next = offset + limit < all.length ? String(offset + limit) : null;
    answer(response, 200, {
      items,
      total: url.searchParams.has("cursor") ? null : all.length,
      next_cursor: next,
    });
    if (state === "pending") for (const object of all) this.process(object);
  }

  #ingest(response: ServerResponse, line: string): void {
    if (line === "POST /v1/ingest" || line === "POST /v1/database/scan") {
      if (this.run) return answer(response, 200, { status: "already_running", run: this.run });
      this.#runs += 1;
      const counts = { queued: 0, processed: 0, failed: 0 };
      this.run = { id: `run-${this.#runs}`, state: "scanning", counts, providers: { r2: { error: null } } };
      return answer(response, 202, { status: "started", run: this.run });
    }
    if (line !== "GET /v1/ingest/status") return problem(response, 404, "resource_not_found");
    answer(response, 200, { state: this.run ? "running" : "idle", run: this.run, last_run: this.lastRun });
    if (this.run) [this.lastRun, this.run] = [{ ...this.run, state: this.endState }, null];
  }
}
