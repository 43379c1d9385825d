import { apiOf, type Api } from "./http/api.ts";
import { Exchange } from "./http/exchange.ts";
import { fieldsOf } from "./http/fields.ts";
import { jsonOf } from "./http/json.ts";
import type { MediaObject } from "./media-object.ts";
import type { components } from "./openapi.ts";
import type { TaglineOptions } from "./options.ts";
import { Lists } from "./pages.ts";
import { upload, type Upload } from "./upload/upload.ts";
import { waitUntilReady } from "./watch/ready.ts";
import { follow, isRun, type Run } from "./watch/run.ts";

/** What an ingest is about: without anything, the whole storage of every provider. */
export type IngestRequest = components["schemas"]["IngestRequest"];

/** What stops a call. */
export interface Stoppable {
  readonly signal?: AbortSignal;
}

/** A service, with every call that it answers. */
export class Tagline extends Lists {
  /** Every operation of the service, by method and path: `api.GET("/v1/media/{id}", …)`. */
  readonly api: Api;
  readonly #exchange: Exchange;

  constructor(options: TaglineOptions) {
    const exchange = new Exchange(options);
    super(exchange);
    this.#exchange = exchange;
    this.api = apiOf(exchange);
  }

  /** Uploads a photo; gives its media object, which is not processed yet. */
  upload(photo: Upload): Promise<MediaObject> {
    return upload(this.#exchange, photo);
  }

  /** Waits until a media object is `ready`, `failed` or `unsupported`. */
  waitUntilReady(id: string, options: Stoppable = {}): Promise<MediaObject> {
    return waitUntilReady(this.#exchange, id, options);
  }

  /** Starts an ingest, or joins the one that is on already; gives its run. */
  async ingest(request: IngestRequest = {}, { signal }: Stoppable = {}): Promise<Run> {
    const body = new TextEncoder().encode(JSON.stringify(request));
    const response = await this.#exchange.send({
      method: "POST",
      url: `${this.#exchange.baseUrl}/v1/ingest`,
      headers: new Headers({ "content-type": "application/json" }),
      body: () => ({ body }),
      signal: signal ?? null,
    });
    const { run } = await jsonOf(response, isStarted);
    return run;
  }

  /** A run on each of its changes. The last one that comes is the run as it ended. */
  follow(id: string, { signal }: Stoppable = {}): AsyncGenerator<Run, void, undefined> {
    return follow({ exchange: this.#exchange, id, signal });
  }
}

type Started = components["schemas"]["RunStarted"];

function isStarted(
  value: Readonly<Record<string, unknown>>,
): value is Started & Readonly<Record<string, unknown>> {
  return isRun(fieldsOf(value["run"]));
}

/** The client of a service. */
export function tagline(options: TaglineOptions): Tagline {
  return new Tagline(options);
}
