import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";

import { AppError, validationError } from "../../core/errors.ts";
import type { AppEnv } from "../context.ts";
import { checkContentDigest } from "../headers/content-digest.ts";
import { mediaTypeOf } from "../headers/content-type.ts";
import { countBody } from "../middleware/buffered-body.ts";
import { beyondLimits } from "./json-limits.ts";
import { describeIssue } from "./validation.ts";

/** JSON bodies are small; uploads and imports have limits of their own. */
export const maxJsonBytes = 1024 * 1024;

/** How deep any JSON body may nest. What a field takes is far less deep, and refused by its own rule. */
const maxJsonDepth = 1000;

/**
 * Stands before a route that takes JSON: the media type, the size, the depth, a `Content-Digest` and the syntax are
 * checked, so that the schema only ever sees JSON. With `optional` an empty body counts as `{}`; `characters` are what
 * the longest body has that the schema could take, blanks between them aside.
 */
export function jsonBody(options: {
  readonly types: readonly string[];
  readonly optional?: boolean;
  readonly characters?: number;
}) {
  const limit = bodyLimit({
    maxSize: maxJsonBytes,
    onError: () => {
      throw new AppError("payload_too_large", `A JSON body may have at most ${maxJsonBytes} bytes.`);
    },
  });
  // The bytes, their text, and what is made of it.
  const count = countBody({ maxBytes: maxJsonBytes, copies: 3 });
  const check = createMiddleware<AppEnv>(async function checkJsonBody(context, next) {
    const bytes = await context.req.arrayBuffer();
    context.set("bodyBytes", bytes.byteLength);
    const text = decodeUtf8(bytes);
    const empty = text === "" && options.optional === true;
    if (!empty && !options.types.includes(mediaTypeOf(context))) {
      throw new AppError("unsupported_media_type", `Send the body as ${options.types.join(" or ")}.`);
    }
    const limits = { depth: maxJsonDepth, characters: options.characters ?? maxJsonBytes };
    const beyond = text === null ? null : beyondLimits(text, limits);
    if (beyond !== null) throw validationError([beyond]);
    if (!empty && (text === null || !isJson(text)))
      throw new AppError("malformed_json", "The body is not valid JSON.");
    await checkContentDigest(context.req.header("Content-Digest"), bytes);
    await next();
  });
  return [count, limit, check] as const;
}

const emptyObject = z.strictObject({});

/**
 * Stands before a route that takes no body: none at all, or an empty JSON object, which some clients always send. What
 * else comes is a mistake and is refused by the rules for JSON, before anything is done.
 */
export const noBody = [
  ...jsonBody({ types: ["application/json"], optional: true }),
  createMiddleware<AppEnv>(async function checkNoBody(context, next) {
    const result = emptyObject.safeParse(await optionalBody(context));
    if (!result.success) throw validationError(result.error.issues.flatMap(describeIssue));
    await next();
  }),
] as const;

/** What a route behind {@link noBody} may answer to a body, for the OpenAPI document. */
export const noBodyProblems = [
  "malformed_json",
  "payload_too_large",
  "busy",
  "unsupported_media_type",
  "validation_error",
  "digest_mismatch",
] as const;

/** The body behind {@link jsonBody} with `optional`, already checked by its schema where there is one; `{}` where there is none. */
export async function optionalBody(context: Context<AppEnv>): Promise<unknown> {
  // The runtime warns of a text that is asked of an empty body with a picture's type.
  if (context.get("bodyBytes") === 0) return {};
  const text = await context.req.text();
  return text === "" ? {} : JSON.parse(text);
}

/** The text of bytes; null where they are no UTF-8. */
function decodeUtf8(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Any JSON object. A record of zod's would pass over a field that is called `__proto__`. */
export const jsonObject = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "must be a JSON object",
  )
  .openapi({ type: "object", additionalProperties: true });
