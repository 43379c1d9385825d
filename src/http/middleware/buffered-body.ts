import { createMiddleware } from "hono/factory";

import { isolateMemory, usualDecodeBytes } from "../../thumbnail/budget.ts";
import type { AppEnv } from "../context.ts";

/** Up to so many bytes a body is not counted: a change of a few words is not to be turned away for want of memory. */
const uncountedBytes = 64 * 1024;

/**
 * Stands before whatever reads a body into memory, up to `maxBytes` of it: the body counts in the isolate's account while
 * the request is answered, so often as there are copies of it at a time. Where there is no room it is answered `busy`,
 * before any of it is read. A body without a length counts as the longest.
 */
export function countBody({ maxBytes, copies }: { readonly maxBytes: number; readonly copies: number }) {
  return createMiddleware<AppEnv>(async function countBufferedBody(context, next) {
    const bytes = Number(context.req.header("Content-Length") ?? maxBytes);
    // A body that is too long is refused by its length, before it is read.
    if (context.req.raw.body === null || !(bytes > uncountedBytes && bytes <= maxBytes)) return next();
    await isolateMemory.withAccount(async (account) => {
      account.takeInput(bytes * copies, usualDecodeBytes("image/jpeg"));
      await next();
    });
  });
}
