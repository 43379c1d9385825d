import { setMaxListeners } from "node:events";
import { z } from "zod";
import {
  tagline,
  TaglineError,
  type RetryOptions,
  type Tagline,
  type UploadBody,
} from "../../packages/client/src/index.ts";
import { Failure, systemCode } from "../failure.ts";
import {
  describedSchema,
  failuresSchema,
  mayBeUpload,
  pageSchema,
  runSchema,
  startedSchema,
  statusSchema,
  type Media,
  type Refusal,
  type Run,
} from "./answers.ts";
import { createNodeFetch } from "./node-fetch.ts";
import type { Clock } from "./clock.ts";

/** Where the service is, how to speak to it, and what about. */
export interface ApiOptions {
  readonly url: URL;
  readonly key: string;
  /** How many requests are under way at the same time. */
  readonly connections: number;
  readonly signal: AbortSignal;
  readonly clock?: Clock | undefined;
  /** The storage provider that everything is about; undefined for whichever there are. */
  readonly provider?: string | undefined;
}

/** A file to send, whose bytes are given anew for each attempt. */
export interface Sending {
  readonly key: string;
  readonly size: number;
  readonly body: UploadBody;
  /** Hears how many bytes of this attempt are out. */
  readonly onBytes: (sent: number) => void;
}

type Page = z.infer<typeof pageSchema>;
type Filter = Readonly<{ sort?: "object_key"; state?: "pending"; limit: number }>;

const pageSize = 500;
/** More than there are storage providers that might have the same key. */
const namesakes = 10;
const silenceMs = 120_000;

/** Together the pauses last about half a minute, so that a service that is restarted is back in time. */
const attempts = 7;
/** An import in a hurry is of no use to anybody: as long as the service asks it to wait, it waits. */
const maxWaitMs = 2 * 60 * 60_000;

/** The part of the service's HTTP interface that an import uses. */
export class Api {
  readonly #options: ApiOptions;
  readonly #archive: Tagline;
  #onPause: (ms: number) => void = () => {};

  constructor(options: ApiOptions) {
    this.#options = options;
    // What an import changes can be changed again: runs are joined, and files and words are compared with what is there.
    const retry = { attempts, maxWaitMs, repeats: () => true, onWait: (ms: number) => this.#onPause(ms) };
    this.#archive = archiveOf(options, retry);
    // Each request in flight listens for the stop.
    setMaxListeners(0, options.signal);
  }

  /** Calls back whenever the service asks to be left alone, with the milliseconds for which it will be. */
  onPause(listener: (ms: number) => void): void {
    this.#onPause = listener;
  }

  /** Fails in one sentence when nothing answers at the address. */
  async assertReachable(): Promise<void> {
    const { url } = this.#options;
    try {
      await archiveOf(this.#options, { attempts: 1, maxWaitMs: 0 }).api.GET("/health");
    } catch (error) {
      // Whatever answers is there.
      if (!(error instanceof TaglineError)) throw error;
      if (error.status !== null) return;
      const why = systemCode(error.cause) ?? error.detail;
      throw new Failure(
        `Nothing answers at ${url.origin} (${why}): start the service with \`npm start\`, or give another address with --url.`,
      );
    }
  }

  /** A page of the media below a prefix, in the order of their keys. */
  async listPage(prefix: string, cursor: string | null, limit = pageSize): Promise<Page> {
    return this.#page({ sort: "object_key", limit }, prefix, cursor);
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
    const query = { state: "pending", limit: 1 } as const;
    let page = await this.#page(query, prefix, null);
    if (page.total !== null && page.total > 0) return page.total;
    // A count and a page look at so many records only; what is beyond them comes with the next page.
    while (page.items.length === 0 && page.next_cursor !== null)
      page = await this.#page(query, prefix, page.next_cursor);
    return page.items.length;
  }

  async #page(query: Filter, prefix: string, cursor: string | null): Promise<Page> {
    const { provider } = this.#options;
    const more = {
      ...(prefix ? { prefix } : {}),
      ...(provider === undefined ? {} : { provider }),
      ...(cursor === null ? {} : { cursor }),
    };
    const { api } = this.#archive;
    return asked("GET /v1/media", pageSchema, () =>
      api.GET("/v1/media", { params: { query: { ...query, ...more } } }),
    );
  }

  /** Starts an ingest below a prefix; or says which run is at it already. */
  async startIngest(
    prefix: string,
    { confirmMissing = false, full = false } = {},
  ): Promise<z.infer<typeof startedSchema>> {
    const { provider } = this.#options;
    const body = {
      ...(prefix ? { prefix } : {}),
      ...(provider === undefined ? {} : { providers: [provider] }),
      ...(confirmMissing ? { confirm_missing: true } : {}),
      ...(full ? { full: true } : {}),
    };
    return asked("POST /v1/ingest", startedSchema, () => this.#archive.api.POST("/v1/ingest", { body }));
  }

  /** The first things that a run could not process. */
  async failures(id: string, limit: number): Promise<z.infer<typeof failuresSchema>["items"]> {
    const params = { path: { id }, query: { limit } };
    const { items } = await asked("GET /v1/ingest/runs/{id}/failures", failuresSchema, () =>
      this.#archive.api.GET("/v1/ingest/runs/{id}/failures", { params }),
    );
    return items;
  }

  /** Puts records back to work that nobody is working on. */
  async startScan(): Promise<z.infer<typeof startedSchema>> {
    return asked("POST /v1/database/scan", startedSchema, () =>
      this.#archive.api.POST("/v1/database/scan", { body: {} }),
    );
  }

  /** What runs and what ran last. */
  async status(): Promise<z.infer<typeof statusSchema>> {
    return asked("GET /v1/ingest/status", statusSchema, () => this.#archive.api.GET("/v1/ingest/status"));
  }

  /** A run that is over; undefined if it is not kept any more. */
  async run(id: string): Promise<Run | undefined> {
    return unlessGone(() =>
      asked("GET /v1/ingest/runs/{id}", runSchema, () =>
        this.#archive.api.GET("/v1/ingest/runs/{id}", { params: { path: { id } } }),
      ),
    );
  }

  /** The words of a media object, and what is known of its time and place; undefined where it is gone. */
  async described(id: string): Promise<z.infer<typeof describedSchema> | undefined> {
    return unlessGone(() =>
      asked("GET /v1/media/{id}", describedSchema, () =>
        this.#archive.api.GET("/v1/media/{id}", { params: { path: { id } } }),
      ),
    );
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
    try {
      await this.#archive.api.PATCH("/v1/media/{id}", {
        params: { path: { id } },
        body: { object_metadata: words },
        headers: { "if-match": `"${revision}-0"` },
      });
      return "written";
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.status === 412) return "changed";
      return refusal.status === 404 ? "gone" : refusal;
    }
  }

