import { createRoute, z } from "@hono/zod-openapi";

import { AppError } from "../../../core/errors.ts";
import { answerMessage } from "../../mcp/answer-message.ts";
import type { Tool } from "../../mcp/tool.ts";
import { toolNamed } from "../../mcp/tools.ts";
import { withProblems } from "../../answers/problem.ts";
import { takes } from "../../document-headers.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { countWrite } from "../../middleware/rate-limiting.ts";
import { jsonBody, jsonObject, maxJsonBytes } from "../../requests/json-body.ts";
import { noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const version = z.literal("2.0").openapi({ description: "The version of JSON-RPC." });

const messageId = z.union([z.string().max(256), z.int()]);

/** One message; several at a time, as old revisions of the protocol had them, are refused. */
const messageSchema = z
  .strictObject({
    jsonrpc: version,
    id: messageId.optional().openapi({
      description:
        "The id of the request, which the answer repeats. A notification has no `id` and gets no answer.",
    }),
    method: z.string().max(256).optional().openapi({
      description: "The method, such as `initialize`, `tools/list` or `tools/call`.",
    }),
    params: jsonObject.optional().openapi({
      description:
        "The parameters of the method. For `tools/call` these are the `name` of the tool and its `arguments`; `tools/list` has the schemas.",
    }),
    result: jsonObject.optional().openapi({ description: "Only in an answer of the client." }),
    error: jsonObject.optional().openapi({ description: "Only in an answer of the client." }),
  })
  .superRefine(({ id, method, result, error }, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: "custom", path: [path], message });
    const outcomes = [result, error].filter((each) => each !== undefined);
    if (method !== undefined && outcomes.length > 0)
      refuse("method", "cannot be combined with result or error");
    if (method === undefined && (id === undefined || outcomes.length !== 1)) refuse("method", "is missing");
  })
  .openapi("AgentMessage", {
    description: "One message of JSON-RPC 2.0, as the Model Context Protocol has it.",
  });

const failure = z
  .object({
    code: z.int().openapi({ description: "The code of JSON-RPC or of the protocol." }),
    message: z.string().openapi({ description: "The reason in words." }),
    data: z.unknown().optional().openapi({
      description: "What the protocol adds, such as the revisions that the service supports.",
    }),
  })
  .openapi("AgentError", { description: "The reason why the service does not answer a message." });

const answerId = messageId.nullable().openapi({
  description: "The `id` of the request; null if the message has none.",
});

const answerSchema = z
  .object({
    jsonrpc: version,
    id: answerId.optional(),
    result: jsonObject.optional().openapi({
      description:
        "The result of the method. Of `tools/call` it has `content`, `structuredContent` by the output schema of the tool, and `isError`, which is true if the tool could not do what was asked.",
    }),
    error: failure.optional(),
  })
  .openapi("AgentAnswer", { description: "The answer to a message: a `result` or an `error`." });

const refusalContent = { "application/json": { schema: answerSchema } };

const mcpRoute = createRoute({
  method: "post",
  path: "/mcp",
  operationId: "sendAgentMessage",
  summary: "Use the tools for agents (Model Context Protocol)",
  description:
    "Needs the scope `read`; tools that write need the scope `write`. A server of the Model Context Protocol over streamable HTTP, without sessions: each request is one message, and its answer is one JSON document, never a stream. `GET` and `DELETE` are therefore `405`. " +
    "A request of a web page is refused unless the page is of this service or of an origin that `CORS_ALLOWED_ORIGINS` names. A tool that writes changes nothing without the token that its dry run gave. Each message counts as a read, and a call of a tool that writes as a write too.",
  tags: ["Agents"],
  parameters: takes("Content-Digest", "MCP-Protocol-Version"),
  security: keyWith("read"),
  middleware: [
    requireScope("read"),
    ...jsonBody({ types: ["application/json"], characters: maxJsonBytes }),
  ] as const,
  request: {
    query: noParameters,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: messageSchema,
          example: { jsonrpc: "2.0", id: 1, method: "tools/list" },
        },
      },
    },
  },
  responses: withProblems(
    {
      200: {
        description: "The answer to a request.",
        content: { "application/json": { schema: answerSchema } },
      },
      202: { description: "The message was a notification or an answer. There is no body." },
      400: { description: "The message does not fit the revision of the protocol.", content: refusalContent },
      404: { description: "The revision of the protocol has no such method.", content: refusalContent },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "malformed_json",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

/** `POST /mcp`. */
export const mcpRoutes = createRoutes().openapi(mcpRoute, async (context) => {
  const message = context.req.valid("json");
  const caller = context.get("caller");
  if (caller.kind !== "known") throw new Error("a route that needs a scope was reached by nobody");
  if (toolCalledBy(message)?.scope === "write") await countWrite(context);
  // An agent brings no bookmark along, and has to see what it has just written.
  const services = context.get("services");
  const call = { services: { ...services, db: services.db.primary() }, caller };
  const protocol = await import("../../mcp/protocol.ts");
  const answer = await answerMessage(protocol, context.req.raw, message, call);
  if (answer.status >= 500) {
    // What the SDK says of its failure goes to the log alone.
    const cause = new Error(await answer.text());
    throw new AppError("internal_error", "The service could not answer the message.", { cause });
  }
  answer.headers.set("Cache-Control", "no-store");
  return answer;
});

function toolCalledBy({ method, params }: z.output<typeof messageSchema>): Tool | null {
  const name = method === "tools/call" ? params?.["name"] : null;
  return typeof name === "string" ? toolNamed(name) : null;
}
