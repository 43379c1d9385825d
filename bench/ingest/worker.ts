import { listPage } from "../../src/ingest/listing/list-page.ts";
import { begun } from "../../src/protocol/tasks.ts";
import type { ListTask, NamedTask } from "../../src/protocol/messages.ts";
import { createServices } from "../../src/services.ts";
import { newTraceId } from "../../src/core/trace.ts";
import { listedProvider } from "./standin.ts";

export { IngestCoordinator } from "../../src/ingest/coordinator/coordinator.ts";
export { PictureIndex } from "../../src/media/picture-index/picture-index.ts";

/** A picture of 1 × 1 pixel, and a chunk of text that makes every one of them different. */
const png = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"),
  (character) => character.charCodeAt(0),
);

/** Bytes behind the end of a PNG are nobody's: they make the file 1 KB long and unlike the others. */
function picture(n: number): Uint8Array {
  const bytes = new Uint8Array(1024);
  bytes.set(png);
  new DataView(bytes.buffer).setUint32(1000, n);
  return bytes;
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const number = (name: string): number => Number(searchParams.get(name) ?? 0);
    if (pathname === "/pages") {
      const run = searchParams.get("run") ?? "";
      return Response.json(await listPages(env, run, number("count"), number("from"), number("pages")));
    }
    if (pathname === "/fill") {
      const from = number("from");
      const keys = Array.from({ length: number("count") }, (_, step) => from + step);
      await Promise.all(
        keys.map(async (n) => env.MEDIA_BUCKET.put(`bench/${String(n).padStart(6, "0")}.png`, picture(n))),
      );
    }
    if (pathname === "/size") {
      const { meta } = await env.DB.prepare("SELECT 1").run();
      return new Response(String(meta.size_after));
    }
    return new Response("ready");
  },
} satisfies ExportedHandler<Env>;

/** Handles some pages of a listing as the consumer does, and says what they cost. */
async function listPages(env: Env, run: string, count: number, from: number, pages: number) {
  const services = {
    ...createServices(env, { session: "primary", traceId: newTraceId(), logContext: {} }),
    providers: new Map([["r2", listedProvider(count)]]),
  };
  let page = from;
  let messages = 0;
  for (let task: ListTask | null = taskAt(from); task !== null && page < from + pages; page++) {
    const outcome = await listPage(services, run, task, async () => true);
    const next: readonly NamedTask[] = outcome?.next ?? [];
    messages += next.length;
    const following = next.at(-1)?.task;
    task = following?.kind === "list" ? following : null;
  }
  return { pages: page - from, messages, ...services.db.cost };
}

function taskAt(page: number): ListTask {
  const after = page === 0 ? null : `2024/${String(page * 1000 - 1).padStart(9, "0")}/IMG_0001.jpg`;
  const position = { after, page, scanned: 0, ...begun };
  return { kind: "list", provider: "r2", prefix: "", confirmMissing: false, ...position };
}
