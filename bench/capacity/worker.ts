import { processChunk } from "../../src/ingest/consumer/process-chunk.ts";
import { listPage } from "../../src/ingest/listing/list-page.ts";
import type { NamedTask } from "../../src/protocol/messages.ts";
import { begun } from "../../src/protocol/tasks.ts";
import { createServices } from "../../src/services.ts";
import { newTraceId } from "../../src/core/trace.ts";

export { IngestCoordinator } from "../../src/ingest/coordinator/coordinator.ts";
export { PictureIndex } from "../../src/media/picture-index/picture-index.ts";

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/fill") {
      const bytes = await request.arrayBuffer();
      await env.MEDIA_BUCKET.put(`bench/${searchParams.get("name") ?? ""}`, bytes);
    }
    if (pathname === "/ingest") return Response.json(await ingest(env));
    return new Response("ready");
  },
} satisfies ExportedHandler<Env>;

/** Handles the only page of a listing and its chunks as the consumer does, and says what both cost. */
async function ingest(env: Env) {
  const run = crypto.randomUUID();
  const open = () => createServices(env, { session: "primary", traceId: newTraceId(), logContext: {} });
  const listing = open();
  const position = { after: null, page: 0, scanned: 0, ...begun };
  const task = { kind: "list", provider: "r2", prefix: "", confirmMissing: false, ...position } as const;
  const outcome = await listPage(listing, run, task, async () => true);
  const next: readonly NamedTask[] = outcome?.next ?? [];
  const chunks = next.flatMap(({ task: each }) => (each.kind === "process" ? [each.ids] : []));
  const processing = open();
  for (const ids of chunks) await processChunk(processing, { run, attempts: 1, facts: false }, ids);
  return {
    photos: chunks.reduce((sum, ids) => sum + ids.length, 0),
    listing: { ...listing.db.cost },
    processing: { ...processing.db.cost },
  };
}
