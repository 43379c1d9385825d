import { env } from "cloudflare:workers";

import { writePacket } from "../../../src/metadata/packet/write.ts";
import { storeObject } from "./media.ts";

/** Puts a sidecar beside an object of R2, as if an ingest had seen it, with words of another program. */
export async function putSidecar(objectKey: string): Promise<void> {
  const key = `${objectKey}.xmp`;
  const packet = writePacket({ title: "Noon" }, { hierarchical: [], existing: null });
  const { etag, size } = await storeObject(key, packet);
  await env.DB.prepare(
    `INSERT INTO sidecars (provider, path_key, object_key, version, file_size, observed_at) VALUES ('r2', ?, ?, ?, ?, 1)`,
  )
    .bind(key, key, etag, size)
    .run();
}
