import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { limitedBucket } from "../support/platform/bucket.ts";
import { Invocation } from "../support/platform/invocation.ts";
import { limits } from "../support/platform/limits.ts";
import { expectRefused } from "../support/platform/refusals.ts";

/** A bucket as one invocation has it. */
function bucket(): R2Bucket {
  return limitedBucket(env.DERIVATIVES_BUCKET, new Invocation());
}

function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `key ${index}`);
}

describe("an invocation's bucket", () => {
  it("deletes 1,000 keys by a call, and refuses more or none", async () => {
    await bucket().delete(keys(limits.deletedKeys));
    await expectRefused(bucket().delete(keys(limits.deletedKeys + 1)), "between 1 and 1000 inclusive");
    await expectRefused(bucket().delete([]), "between 1 and 1000 inclusive");
  });

  it("lists 1,000 keys by a call, and refuses to list more", async () => {
    await bucket().list({ limit: limits.listedKeys });
    await expectRefused(bucket().list({ limit: limits.listedKeys + 1 }), "MaxKeys");
    await expectRefused(bucket().list({ limit: 0 }), "MaxKeys");
  });

  it("takes a key of 1,024 bytes, and refuses a longer one", async () => {
    const longest = "é".repeat(limits.keyBytes / 2);
    await bucket().put(longest, "x");
    expect(await bucket().head(longest)).not.toBeNull();
    await bucket().delete(longest);
    const tooLong = `${longest}x`;
    const name = "The specified object name is not valid";
    await expectRefused(bucket().put(tooLong, "x"), name);
    await expectRefused(bucket().get(tooLong), name);
    await expectRefused(bucket().head(tooLong), name);
    await expectRefused(bucket().delete(tooLong), name);
    await expectRefused(bucket().createMultipartUpload(tooLong), name);
  });

  it("takes 8,192 bytes of an object's own metadata, and refuses more", async () => {
    const put = async (bytes: number) =>
      bucket().put("key", "x", { customMetadata: { n: "x".repeat(bytes - 1) } });
    await put(limits.metadataBytes);
    await expectRefused(put(limits.metadataBytes + 1), "maximum allowed metadata size");
  });
});
