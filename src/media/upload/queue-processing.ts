import { waitUntil } from "cloudflare:workers";

import type { IngestMessage } from "../../protocol/messages.ts";
import type { Services } from "../../services.ts";

/** An isolate reminds the coordinator of its uploads no more often than this. */
const remindEveryMs = 20_000;
/**
 * Uploads that follow one another within so long go to work together: that takes fewer messages, and an import is not
 * slowed down by its own thumbnails.
 */
const quietMs = 500;
/** The longest wait of an upload, well within the 30 seconds that a Worker has after its answer. */
const longestGatheringMs = 15_000;
/** A gathering that lasts longer was cut off with its request; the next upload begins another gathering. */
const abandonedMs = 20_000;
/** The most records that a message names. */
const messageSize = 10;
/** How many messages a batch may have (Queues limits). */
const batchSize = 100;

let isolateRemindedAt = 0;
let isolateGathering: { readonly since: number; readonly ids: string[] } | null = null;

/**
 * Queues a record for processing, soon and without waiting for the processing. The coordinator is told first that work is
 * on its way, so that a sweep makes up for a message that is lost or cannot be sent; for that reason a failure to send is
 * not a failure of the upload.
 */
export async function queueProcessing(services: Services, mediaId: string): Promise<void> {
  const now = Date.now();
  if (now - isolateRemindedAt > remindEveryMs) {
    try {
      await services.coordinator.expectUploads();
      isolateRemindedAt = now;
    } catch (cause) {
      services.log.warn("process.remind_failed", { media: mediaId }, cause);
    }
  }
  if (isolateGathering !== null && now - isolateGathering.since < abandonedMs)
    isolateGathering.ids.push(mediaId);
  else {
    isolateGathering = { since: now, ids: [mediaId] };
    waitUntil(sendGathered(services, isolateGathering.ids));
  }
}

/** Sends the gathered ids until uploads pause. Only the request that began waits; other requests leave their ids. */
async function sendGathered(services: Services, ids: string[]): Promise<void> {
  const startedAt = Date.now();
  for (let seen = 0; ids.length > seen && Date.now() - startedAt < longestGatheringMs;) {
    seen = ids.length;
    await scheduler.wait(quietMs);
  }
  if (isolateGathering?.ids === ids) isolateGathering = null;
  const messages: MessageSendRequest<IngestMessage>[] = [];
  for (let start = 0; start < ids.length; start += messageSize) {
    const body = {
      type: "process",
      ids: ids.slice(start, start + messageSize),
      since: Date.now(),
      traceId: services.traceId,
    } as const;
    messages.push({ body });
  }
  try {
    for (let start = 0; start < messages.length; start += batchSize) {
      await services.queue.sendBatch(messages.slice(start, start + batchSize));
    }
  } catch (cause) {
    services.log.warn("process.send_failed", { records: ids.length }, cause);
  }
}
