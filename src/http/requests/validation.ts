import type { Hook } from "@hono/zod-openapi";
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";

import { isMediaId } from "../../core/media-id.ts";
import { AppError, validationError } from "../../core/errors.ts";
import { countBody } from "../middleware/buffered-body.ts";
import { checkContentDigest } from "../headers/content-digest.ts";
import { mediaTypeOf } from "../headers/content-type.ts";
import type { AppEnv } from "../context.ts";
import { beyondLimits } from "./json-limits.ts";

/** Answers what does not fit a route's schemas: 422 with a path and a message for each part. */
export const refuseInvalid: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (result.success) return;
  throw validationError(result.error.issues.flatMap(describeIssue));
};

/** What an issue of a schema says to a client: a path and a message for each part. */
export function describeIssue(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not known here" }));
  }
  return [{ path: path.join("."), message: issue.message }];
}

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

/** A whole number as a query parameter. */
export function wholeNumber({ min, max }: { readonly min: number; readonly max: number }) {
  return z
    .string()
    .regex(/^\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))
    .openapi({ type: "integer", minimum: min, maximum: max });
}

/** `true` or `false` as a query parameter. */
export function flag() {
  return z
    .enum(["true", "false"], "must be true or false")
    .default("false")
    .transform((text) => text === "true")
    .openapi({ type: "boolean", default: false });
}

/** The query of a route that takes no parameters: a typing mistake is refused there too. */
export const noParameters = z.strictObject({});

/** The same before a route that the OpenAPI document does not describe. */
export const withoutParameters = createMiddleware<AppEnv>(async (context, next) => {
  const result = noParameters.safeParse(context.req.query());
  if (!result.success) throw validationError(result.error.issues.flatMap(describeIssue));
  await next();
});

/** What a signed link carries besides its variant; checked where the request is authenticated. */
export const linkParameters = {
  expires: z
    .string()
    .regex(/^\d{1,12}$/, "is no time in seconds")
    .optional()
    .openapi({ description: "Part of a signed link: when the link expires, in seconds since 1970." }),
  signature: z.string().max(64).optional().openapi({
    description:
      "Part of a signed link. Never a key: a key in the address is refused. Passed over where a key is sent.",
  }),
};

/** The id in a path. One that no record can have is answered as one that no record has. */
export const mediaIdParam = z.object({
  // Without an example, so that the page at /docs asks for one that exists.
  id: z.string().openapi({ format: "uuid", description: "The id of the media object." }),
});

/** 404 for what is no id at all, before the database is asked. */
export function knownId(id: string): string {
  if (isMediaId(id)) return id.toLowerCase();
  throw new AppError("resource_not_found", "There is no media object with this id.");
}
