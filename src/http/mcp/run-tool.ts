import { appErrorOf, errorDefinitions, type AppError, type ErrorCode } from "../../core/errors.ts";
import { toBase64 } from "../../core/text/encoding.ts";
import type { Tool, ToolAnswer, ToolCall } from "./tool.ts";

/** A part of an answer: a text, or a picture in base64. */
type ContentPart = { type: "text"; text: string } | { type: "image"; data: string; mimeType: string };

/** What a call of a tool came to, as the protocol has it. */
export type ToolResult = {
  content: ContentPart[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
  [field: string]: unknown;
};

/**
 * Runs a tool for a caller. What cannot be done is an answer, too, by the codes of the API, so that the model that has called
 * reads what to do about it; what nobody has foreseen is told as `internal_error`, its cause in the log alone.
 */
export async function runTool(tool: Tool, call: ToolCall, given: unknown): Promise<ToolResult> {
  const { log } = call.services;
  try {
    if (!call.caller.scopes.has(tool.scope)) return refusal(log, tool, lackingScope(tool));
    const answer = await tool.run(call, given);
    log.info("mcp.tool", { tool: tool.name, outcome: "done" });
    return resultOf(answer);
  } catch (cause) {
    const known = appErrorOf(cause);
    if (known === null || errorDefinitions[known.code].status >= 500)
      log.error("mcp.tool_failed", { tool: tool.name }, cause);
    return refusal(log, tool, known === null ? unforeseen : toldOf(known));
  }
}

/** Why a tool did nothing, as the caller is told. */
interface Told {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors?: AppError["errors"];
  readonly retry_after?: number | undefined;
}

const unforeseen: Told = {
  code: "internal_error",
  detail: "The service has an unexpected failure. Try again later.",
};

function lackingScope({ scope }: Tool): Told {
  return { code: "insufficient_scope", detail: `This tool needs the scope "${scope}".` };
}

function toldOf({ code, detail, errors, retryAfterSeconds }: AppError): Told {
  return { code, detail, errors, retry_after: retryAfterSeconds };
}

function refusal(log: ToolCall["services"]["log"], tool: Tool, told: Told): ToolResult {
  log.info("mcp.tool", { tool: tool.name, outcome: told.code });
  return { content: [{ type: "text", text: JSON.stringify(told) }], isError: true };
}

/** The object twice: as one, and as a text for clients that know no other. */
function resultOf({ content, image }: ToolAnswer): ToolResult {
  const parts: ContentPart[] = [{ type: "text", text: JSON.stringify(content) }];
  if (image !== undefined)
    parts.push({ type: "image", data: toBase64(image.bytes), mimeType: image.mediaType });
  return { content: parts, structuredContent: { ...content } };
}
