import type { ByteRange } from "../core/byte-range.ts";

/** What a storage provider tells of an object without reading its bytes. */
export interface ObjectInfo {
  /** The key as people see it, relative to the provider's prefix. */
  readonly objectKey: string;
  /** What is unique with the provider. */
  readonly pathKey: string;
  /** The provider's own stable id of the file, where it has one. */
  readonly providerRef: string | null;
  /** Names exactly these bytes. */
  readonly version: string;
  /** `md5:…` or `dropbox:…`, or null where the provider cannot tell without reading the bytes. */
  readonly contentHash: string | null;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly lastModified: number | null;
}

/** Which bytes to open. */
export interface OpenOptions {
  readonly range?: ByteRange;
  /** Only these bytes: when the object has others by now, the answer is `changed`. */
  readonly version?: string;
}

/** What `open` found. A body that is not read must be cancelled. */
export type OpenResult =
  | { readonly kind: "opened"; readonly info: ObjectInfo; readonly body: ReadableStream }
  | { readonly kind: "changed"; readonly info: ObjectInfo }
  | { readonly kind: "missing" };

/** A page of a listing, in the order of path keys. */
export interface ObjectPage {
  readonly objects: readonly ObjectInfo[];
  /** The path key after which the next page begins; null at the end. */
  readonly next: string | null;
}

/** What is to be stored. */
export interface PutOptions {
  readonly sizeBytes: number;
  readonly contentType: string;
  /** Verified by the provider as it stores. */
  readonly sha256?: Uint8Array;
  readonly overwrite: boolean;
}

/** What a few bytes take the place of. */
export interface ReplaceOptions {
  readonly contentType: string;
  readonly version: string | null;
}

/** How storing ended; whatever is not `stored` has changed nothing. */
export type PutResult =
  | { readonly kind: "stored"; readonly info: ObjectInfo }
  | { readonly kind: "exists" }
  | { readonly kind: "digest_mismatch" };

/** The most bytes of UTF-8 that a key has at a provider that takes uploads: R2's limit (R2 documentation, "Limits"). */
export const maxKeyBytes = 1024;

/** The most bytes that a provider's own picture of a photo may have; those of usual proportions have a tenth of it. */
export const nativeThumbnailMaxBytes = 4 * 1024 * 1024;

/**
 * A place where photos are kept. One per entry of `STORAGE_PROVIDERS`.
 *
 * Failures of the vendor are thrown as `storage_unavailable` or `storage_rate_limited`, so that nobody else knows a
 * vendor's errors. That something is not there is a value, never an exception.
 */
export interface StorageProvider {
  readonly name: string;
  readonly type: string;
  readonly writable: boolean;
  /** Lists objects whose object key has `prefix`, in the order of UTF-8, after the path key `after`. */
  list(options: {
    readonly prefix: string;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<ObjectPage>;
  /** Looks at one object; null where there is none. */
  stat(pathKey: string): Promise<ObjectInfo | null>;
  open(pathKey: string, options?: OpenOptions): Promise<OpenResult>;
  /**
   * Stores a stream of exactly `sizeBytes`. A body that breaks off, or a digest that does not hold, stores nothing and
   * leaves what was there.
   */
  put(pathKey: string, body: ReadableStream, options: PutOptions): Promise<PutResult>;
  /**
   * Stores a few bytes if the storage still has this version at the key; null for no object at all. Answers the object, or
   * null if there is another by now. Absent where a provider only reads.
   */
  replace?(pathKey: string, bytes: Uint8Array, options: ReplaceOptions): Promise<ObjectInfo | null>;
  /** Removes an object; one that is not there is no failure. */
  remove(pathKey: string): Promise<void>;
  /**
   * Throws if the storage does not answer. Asks once as far as that is possible, and gives up when `signal` is aborted,
   * if the vendor's interface lets it.
   */
  probe(signal?: AbortSignal): Promise<void>;
  /**
   * A JPEG that the vendor makes of exactly these bytes, upright and larger than any thumbnail of ours, for pictures that
   * are beyond our own decoders, of at most `nativeThumbnailMaxBytes`; null where the vendor makes none either. Absent
   * where the vendor makes none at all.
   */
  nativeThumbnail?(object: Pick<ObjectInfo, "providerRef" | "version">): Promise<Uint8Array | null>;
}

/** One thing that a delta tells, relative to the provider's root. Applied in order, they give what there is now. */
export type DeltaEntry =
  /** Takes the place of whatever was at its path. */
  | { readonly kind: "file"; readonly info: ObjectInfo }
  /** Takes the place of a file at its path; a folder that was there keeps what is in it. */
  | { readonly kind: "folder"; readonly pathKey: string }
  /** The file that was there, or everything below it when it was a folder. What is not known there is no failure. */
  | { readonly kind: "deleted"; readonly pathKey: string };

/** What a provider answers when it is asked what has changed. */
export type DeltaPage =
  | {
      readonly kind: "page";
      readonly entries: readonly DeltaEntry[];
      /** Goes on from here, now or at any later time. To be kept also when the page is empty. */
      readonly cursor: string;
      /** True if the next page is there already. A page that is empty may have more. */
      readonly more: boolean;
    }
  /** The cursor holds no more: list anew, and compare with what is known. */
  | { readonly kind: "reset" };

/** A provider that tells what has changed since a cursor, which costs less than listing everything in order. */
export interface DeltaProvider extends StorageProvider {
  /**
   * The next page after a cursor; null begins with everything there is. A page may be asked for again and answers the
   * same or what has become of it since. A root that is not there is thrown as `storage_unavailable`, never answered as
   * empty.
   */
  changes(cursor: string | null): Promise<DeltaPage>;
}

/** True if a provider tells what has changed. */
export function isDelta(provider: StorageProvider): provider is DeltaProvider {
  return "changes" in provider;
}
