import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getPlatformProxy } from "wrangler";
import { Failure } from "../../failure.ts";
import { movedBy, type Moves } from "./moves.ts";

/** Where a service of a drill keeps the objects of R2, below its folder. */
export const storedObjects = join(".wrangler", "state", "v3", "r2");

/** An object of the local storage. */
export interface StoredObject {
  readonly key: string;
  /** The same for objects with the same bytes; told by the storage, not by the service that is exercised. */
  readonly content: string;
}

/** An object that is out of the storage, with all that goes with its bytes. */
interface TakenObject {
  readonly bytes: ArrayBuffer;
  readonly metadata: object;
}

/** Objects that are out of the storage, by the keys that they had. */
export type Taken = ReadonlyMap<string, TakenObject>;

/** The local storage of a service that does not run, to be changed as another program changes it. */
export interface Storage {
  readonly list: () => Promise<StoredObject[]>;
  readonly takeAway: (keys: readonly string[]) => Promise<Taken>;
  /** Puts objects under the keys to which they move, and those that do not move under their own. */
  readonly put: (taken: Taken, moves: Moves) => Promise<void>;
}

/** As much of R2's bucket as is needed of it. */
interface Bucket {
  readonly list: (options: { readonly cursor?: string }) => Promise<{
    readonly objects: readonly { readonly key: string; readonly etag: string; readonly size: number }[];
    readonly truncated: boolean;
    readonly cursor?: string;
  }>;
  readonly get: (key: string) => Promise<{
    readonly arrayBuffer: () => Promise<ArrayBuffer>;
    readonly httpMetadata?: object;
    readonly customMetadata?: object;
  } | null>;
  readonly put: (key: string, bytes: ArrayBuffer, metadata: object) => Promise<unknown>;
  readonly delete: (keys: string[]) => Promise<void>;
}

interface Bindings {
  readonly MEDIA_BUCKET: Bucket;
}

/** The bucket of wrangler.toml and nothing else: nothing of the service is started beside it. */
const config = `
name = "tagline-storage"
compatibility_date = "2026-01-01"

[[r2_buckets]]
binding = "MEDIA_BUCKET"
bucket_name = "tagline-media"
`;

/** R2 deletes no more keys at once. */
const mostDeleted = 1_000;

/** Does something with the storage of the service whose data lies in a folder, while the service does not run. */
export async function withStorage<T>(folder: string, use: (storage: Storage) => Promise<T>): Promise<T> {
  const place = join(folder, ".wrangler");
  await mkdir(place, { recursive: true });
  const configPath = join(place, "storage.toml");
  await writeFile(configPath, config);
  const { env, dispose } = await getPlatformProxy<Bindings>({
    configPath,
    persist: { path: join(place, "state", "v3") },
    remoteBindings: false,
  });
  try {
    return await use(storageOf(env.MEDIA_BUCKET));
  } finally {
    await dispose();
  }
}

/** Moves objects, all at once: each may take the key that another one leaves. */
export async function moveObjects({ takeAway, put }: Storage, moves: Moves): Promise<void> {
  await put(await takeAway([...moves.keys()]), moves);
}

function storageOf(bucket: Bucket): Storage {
  return {
    list: async () => listAll(bucket),
    takeAway: async (keys) => {
      const taken = new Map<string, TakenObject>();
      for (const key of keys) {
        const object = await bucket.get(key);
        if (object === null) throw new Failure(`The storage has no object ${key}.`);
        const { httpMetadata, customMetadata } = object;
        taken.set(key, { bytes: await object.arrayBuffer(), metadata: { httpMetadata, customMetadata } });
      }
      for (let at = 0; at < keys.length; at += mostDeleted)
        await bucket.delete(keys.slice(at, at + mostDeleted));
      return taken;
    },
    put: async (taken, moves) => {
      for (const [key, { bytes, metadata }] of taken) await bucket.put(movedBy(moves, key), bytes, metadata);
    },
  };
}

async function listAll(bucket: Bucket): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  for (let cursor: string | undefined, isDone = false; !isDone;) {
    const page = await bucket.list(cursor === undefined ? {} : { cursor });
    found.push(...page.objects.map(({ key, etag, size }) => ({ key, content: `${etag} ${size}` })));
    cursor = page.cursor;
    isDone = !page.truncated;
  }
  return found;
}
