import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { z } from "zod";

import { createApp } from "../../../src/app.ts";
import { keys } from "../../support/keys.ts";
import { insertMany, buildMedia, storeObject } from "../../support/media.ts";
import { smallJpeg } from "../../support/uploads.ts";
import { readDocument, type ApiDocument } from "./document.ts";
import type { FuzzRequest, KnownRecords } from "./requests.ts";

const page = z.object({ next_cursor: z.string().nullable() });
const words = z.object({ id: z.string(), object_metadata: z.string(), revision: z.number() });

/** A service with some records, and what people have written about them. */
export class FuzzWorld {
  readonly document: ApiDocument;
  readonly known: KnownRecords;
  /** Records that a request was allowed to change. */
  readonly written = new Set<string>();
  readonly #send: (request: Request) => Promise<Response>;
  readonly #finish: () => Promise<void>;
  readonly #before: ReadonlyMap<string, string>;

  private constructor(parts: {
    document: ApiDocument;
    known: KnownRecords;
    send: (request: Request) => Promise<Response>;
    finish: () => Promise<void>;
    before: ReadonlyMap<string, string>;
  }) {
    this.document = parts.document;
    this.known = parts.known;
    this.#send = parts.send;
    this.#finish = parts.finish;
    this.#before = parts.before;
  }

  /** One app for all requests, as an isolate has it; what they leave running is awaited by {@link finish}. */
  static async create(): Promise<FuzzWorld> {
    const open = await insertRecords(0, 60);
    const guarded = await insertRecords(1000, 20);
    await insertRecords(2000, 20);
    const app = createApp();
    const context = createExecutionContext();
    const bindings = { ...env, LOG_LEVEL: "error" };
    const send = async (request: Request): Promise<Response> => app.fetch(request, bindings, context);
    const headers = { "X-API-Key": keys.read };
    const get = async (path: string): Promise<unknown> =>
      (await send(new Request(`https://tagline.test${path}`, { headers }))).json();
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
  async send(request: FuzzRequest): Promise<{ sent: Request; response: Response } | null> {
    const built = buildRequest(request);
    return built === null ? null : { sent: built, response: await this.#send(built) };
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
function buildRequest({ method, target, headers: fields, body }: FuzzRequest): Request | null {
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
    return new Request(`https://tagline.test${target}`, {
      method,
      headers,
      body: content === null ? null : new Blob([content]).stream(),
    });
  } catch {
    return null;
  }
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