  /** Sends a file; gives why the service does not take it, null where it does. */
  async upload({ key, size, body, onBytes }: Sending): Promise<Refusal | null> {
    const { provider } = this.#options;
    try {
      await this.#archive.upload({
        object_key: key,
        body,
        size,
        ...(provider === undefined ? {} : { provider }),
        onProgress: ({ sent }) => onBytes(sent),
      });
      return null;
    } catch (error) {
      const refusal = refusalOf(error);
      refuseBadProvider(refusal, provider);
      return refusal;
    }
  }
}

function archiveOf({ url, key, connections, signal, clock }: ApiOptions, retry: RetryOptions): Tagline {
  const fetch = createNodeFetch(connections);
  const time = clock === undefined ? {} : { clock };
  return tagline({ url, key, signal, fetch, retry, timeoutMs: silenceMs, ...time });
}

/** The data of an answer, which has to have the form of this version. */
async function asked<T>(
  what: string,
  schema: z.ZodType<T>,
  call: () => Promise<{ readonly data: unknown }>,
): Promise<T> {
  try {
    return schema.parse((await call()).data);
  } catch (error) {
    if (error instanceof z.ZodError || isOtherSuccess(error))
      throw new Failure(
        `The answer of the service to ${what} does not have the form of this version of Tagline. Is --url right?`,
        { cause: error },
      );
    const { status, code, detail } = refusalOf(error);
    throw new Failure(`The service refused ${what}: ${detail} (${status} ${code})`, { cause: error });
  }
}

/** Whether something answered that all is well, and is no Tagline: a page for every address, such as that of a proxy. */
function isOtherSuccess(error: unknown): boolean {
  return error instanceof TaglineError && error.code === "unexpected_answer" && (error.status ?? 0) < 400;
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Failure && error.cause instanceof TaglineError && error.cause.status === 404)
      return undefined;
    throw error;
  }
}

/** What the service said was wrong. Throws what is no answer of it, and a refusal of the key: nothing else can go well. */
function refusalOf(error: unknown): Refusal {
  if (!(error instanceof TaglineError)) throw error;
  const { status, detail, errors } = error;
  // The system tells what is wrong with the connection.
  if (status === null)
    throw error.cause instanceof Error && systemCode(error.cause) !== undefined ? error.cause : error;
  if (status === 401)
    throw new Failure("The service does not accept the API key: give another key with --key.");
  if (status === 403)
    throw new Failure(
      `The API key does not allow an import. An import needs a key with the scope admin: ${detail}`,
    );
  return error.code === "unexpected_answer"
    ? { status, code: `http_${status}`, detail: `The service answered ${status}.`, errors: [] }
    : { status, code: error.code, detail, errors: [...errors] };
}

/** Where nothing can be sent to the provider, no other file can go well. */
function refuseBadProvider({ code, detail, errors }: Refusal, provider = ""): void {
  if (code === "read_only_provider")
    throw new Failure(`${detail} Name another storage provider with --provider.`);
  const wrong = errors.find(({ path }) => path === "provider");
  if (wrong !== undefined) throw new Failure(`--provider ${provider} ${wrong.message}.`);
}
