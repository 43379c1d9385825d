import type { MediaObject } from "../db/media/record.ts";
import { findMedia } from "../db/media/reads.ts";
import { reopenMedia } from "../db/media/writes.ts";
import type { Services } from "../services.ts";
import { changing, notFound } from "./failures.ts";
import { currentObject } from "./content.ts";
import { contentColumns } from "./processing/process.ts";
import { queueProcessing } from "./upload/queue-processing.ts";

/** The most attempts to queue a record that changes at the same moment. */
const maxAttempts = 3;

/** Queues a record for processing again, with the bytes that the storage holds now. */
export async function reprocessMedia(services: Services, id: string): Promise<MediaObject> {
  const db = services.db.primary();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(db, id);
    if (media === null) throw notFound(id);
    const info = await currentObject(services, media);
    const reopened = await reopenMedia(db, media, contentColumns(info), Date.now());
    if (reopened !== null) {
      await queueProcessing(services, id);
      return reopened;
    }
  }
  throw changing();
}
