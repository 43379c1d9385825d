import { askR2, translateR2Failure } from "./failure.ts";

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
  /** There are no more behind these. */
  readonly complete: boolean;
}

/** How many keys R2 lists with one call, and how many it deletes with one (R2 documentation, "Workers API reference"). */
const keysPerCall = 1000;

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

  /** Whether there is such a thumbnail. */
  async has(key: DerivativeKey): Promise<boolean> {
    return (await askR2("head", async () => this.#bucket.head(path(key)))) !== null;
  }

  async put(key: DerivativeKey, jpeg: Uint8Array): Promise<void> {
    await askR2("put", async () =>
      this.#bucket.put(path(key), jpeg, { httpMetadata: { contentType: "image/jpeg" } }),
    );
  }

  /** Removes a record's thumbnails, all of them or those of every version but one. */
  async remove(mediaId: string, exceptVersion: string | null): Promise<void> {
    const kept = exceptVersion === null ? null : `${mediaId}/${exceptVersion}/`;
    for (let after: string | undefined = ""; after !== undefined;) {
      const { objects, complete }: DerivativePage = await this.listOf(mediaId, after);
      const keys = objects.map((object) => object.key);
      await this.removeKeys(keys.filter((key) => kept === null || !key.startsWith(kept)));
      after = complete ? undefined : keys.at(-1);
    }
  }

  /** Removes one thumbnail. */
  async removeOne(key: DerivativeKey): Promise<void> {
    await this.removeKeys([path(key)]);
  }

  /** Keys (`ID/VERSION/VARIANT.jpg`) after one, in order, 1,000 at most. */
  async list(after: string, limit = keysPerCall): Promise<DerivativePage> {
    return this.#page({ startAfter: after, limit });
  }

  /** The same of one record. */
  async listOf(mediaId: string, after = ""): Promise<DerivativePage> {
    return this.#page({ prefix: `${mediaId}/`, startAfter: after, limit: keysPerCall });
  }

  /** Removes any number of thumbnails; keys without a thumbnail are skipped. */
  async removeKeys(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += keysPerCall) {
      const slice = keys.slice(start, start + keysPerCall);
      await askR2("delete", async () => this.#bucket.delete(slice));
    }
  }

  async #page(options: R2ListOptions): Promise<DerivativePage> {
    const page = await askR2("list", async () => this.#bucket.list(options));
    // Nowhere to go on from: whoever took that for the end would leave the rest, or ask for it for ever.
    if (page.truncated && page.objects.length === 0) {
      throw translateR2Failure("list", new Error("an empty page that is not the last"));
    }
    const objects = page.objects.map((object) => ({ key: object.key, storedAt: object.uploaded.getTime() }));
    return { objects, complete: !page.truncated };
  }
}

function path(key: DerivativeKey): string {
  return `${key.mediaId}/${key.version}/${key.variant}.jpg`;
}
