import { askR2 } from "./r2-failure.ts";

/** Names one thumbnail: whose, of which bytes, and which variant of them. */
export interface DerivativeKey {
  readonly mediaId: string;
  readonly version: string;
  readonly variant: string;
}

/** A stored thumbnail. */
export interface Derivative {
  readonly body: ReadableStream;
  readonly sizeBytes: number;
}

/** A page of stored thumbnails; `storedAt` in milliseconds since the epoch. */
export interface DerivativePage {
  readonly objects: readonly { readonly key: string; readonly storedAt: number }[];
  readonly complete: boolean;
}

/**
 * The bucket of thumbnails. Keys hold the record's id and the version of its bytes, so that a new version never
 * collides with an old one, and every thumbnail is immutable.
 */
export class DerivativeStore {
  readonly #bucket: R2Bucket;

  constructor(bucket: R2Bucket) {
    this.#bucket = bucket;
  }

  async get(key: DerivativeKey): Promise<Derivative | null> {
    const object = await askR2("get", async () => this.#bucket.get(path(key)));
    return object === null ? null : { body: object.body, sizeBytes: object.size };
  }

  async put(key: DerivativeKey, jpeg: Uint8Array): Promise<void> {
    await askR2("put", async () =>
      this.#bucket.put(path(key), jpeg, { httpMetadata: { contentType: "image/jpeg" } }),
    );
  }

  /** Removes a record's thumbnails, all of them or those of every version but one. */
  async remove(mediaId: string, exceptVersion: string | null): Promise<void> {
    const found = await askR2("list", async () => this.#bucket.list({ prefix: `${mediaId}/` }));
    const kept = exceptVersion === null ? null : `${mediaId}/${exceptVersion}/`;
    await this.removeKeys(
      found.objects.map((object) => object.key).filter((key) => kept === null || !key.startsWith(kept)),
    );
  }

  /** Keys (`ID/VERSION/VARIANT.jpg`) after one, in order; `complete` when there are no more. */
  async list(after: string, limit: number): Promise<DerivativePage> {
    const page = await askR2("list", async () => this.#bucket.list({ startAfter: after, limit }));
    const objects = page.objects.map((object) => ({ key: object.key, storedAt: object.uploaded.getTime() }));
    return { objects, complete: !page.truncated };
  }

  async removeKeys(keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await askR2("delete", async () => this.#bucket.delete([...keys]));
  }
}

function path(key: DerivativeKey): string {
  return `${key.mediaId}/${key.version}/${key.variant}.jpg`;
}
