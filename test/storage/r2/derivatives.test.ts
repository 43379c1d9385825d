import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { DerivativeStore } from "../../../src/storage/r2/derivatives.ts";
import { allThumbnails, countedBucket, storeThumbnails } from "../../support/records/derivatives.ts";
import { replaced } from "../../support/records/replaced.ts";

function keysOf(id: string, version: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${id}/${version}/${index + 10_000}.jpg`);
}

describe("a record with more thumbnails than R2 lists or deletes with one call", () => {
  it("loses them all, a thousand a call", async () => {
    await storeThumbnails([...keysOf("a", "v1", 2300), ...keysOf("ab", "v1", 2)]);
    const { bucket, deletes } = countedBucket();
    await new DerivativeStore(bucket).remove("a", null);
    expect(await allThumbnails()).toEqual(keysOf("ab", "v1", 2));
    expect(deletes).toEqual([1000, 1000, 300]);
  });

  it("keeps those of one version, wherever they lie among the others", async () => {
    const kept = keysOf("a", "v2", 30);
    await storeThumbnails([...keysOf("a", "v1", 30), ...kept, ...keysOf("a", "v3", 30)]);
    await new DerivativeStore(countedBucket(7).bucket).remove("a", "v2");
    expect(await allThumbnails()).toEqual(kept);
  });
});

describe("thumbnails by their keys", () => {
  it("are removed a thousand with a call, however many there are", async () => {
    const keys = keysOf("a", "v", 1001);
    await storeThumbnails(keys);
    const { bucket, deletes } = countedBucket();
    await new DerivativeStore(bucket).removeKeys(keys);
    expect(await allThumbnails()).toEqual([]);
    expect(deletes).toEqual([1000, 1]);
  });

  it("are not taken for all there are where R2 answers an empty page that is not the last", async () => {
    const bucket = replaced(env.DERIVATIVES_BUCKET, {
      list: async () => ({ objects: [], truncated: true, cursor: "more", delimitedPrefixes: [] }),
    });
    await expect(new DerivativeStore(bucket).remove("a", null)).rejects.toMatchObject({
      code: "storage_unavailable",
    });
  });
});
