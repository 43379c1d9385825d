import { type Hook, z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";

import { validationError } from "../../core/errors.ts";
import { variantOf, type ThumbnailFit, type ThumbnailSize, type Variant } from "../../thumbnail/types.ts";
import type { AppEnv } from "../context.ts";

/** Refuses a request that breaks a route's schemas: 422 with a path and a message for each part. */
export const refuseInvalid: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (result.success) return;
  throw validationError(result.error.issues.flatMap(describeIssue));
};

/** An issue of a schema as a client is told: a path and a message for each part. */
export function describeIssue(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not a known name" }));
  }
  return [{ path: path.join("."), message: issue.message }];
}

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
export function flag(byDefault = false) {
  return z
    .enum(["true", "false"], "must be true or false")
    .default(byDefault ? "true" : "false")
    .transform((text) => text === "true")
    .openapi({ type: "boolean", default: byDefault });
}

/** The thumbnail of this size and fit; 422 at `path`, where the size stands, if there is none. */
export function variantAt(
  path: string,
  { size, fit }: { readonly size: ThumbnailSize; readonly fit: ThumbnailFit },
): Variant {
  const variant = variantOf(size, fit);
  if (variant !== null) return variant;
  throw validationError([{ path, message: `can be ${size} only with the fit contain, not with ${fit}` }]);
}

/** The query of a route that takes no parameters: a typing mistake is refused there too. */
export const noParameters = z.strictObject({});

/** Refuses parameters before a route that the OpenAPI document does not describe. */
export const withoutParameters = createMiddleware<AppEnv>(async (context, next) => {
  const result = noParameters.safeParse(context.req.query());
  if (!result.success) throw validationError(result.error.issues.flatMap(describeIssue));
  await next();
});

/** The parameters of a signed link besides its variant; authentication checks them. */
export const linkParameters = {
  expires: z
    .string()
    .regex(/^\d{1,12}$/, "is not a time in seconds")
    .optional()
    .openapi({
      description: "Part of a signed link: the time at which the link expires, in seconds since 1970.",
    }),
  signature: z.string().max(64).optional().openapi({
    description:
      "Part of a signed link: the signature. An API key is not a signature. The service ignores the signature if the request has an API key.",
  }),
};

/** The id in a path. The answer to an invalid id is the same as to an unknown id. */
export const mediaIdParam = z.object({
  // Without an example, so that the page at /docs asks for one that exists.
  id: z.string().openapi({ format: "uuid", description: "The id of the media object." }),
});
