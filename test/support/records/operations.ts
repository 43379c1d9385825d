import { env } from "cloudflare:workers";

import { newMediaId } from "../../../src/core/media-id.ts";
import { writeEdits } from "../../../src/db/history/edits.ts";
import { findManyMedia } from "../../../src/db/media/reads.ts";
import type { ObjectMetadata } from "../../../src/db/media/record.ts";
import { makeEdit } from "../../../src/media/history/edit.ts";
import { createServices, type Services } from "../../../src/services.ts";
import { limitedEnv } from "../platform/env.ts";

/** The services of an invocation past the HTTP side. */
export function servicesOf(): Services {
  return createServices(limitedEnv(env), { session: "primary", traceId: "0".repeat(32), logContext: {} });
}

/** Changes the words of some records as a bulk change does, or goes on with it; answers its id. */
export async function changeTogether(
  ids: readonly string[],
  change: (words: ObjectMetadata) => ObjectMetadata,
  id: string = newMediaId(),
): Promise<string> {
  const { db } = servicesOf();
  for (let start = 0; start < ids.length; start += 2000) {
    const media = await findManyMedia(db, ids.slice(start, start + 2000));
    const edits = await Promise.all(
      media.map(async (each) => makeEdit(each, change(each.objectMetadata), "to operation")),
    );
    const operation = { id, kind: "bulk", reverts: null, details: null } as const;
    await writeEdits(db, edits, { by: "ann", now: Date.now(), operation });
  }
  return id;
}
