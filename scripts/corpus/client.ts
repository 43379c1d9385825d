import { z } from "zod";
import { tagline, TaglineError, type Clock, type Tagline } from "../../packages/client/src/index.ts";
import { describe, Failure } from "../failure.ts";
import type { Refusal } from "../import/answers.ts";

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

/** The edge of the thumbnails that are compared, as at ingest. */
export const thumbnailSize = 512;

/** Together the pauses last about half a minute; as long as the service asks to wait, a run waits. */
const patience = { attempts: 7, maxWaitMs: 60 * 60_000, repeats: () => true };

/** The part of the service's interface that a corpus run uses. A request is never broken off: what is stored is removed. */
export class Client {
  readonly #archive: Tagline;

  constructor({ url, key }: { readonly url: URL; readonly key: string }, clock?: Clock) {
    const time = clock === undefined ? {} : { clock };
    this.#archive = tagline({ url, key, retry: patience, timeoutMs: Number.POSITIVE_INFINITY, ...time });
  }

  /** Sends a file; gives the id of its record. */
  async upload(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<Asked<string>> {
    return asked(async () => parsed(await this.#archive.upload({ object_key: key, body: bytes })).id);
  }

  /** A record. */
  async media(id: string): Promise<Media> {
    const answer = await asked(async () => {
      const { data } = await this.#archive.api.GET("/v1/media/{id}", { params: { path: { id } } });
      return parsed(data);
    });
    if (answer.kind === "given") return answer.value;
    throw new Failure(`The service refused a record: ${answer.why.detail} (${answer.why.code})`);
  }

  /** The thumbnail of a record, a JPEG. */
  async thumbnail(id: string, fit: Fit): Promise<Asked<Uint8Array>> {
    const params = { path: { id }, query: { size: thumbnailSize, fit } } as const;
    return asked(async () => {
      const { data } = await this.#archive.api.GET("/v1/media/{id}/thumbnail", {
        params,
        parseAs: "arrayBuffer",
      });
      return new Uint8Array(data);
    });
  }

  /** Takes a record and its object out of the service for good; with a key that may not, into the trash. */
  async remove(id: string): Promise<void> {
    const remove = (permanent: boolean): Promise<Asked<unknown>> =>
      asked(() =>
        this.#archive.api.DELETE("/v1/media/{id}", {
          params: { path: { id }, query: permanent ? { permanent } : {} },
        }),
      );
    try {
      await remove(true);
    } catch (error) {
      if (!(error instanceof Failure && error.cause instanceof TaglineError)) throw error;
      if (error.cause.status !== 403) throw error;
      await remove(false);
    }
  }
}

/** What the service gives or refuses. Without an answer, or with a key that is not taken, nothing else can go well. */
async function asked<T>(call: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { kind: "given", value: await call() };
  } catch (error) {
    if (!(error instanceof TaglineError)) throw error;
    const { status, code, detail, errors } = error;
    if (status === null) throw new Failure(detail, { cause: error });
    if (status === 401 || status === 403)
      throw new Failure(`The service does not take the key: ${detail}`, { cause: error });
    return { kind: "refused", why: { status, code, detail, errors: [...errors] } };
  }
}

function parsed(media: unknown): Media {
  try {
    return mediaSchema.parse(media);
  } catch (error) {
    throw new Failure(
      `The service's MediaObject is not what this version of Tagline gives: ${describe(error)}`,
    );
  }
}
