import { env } from "cloudflare:workers";

import worker from "../../../src/index.ts";
import { isJson, undescribed, type Asked } from "../http/described.ts";
import { limitedEnv } from "./env.ts";
import { Invocation } from "./invocation.ts";
import { limits } from "./limits.ts";
import { limitedBatch, limitedQueue } from "./queue.ts";
import { refuse } from "./refusals.ts";

/** A request as the runtime hands it to a Worker. */
export const IncomingRequest = Request<unknown, IncomingRequestCfProperties>;

const own = { ...worker };

// Whoever calls the Worker in a test, by its handlers or by the runtime, calls these: each call is one invocation.
Object.assign(worker, {
  fetch: (async (request, given, context) =>
    Invocation.run(async (invocation) =>
      checked(await own.fetch(request, limitedEnv(given, invocation), context), request),
    )) satisfies typeof worker.fetch,
  queue: (async (batch, given) =>
    Invocation.run(async (invocation) =>
      own.queue(limitedBatch(batch), limitedEnv(given, invocation)),
    )) satisfies typeof worker.queue,
  scheduled: (async (controller, given) =>
    Invocation.run(async (invocation) =>
      own.scheduled(controller, limitedEnv(given, invocation)),
    )) satisfies typeof worker.scheduled,
});

// The coordinator has its bindings from here. Where one of its own calls ends cannot be told.
Reflect.set(env, "INGEST_QUEUE", limitedQueue(env.INGEST_QUEUE, null));

/** The Worker behind the platform's limits. */
export { worker };

/** An answer, unless it is more JSON at once than one may be, or says what the OpenAPI document does not describe. */
export async function checked(response: Response, asked?: Asked): Promise<Response> {
  const body = isJson(response.headers) ? await response.arrayBuffer() : null;
  if (body !== null && body.byteLength > limits.answerBytes) refuse(`an answer of ${body.byteLength} bytes`);
  const text = body === null ? null : new TextDecoder().decode(body);
  const fault = asked === undefined ? null : undescribed(asked, response, text);
  if (fault !== null) throw new Error(`the OpenAPI document does not describe this answer: ${fault}`);
  return body === null ? response : new Response(body.byteLength === 0 ? null : body, response);
}
