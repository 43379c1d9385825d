import type { ObjectInfo, StorageProvider } from "../../src/storage/provider.ts";

/** The n-th object of a listing: keys in order, every one different. */
function object(n: number): ObjectInfo {
  const hex = n.toString(16).padStart(32, "0");
  const key = `2024/${String(n).padStart(9, "0")}/IMG_0001.jpg`;
  return {
    objectKey: key,
    pathKey: key,
    providerRef: null,
    version: hex,
    contentHash: `md5:${hex}`,
    sizeBytes: 1000 + n,
    lastModified: 1_700_000_000_000,
  };
}

/** A provider of `count` objects that exist in its listing only. */
export function listedProvider(count: number): StorageProvider {
  const none = async (): Promise<never> => {
    throw new Error("only listing is measured");
  };
  return {
    name: "r2",
    type: "stand-in",
    writable: false,
    list: async ({ after, limit }) => {
      const from = after === null ? 0 : Number(after.split("/")[1]) + 1;
      const to = Math.min(count, from + limit);
      const objects = Array.from({ length: to - from }, (_, step) => object(from + step));
      return { objects, next: to < count ? (objects.at(-1)?.pathKey ?? null) : null };
    },
    stat: none,
    open: none,
    put: none,
    remove: none,
    probe: none,
  };
}
