import { askR2, isDigestMismatch, translateR2Failure } from "./failure.ts";
import {
  maxKeyBytes,
  type ObjectInfo,
  type ObjectPage,
  type OpenOptions,
  type OpenResult,
  type PutOptions,
  type PutResult,
  type ReplaceOptions,
  type StorageProvider,
} from "../provider.ts";

/** A part of an R2 bucket: every key is read and written below `prefix`. */
export class R2Provider implements StorageProvider {
  readonly type = "r2";
  readonly writable = true;
  readonly name: string;
  readonly #bucket: R2Bucket;
  readonly #prefix: string;

  constructor(name: string, bucket: R2Bucket, prefix: string) {
    this.name = name;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  async list(options: { prefix: string; after: string | null; limit: number }): Promise<ObjectPage> {
    const page = await askR2("list", async () =>
      this.#bucket.list({
        prefix: this.#prefix + options.prefix,
        limit: options.limit,
        ...(options.after === null ? {} : { startAfter: cutKey(this.#prefix + options.after) }),
      }),
    );
    const objects = page.objects.map((object) => this.#info(object));
    if (!page.truncated) return { objects, next: null };
    const last = objects.at(-1);
    // A page that is empty and not the last has nowhere to go on from; taking it for the end would look like a deletion.
    if (last === undefined) throw translateR2Failure("list", new Error("an empty page that is not the last"));
    return { objects, next: last.pathKey };
  }

  async stat(pathKey: string): Promise<ObjectInfo | null> {
    const object = await askR2("head", async () => this.#bucket.head(this.#prefix + pathKey));
    return object === null ? null : this.#info(object);
  }

  async open(pathKey: string, options: OpenOptions = {}): Promise<OpenResult> {
    const { range, version } = options;
    const object = await askR2("get", async () =>
      this.#bucket.get(this.#prefix + pathKey, {
        ...(range === undefined ? {} : { range: { offset: range.offset, length: range.length } }),
        ...(version === undefined ? {} : { onlyIf: { etagMatches: version } }),
      }),
    );
    if (object === null) return { kind: "missing" };
    const info = this.#info(object);
    return "body" in object ? { kind: "opened", info, body: object.body } : { kind: "changed", info };
  }

  async put(pathKey: string, body: ReadableStream, options: PutOptions): Promise<PutResult> {
    try {
      const object = await this.#bucket.put(this.#prefix + pathKey, body, {
        httpMetadata: { contentType: options.contentType },
        ...(options.sha256 === undefined ? {} : { sha256: options.sha256 }),
        ...(options.overwrite ? {} : { onlyIf: { etagDoesNotMatch: "*" } }),
      });
      return object === null ? { kind: "exists" } : { kind: "stored", info: this.#info(object) };
    } catch (cause) {
      if (isDigestMismatch(cause)) return { kind: "digest_mismatch" };
      throw translateR2Failure("put", cause);
    }
  }

  async replace(
    pathKey: string,
    bytes: Uint8Array,
    { contentType, version }: ReplaceOptions,
  ): Promise<ObjectInfo | null> {
    const object = await askR2("put", async () =>
      this.#bucket.put(this.#prefix + pathKey, bytes, {
        httpMetadata: { contentType },
        onlyIf: version === null ? { etagDoesNotMatch: "*" } : { etagMatches: version },
      }),
    );
    return object === null ? null : this.#info(object);
  }

  async remove(pathKey: string): Promise<void> {
    await askR2("delete", async () => this.#bucket.delete(this.#prefix + pathKey));
  }

  async probe(): Promise<void> {
    await askR2("list", async () => this.#bucket.list({ prefix: this.#prefix, limit: 1 }));
  }

  #info(object: R2Object): ObjectInfo {
    const key = object.key.slice(this.#prefix.length);
    return {
      objectKey: key,
      pathKey: key,
      providerRef: null,
      version: object.etag,
      contentHash: contentHashOf(object.etag),
      sizeBytes: object.size,
      lastModified: object.uploaded.getTime(),
    };
  }
}

/**
 * A position that is longer than any key, as that of a record whose place another has taken may be: cut to what R2
 * takes, so that it comes before the position itself, and no key lies in between but what a page has already told.
 */
function cutKey(position: string): string {
  const { read } = new TextEncoder().encodeInto(position, new Uint8Array(maxKeyBytes));
  return position.slice(0, read);
}

/** The etag of an object stored in one part is its MD5; that of a multipart object is not, and says so by a dash. */
function contentHashOf(etag: string): string | null {
  return /^[0-9a-f]{32}$/.test(etag) ? `md5:${etag}` : null;
}
