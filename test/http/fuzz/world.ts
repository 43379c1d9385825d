import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { z } from "zod";

import { observedDatabase } from "../../support/records/database.ts";
import { keys } from "../../support/keys.ts";
import { insertMany, buildMedia, storeObject } from "../../support/records/media.ts";
import { IncomingRequest, worker } from "../../support/platform/entry.ts";
import { seedMany } from "../../support/records/seed.ts";
import { smallJpeg } from "../../support/http/uploads.ts";
import { readDocument, type ApiDocument } from "./document.ts";
import type { FuzzRequest, KnownRecords } from "./requests.ts";

/** Records besides those that requests name, so that a look at each of them is told from a look at a page. */
const othersCount = 2000;

/** How many keys requests upload to, about. */
const uploadedCount = 100;

/** What a request has cost in D1, as D1 itself counts it. */
interface RequestCost {
  rowsRead: number;
  rowsWritten: number;
  statements: number;
}

/** A request, its answer, and what has been spent on it so far: what is left running spends on. */
export interface Answered {
  readonly sent: Request;
  readonly response: Response;
  readonly cost: Readonly<RequestCost>;
}

type Send = (request: FuzzIncoming) => Promise<Answered>;
type FuzzIncoming = InstanceType<typeof IncomingRequest>;

const page = z.object({ next_cursor: z.string().nullable() });
const words = z.object({ id: z.string(), object_metadata: z.string(), revision: z.number() });

/** A service with some records, and what people have written about them. */
export class FuzzWorld {
  readonly document: ApiDocument;
  readonly known: KnownRecords;
  /** Records that a request was allowed to change. */
  readonly written = new Set<string>();
  readonly #send: Send;
  readonly #finish: () => Promise<void>;
  readonly #before: ReadonlyMap<string, string>;

  private constructor(parts: {
    document: ApiDocument;
    known: KnownRecords;
    send: Send;
    finish: () => Promise<void>;
    before: ReadonlyMap<string, string>;
  }) {
    this.document = parts.document;
    this.known = parts.known;
    this.#send = parts.send;
    this.#finish = parts.finish;
    this.#before = parts.before;
  }

  /** How many records there are at the most: those of the beginning, and what is uploaded to the few keys of a fuzz. */
  get records(): number {
    return this.#before.size + uploadedCount;
  }

  /** The records of the beginning. */
  get ids(): readonly string[] {
    return [...this.#before.keys()];
  }

  /** One Worker for all requests, as an isolate has it; what they leave running is awaited by {@link finish}. */
  static async create(): Promise<FuzzWorld> {
    const open = await insertRecords(0, 60);
    const guarded = await insertRecords(1000, 20);
    await insertRecords(2000, 20);
    await seedMany(othersCount, { first: 100_000 });
    const context = createExecutionContext();
    const send: Send = async (request) => {
      const cost = { rowsRead: 0, rowsWritten: 0, statements: 0 };
      const bindings = { ...env, LOG_LEVEL: "error", DB: countedDatabase(cost) };
      return { sent: request, response: await worker.fetch(request, bindings, context), cost };
    };
    const headers = { "X-API-Key": keys.read };
    const get = async (path: string): Promise<unknown> =>
      (await send(new IncomingRequest(`https://tagline.test${path}`, { headers }))).response.json();
    const document = readDocument(await get("/openapi.json"));
    const pages = [await get("/v1/media?limit=3"), await get("/v1/media?limit=3&sort=taken_at&order=desc")];
    const cursors = pages.flatMap((each) => page.parse(each).next_cursor ?? []);
    return new FuzzWorld({
      document,
      known: { open, guarded, cursors },
      send,
      finish: async () => waitOnExecutionContext(context),
      before: await storedWords(),
    });
  }

  /** Sends one request; null where the runtime does not let it be sent at all. */
  async send(request: FuzzRequest): Promise<Answered | null> {
    const built = buildRequest(request);
    return built === null ? null : this.#send(built);
  }

  /** Waits for what requests have left running, and tells whose words are not as before though nobody might. */
  async finish(): Promise<string[]> {
    await this.#finish();
    const after = await storedWords();
    return [...this.#before]
      .filter(([id, before]) => !this.written.has(id) && after.get(id) !== before)
      .map(([id, before]) => `${id}: ${before} is now ${after.get(id) ?? "gone"}`);
  }
}

/** The request as the runtime has it; what it can have in no header is left out. */
function buildRequest({ method, target, headers: fields, body }: FuzzRequest): FuzzIncoming | null {
  const headers = new Headers();
  if (body?.type !== null && body !== null) headers.set("Content-Type", body.type);
  const content = body === null ? null : contentOf(body.content);
  if (body?.stated === true && content !== null) headers.set("Content-Length", String(content.length));
  for (const [name, value] of fields) {
    // The runtime warns of every field that is not ASCII, and a warning a request is too much.
    if (/[^ -~]/.test(value)) continue;
    try {
      headers.set(name, value);
    } catch {
      // No client can send it either.
    }
  }
  try {
    return new IncomingRequest(`https://tagline.test${target}`, {
      method,
      headers,
      body: content === null ? null : new Blob([content]).stream(),
    });
  } catch {
    return null;
  }
}

/** D1 with its own counts of each statement added to `cost`. */
function countedDatabase(cost: RequestCost): D1Database {
  return observedDatabase(env.DB, {
    after: ({ meta }) => {
      cost.rowsRead += meta.rows_read;
      cost.rowsWritten += meta.rows_written;
      cost.statements += 1;
    },
  });
}

function contentOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/** Records of every state, each with words; every other one has its object. */
async function insertRecords(first: number, count: number): Promise<string[]> {
  const states = ["ready", "ready", "pending", "failed", "unsupported"] as const;
  const bytes = smallJpeg();
  const rows = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const objectKey = `fuzz/${first + index}.jpg`;
      const object = index % 2 === 0 ? await storeObject(objectKey, bytes) : null;
      return buildMedia({
        id: `018cc251-0000-7000-8000-${(first + index).toString(16).padStart(12, "0")}`,
        objectKey,
        state: states[index % states.length] ?? "ready",
        ...(object === null ? {} : { version: object.etag, fileSize: object.size }),
        takenAt: index % 3 === 0 ? `20${10 + (index % 10)}-07-14T16:03:11.000` : null,
        revision: index % 4,
        objectMetadata: { description: `Picture ${index} at the beach`, keywords: ["beach", `k${index}`] },
      });
    }),
  );
  await insertMany(rows);
  return rows.map((row) => row.id);
}

/** What people have written, by the record's id. */
async function storedWords(): Promise<ReadonlyMap<string, string>> {
  const { results } = await env.DB.prepare("SELECT id, object_metadata, revision FROM media_objects").all();
  const rows = results.map((row) => words.parse(row));
  return new Map(rows.map((row) => [row.id, `${row.revision} ${row.object_metadata}`]));
}
