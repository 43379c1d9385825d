import { createRoute, z } from "@hono/zod-openapi";

import type { Config } from "../../../config/config.ts";
import type { CoordinatorStatus } from "../../../protocol/coordinator.ts";
import { SharedLook } from "../../../ingest/coordinator/shared-look.ts";
import { nothingNewer, systemClock, watchRun, type WatchEvent } from "../../../ingest/coordinator/watch.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { noParameters } from "../../requests/validation.ts";
import { statusJson } from "../../answers/run-json.ts";

const eventsRoute = createRoute({
  method: "get",
  path: "/v1/ingest/events",
  operationId: "followIngest",
  summary: "Stream the progress of the running ingest",
  description:
    "Needs the scope `read`. The service sends the first `status` event at once, and a further event after each " +
    "change, at most one event a second. The data of an event is the answer of `getIngestStatus`. The stream ends when " +
    "the run has ended, after the first event if nothing runs, or after 5 minutes.",
  tags: ["Ingest"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    query: noParameters,
    headers: z.object({
      "last-event-id": z.string().max(200).optional().openapi({
        description:
          "The `id` of the last event that the client received. If no run is on and nothing has changed since that event, the answer is `204`.",
      }),
    }),
  },
  responses: withProblems(
    {
      200: {
        description: "Server-sent events (HTML Standard §9.2).",
        content: {
          "text/event-stream": {
            schema: z.string().openapi({ description: "Events of the type `status`, each with an `id`." }),
          },
        },
      },
      204: {
        description: "No run is on, and nothing has changed since the event that `last-event-id` names.",
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `/v1/ingest/events`: the Worker holds the stream and asks the coordinator, which could not sleep if it held the stream. */
export const ingestEventRoutes = createRoutes();

ingestEventRoutes.openapi(eventsRoute, async (context) => {
  const { config, coordinator } = context.get("services");
  const seen = context.req.valid("header")["last-event-id"] ?? null;
  const ask = async () => coordinator.status();
  const looks = looksOf(config);
  const first = await looks.fresh(ask);
  context.header("Cache-Control", "no-store");
  if (nothingNewer(first, seen)) return context.body(null, 204);
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, context.req.raw.signal]);
  const follow = (probe: () => void): AsyncGenerator<WatchEvent> => {
    const look = async (): Promise<CoordinatorStatus> => {
      probe();
      return looks.recent(ask);
    };
    return watchRun({ first, seen, look, clock: systemClock, signal });
  };
  const stream = streamOf(follow, left);
  return context.body(stream, 200, { "Content-Type": "text/event-stream; charset=utf-8" });
});

const isolateLooks = new WeakMap<Config, SharedLook>();

/** The status that the watchers of this isolate share; a configuration stands for its environment. */
function looksOf(config: Config): SharedLook {
  const looks = isolateLooks.get(config) ?? new SharedLook();
  isolateLooks.set(config, looks);
  return looks;
}

/**
 * The events as a stream; who cancels it has `left`, which ends the pause between two looks. The runtime notices that a
 * client has gone only when it writes, so a probe is written before each look: an empty line, which means nothing (HTML
 * Standard, §9.2.6).
 */
function streamOf(
  follow: (probe: () => void) => AsyncGenerator<WatchEvent>,
  left: AbortController,
): ReadableStream {
  const encoder = new TextEncoder();
  let events: AsyncGenerator<WatchEvent>;
  return new ReadableStream({
    start: (controller) => {
      events = follow(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode("\n"));
      });
    },
    pull: async (controller) => {
      const next = await events.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(textOf(next.value)));
    },
    cancel: async () => {
      left.abort();
      await events.return(undefined);
    },
  });
}

/** An event as it goes over the line (HTML Standard, "Server-sent events", §9.2.5). */
function textOf(event: WatchEvent): string {
  if (event.kind === "comment") return ": still here\n\n";
  return `event: status\nid: ${event.status.stateId}\ndata: ${JSON.stringify(statusJson(event.status))}\n\n`;
}
