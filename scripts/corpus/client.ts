import { z } from "zod";
import { describe, Failure } from "../failure.ts";
import { refusalOf, type Refusal } from "../import/answers.ts";
import { realClock, Retrier } from "../import/retry.ts";

const text = z.string().nullable();
const number = z.number().nullable();
const place = z.object({ latitude: z.number(), longitude: z.number(), altitude: number });

/** What of a media object is compared. */
const mediaSchema = z.object({
  id: z.string(),
  state: z.string(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  content_type: z.string(),
  intrinsic: z.object({
    width: number,
    height: number,
    orientation: number,
    taken_at: text,
    taken_at_offset: text,
    camera: z.object({ make: text, model: text, lens: text }).nullable().default(null),
    exposure: z
      .object({ time: number, f_number: number, iso: number, focal_length: number })
      .nullable()
      .default(null),
    location: place.nullable().default(null),
  }),
  taken: z.object({ at: z.string(), offset: text, precision: z.string(), source: z.string() }).nullable(),
  place: place.nullable(),
  object_metadata: z.object({
    description: text.default(null),
    keywords: z.array(z.string()).default([]),
  }),
});

/** See {@link mediaSchema}. */
export type Media = z.infer<typeof mediaSchema>;

/** How a thumbnail is fitted into its square. */
export type Fit = "contain" | "cover";

/** What the service made of a request: what was asked for, or why not. */
export type Asked<T> =
  | { readonly kind: "given"; readonly value: T }
  | { readonly kind: "refused"; readonly why: Refusal };

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** An answer of the service, whatever its status; `body` is the text of one that is none of success. */
interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly bytes: Uint8Array;
  readonly body: string;
}

/** The edge of the thumbnails that are compared, as at ingest. */
export const thumbnailSize = 512;

/** The part of the service's interface that a corpus run uses. */
export class Client {
  readonly #url: URL;
  readonly #key: string;
  /** A request is never broken off: what the service has taken would not be known. */
  readonly #signal = new AbortController().signal;
  readonly #retrier: Retrier;

  constructor({ url, key }: { readonly url: URL; readonly key: string }, clock = realClock) {
    this.#retrier = new Retrier(clock);
    this.#url = url;
    this.#key = key;
  }

  /** Sends a file; gives the id of its record. */
  async upload(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<Asked<string>> {
    const query = { object_key: key };
    const asked = await this.#ask({ method: "POST", path: "v1/media", query, body: bytes });
    return asked.kind === "refused" ? asked : { kind: "given", value: parsed(asked.value).id };
  }

  /** A record. */
  async media(id: string): Promise<Media> {
    const asked = await this.#ask({ method: "GET", path: `v1/media/${id}` });
    if (asked.kind === "given") return parsed(asked.value);
    throw new Failure(`The service refused a record: ${asked.why.detail} (${asked.why.code})`);
  }

  /** The thumbnail of a record, a JPEG. */
  async thumbnail(id: string, fit: Fit): Promise<Asked<Uint8Array>> {
    const query = { size: String(thumbnailSize), fit };
    return this.#ask({ method: "GET", path: `v1/media/${id}/thumbnail`, query });
  }

  /** Takes a record and its object out of the service for good; with a key that may not, into the trash. */
  async remove(id: string): Promise<void> {
    const call = { method: "DELETE", path: `v1/media/${id}` };
    const { status } = await this.#send({ ...call, query: { permanent: "true" } });
    if (status === 403) await this.#ask(call);
  }

  async #ask(call: Call): Promise<Asked<Uint8Array>> {
    const answer = await this.#send(call);
    if (answer.status === 401 || answer.status === 403)
      throw new Failure(`The service does not take the key: ${refusalOf(answer).detail}`);
    return answer.status < 300
      ? { kind: "given", value: answer.bytes }
      : { kind: "refused", why: refusalOf(answer) };
  }

  async #send({ method, path, query = {}, body }: Call): Promise<Answer> {
    const url = new URL(path, this.#url);
    url.search = new URLSearchParams(query).toString();
    const type = body === undefined ? {} : { "content-type": "application/octet-stream" };
    const init = { method, headers: { "x-api-key": this.#key, ...type } };
    return this.#retrier
      .run(async () => {
        const response = await fetch(url, body === undefined ? init : { ...init, body });
        const bytes = new Uint8Array(await response.arrayBuffer());
        const retryAfter = response.headers.get("retry-after") ?? undefined;
        return { status: response.status, retryAfter, bytes, body: response.ok ? "" : decoded(bytes) };
      }, this.#signal)
      .catch((error: unknown) => {
        const { message } =
          error instanceof Error && error.cause instanceof Error ? error.cause : { message: describe(error) };
        throw new Failure(`The service at ${url.origin} cannot be reached: ${message}`, { cause: error });
      });
  }
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parsed(bytes: Uint8Array): Media {
  try {
    return mediaSchema.parse(JSON.parse(decoded(bytes)));
  } catch (error) {
    throw new Failure(
      `The service's MediaObject is not what this version of Tagline gives: ${describe(error)}`,
    );
  }
}
