import { env } from "cloudflare:workers";

import { replaced } from "./replaced.ts";

/** What R2 takes with one call (R2 documentation, "Workers API reference"). */
const maxDeleted = 1000;

/** How many puts are on their way at a time. */
const putsAtOnce = 50;

/** Stores thumbnails past the service, under these keys. */
export async function storeThumbnails(keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += putsAtOnce) {
    await Promise.all(
      keys.slice(start, start + putsAtOnce).map(async (key) => env.DERIVATIVES_BUCKET.put(key, "x")),
    );
  }
}

/** The keys of all thumbnails, however many, or of those below a prefix. */
export async function allThumbnails(prefix = ""): Promise<string[]> {
  const keys: string[] = [];
  for (let cursor: string | undefined = ""; cursor !== undefined;) {
    const page: R2Objects = await env.DERIVATIVES_BUCKET.list(
      cursor === "" ? { prefix } : { prefix, cursor },
    );
    keys.push(...page.objects.map(({ key }) => key));
    cursor = page.truncated ? page.cursor : undefined;
  }
  return keys;
}

/** The bucket of thumbnails as it is, with what is asked of it counted. */
export interface CountedBucket {
  readonly bucket: R2Bucket;
  /** Listings, by prefix. */
  readonly lists: string[];
  /** How many keys each deletion named. */
  readonly deletes: number[];
}

/**
 * The bucket of thumbnails, which refuses to delete more than R2 does, and lists at most `perList` keys with a call, as R2
 * may.
 */
export function countedBucket(perList = 1000): CountedBucket {
  const lists: string[] = [];
  const deletes: number[] = [];
  const bucket = replaced(env.DERIVATIVES_BUCKET, {
    list: async (options: R2ListOptions = {}) => {
      lists.push(options.prefix ?? "");
      return env.DERIVATIVES_BUCKET.list({ ...options, limit: Math.min(perList, options.limit ?? 1000) });
    },
    delete: async (keys: string | string[]) => {
      const count = typeof keys === "string" ? 1 : keys.length;
      if (count > maxDeleted) throw new Error("delete: too many keys in one request (10001)");
      deletes.push(count);
      return env.DERIVATIVES_BUCKET.delete(keys);
    },
  });
  return { bucket, lists, deletes };
}
