import type { z } from "zod";
import { Failure } from "../failure.ts";
import {
  describedSchema,
  failuresSchema,
  mayBeUpload,
  pageSchema,
  readBody,
  type Refusal,
  refusalOf,
  runsSchema,
  startedSchema,
  statusSchema,
  type Media,
  type Run,
} from "./answers.ts";
import { Connection, type ConnectionOptions, type Query, refused } from "./connection.ts";
import type { Answer, Call } from "./transport.ts";

/** Where the service is, how to speak to it, and what about. */
export interface ApiOptions extends ConnectionOptions {
  /** The storage provider that everything is about; undefined for whichever there are. */
  readonly provider?: string | undefined;
}

type Page = z.infer<typeof pageSchema>;

const pageSize = 500;
const latestRuns = 50;
/** More than there are storage providers that might have the same key. */
const namesakes = 10;

/** The part of the service's HTTP interface that an import uses. */
export class Api {
  readonly #provider: string | undefined;
  readonly #connection: Connection;

  constructor(options: ApiOptions) {
    this.#provider = options.provider;
    this.#connection = new Connection(options);
  }

  /** Calls back whenever the service asks to be left alone, with the milliseconds for which it will be. */
  onPause(listener: (ms: number) => void): void {
    this.#connection.onPause(listener);
  }

  /** Fails in one sentence when nothing answers at the address. */
  assertReachable(): Promise<void> {
    return this.#connection.assertReachable();
  }

  /** A page of the media below a prefix, in the order of their keys. */
  async listPage(prefix: string, cursor: string | null, limit = pageSize): Promise<Page> {
    return this.#page({ sort: "object_key", limit: String(limit) }, prefix, cursor);
  }

  /** The media object with this key, if the service knows one. */
  async find(key: string): Promise<Media | undefined> {
    let cursor: string | null = null;
    do {
      const page: Page = await this.listPage(key, cursor, namesakes);
      const found = page.items.find((item) => item.object_key === key && mayBeUpload(item));
      // Of all keys with a prefix, the prefix itself comes first.
      if (found !== undefined || page.items.some((item) => item.object_key !== key)) return found;
      cursor = page.next_cursor;
    } while (cursor !== null);
    return undefined;
  }

  /** How many media below a prefix are not processed yet, at least: 0 only where there is none. */
  async countPending(prefix: string): Promise<number> {
    const query = { state: "pending", limit: "1" };
    let page = await this.#page(query, prefix, null);
    if (page.total !== null && page.total > 0) return page.total;
    // A count and a page look at so many records only; what is beyond them comes with the next page.
    while (page.items.length === 0 && page.next_cursor !== null)
      page = await this.#page(query, prefix, page.next_cursor);
    return page.items.length;
  }

  #page(query: Query, prefix: string, cursor: string | null): Promise<Page> {
    const provider = this.#provider;
    const more = {
      ...(prefix ? { prefix } : {}),
      ...(provider === undefined ? {} : { provider }),
      ...(cursor === null ? {} : { cursor }),
    };
    return this.#connection.ask(pageSchema, {
      method: "GET",
      path: "v1/media",
      query: { ...query, ...more },
    });
  }

  /** Starts an ingest below a prefix; or says which run is at it already. */
  async startIngest(
    prefix: string,
    { confirmMissing = false, full = false } = {},
  ): Promise<z.infer<typeof startedSchema>> {
    const provider = this.#provider;
    const json = {
      ...(prefix ? { prefix } : {}),
      ...(provider === undefined ? {} : { providers: [provider] }),
      ...(confirmMissing ? { confirm_missing: true } : {}),
      ...(full ? { full: true } : {}),
    };
    return this.#connection.ask(startedSchema, { method: "POST", path: "v1/ingest", json });
  }

  /** The first things that a run could not process. */
  async failures(id: string, limit: number): Promise<z.infer<typeof failuresSchema>["items"]> {
    const path = `v1/ingest/runs/${id}/failures`;
    return (
      await this.#connection.ask(failuresSchema, { method: "GET", path, query: { limit: String(limit) } })
    ).items;
  }

  /** Puts records back to work that nobody is working on. */
  async startScan(): Promise<z.infer<typeof startedSchema>> {
    return this.#connection.ask(startedSchema, { method: "POST", path: "v1/database/scan", json: {} });
  }

  /** What runs and what ran last. */
  async status(): Promise<z.infer<typeof statusSchema>> {
    return this.#connection.ask(statusSchema, { method: "GET", path: "v1/ingest/status" });
  }

  /** A run that is over, if it is among the latest. */
  async run(id: string): Promise<Run | undefined> {
    const query = { limit: String(latestRuns) };
    const { items } = await this.#connection.ask(runsSchema, {
      method: "GET",
      path: "v1/ingest/runs",
      query,
    });
    return items.find((run) => run.id === id);
  }

  /** The words of a media object, and what is known of its time and place; undefined where it is gone. */
  async described(id: string): Promise<z.infer<typeof describedSchema> | undefined> {
    const answer = await this.#connection.answer({ method: "GET", path: `v1/media/${id}` });
    if (answer.status === 404) return undefined;
    if (answer.status === 200) return readBody(describedSchema, answer, "GET /v1/media/{id}");
    throw refused("GET /v1/media/{id}", answer);
  }

  /**
   * Changes words, unless a person has changed them since this revision: then it is `"changed"`, and `"gone"` where the
   * media object is gone. An answer that was lost is asked for again, and `"changed"` may then mean this change itself.
   */
  async describe(
    id: string,
    revision: number,
    words: Readonly<Record<string, unknown>>,
  ): Promise<"written" | "changed" | "gone" | Refusal> {
    const answer = await this.#connection.answer({
      method: "PATCH",
      path: `v1/media/${id}`,
      json: { object_metadata: words },
      headers: { "if-match": `"${revision}-0"` },
    });
    if (answer.status === 200) return "written";
    if (answer.status === 412) return "changed";
    return answer.status === 404 ? "gone" : refusalOf(answer);
  }

  /** Sends a file as the object `key`; `open` gives its bytes anew for each attempt. */
  async upload(
    key: string,
    open: (attempt: number) => { body: NonNullable<Call["body"]>; size: number },
    final: (error: unknown) => boolean,
  ): Promise<Answer> {
    const provider = this.#provider;
    const url = this.#connection.address("v1/media", {
      object_key: key,
      ...(provider === undefined ? {} : { provider }),
    });
    const attempt = (number: number): Promise<Answer> => {
      const { body, size } = open(number);
      // The service tells the type from the bytes; a file whose name says another type is still a photo.
      const headers = this.#connection.headers({
        "content-type": "application/octet-stream",
        "content-length": String(size),
      });
      return this.#connection.send({ method: "POST", url, headers, body });
    };
    const answer = await this.#connection.run(attempt, final);
    refuseBadProvider(answer, provider);
    return answer;
  }
}

/** Where nothing can be sent to the provider, no other file can go well. */
function refuseBadProvider(answer: Answer, provider = ""): void {
  if (answer.status < 400) return;
  const { code, detail, errors } = refusalOf(answer);
  if (code === "read_only_provider")
    throw new Failure(`${detail} Name another storage provider with --provider.`);
  const wrong = errors.find(({ path }) => path === "provider");
  if (wrong !== undefined) throw new Failure(`--provider ${provider} ${wrong.message}.`);
}
