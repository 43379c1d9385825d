import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getPlatformProxy } from "wrangler";

/** The local storage of a service, to be changed behind its back, as by another program. */
export interface Bucket {
  readonly put: (objectKey: string, bytes: Uint8Array) => Promise<void>;
  readonly remove: (objectKeys: readonly string[]) => Promise<void>;
}

/** As much of R2's bucket as is needed of it. */
interface Bindings {
  readonly MEDIA_BUCKET: {
    readonly put: (key: string, bytes: Uint8Array) => Promise<unknown>;
    readonly delete: (keys: string[]) => Promise<void>;
  };
}

/** The bucket of wrangler.toml and nothing else: nothing of the service is started beside it. */
const config = `
name = "tagline-bucket"
compatibility_date = "2026-01-01"

[[r2_buckets]]
binding = "MEDIA_BUCKET"
bucket_name = "tagline-media"
`;

/**
 * Does something with the storage of the service whose data lies in a folder, while the service runs. One process for all
 * of it: `wrangler r2 object` would take seconds for each object.
 */
export async function inBucket(folder: string, act: (bucket: Bucket) => Promise<void>): Promise<void> {
  const configPath = join(folder, ".wrangler", "bucket.toml");
  await writeFile(configPath, config);
  const { env, dispose } = await getPlatformProxy<Bindings>({
    configPath,
    persist: { path: join(folder, ".wrangler", "state", "v3") },
    remoteBindings: false,
  });
  try {
    await act({
      put: async (key, bytes) => void (await env.MEDIA_BUCKET.put(key, bytes)),
      remove: (keys) => env.MEDIA_BUCKET.delete([...keys]),
    });
  } finally {
    await dispose();
  }
}
