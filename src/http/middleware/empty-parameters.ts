import { createMiddleware } from "hono/factory";

import type { AppEnv } from "../context.ts";

/**
 * Takes parameters with an empty value out of the query, so that `prefix=` is the same as none on every route, whatever the
 * route does with it. It comes after the authentication: a signature is of the query as it was sent.
 */
export const dropEmptyParameters = createMiddleware<AppEnv>(
  async function dropEmptyParameters(context, next) {
    const { raw } = context.req;
    const url = new URL(raw.url);
    const given = url.search === "" ? [] : url.search.slice(1).split("&");
    const full = given.filter(hasValue);
    if (full.length < given.length) {
      // The others stay as they were written: to decode and encode them could change what is no valid escape.
      url.search = full.join("&");
      context.req.raw = new Request(url, raw);
    }
    await next();
  },
);

/** Whether anything follows the first `=` of a parameter. */
function hasValue(parameter: string): boolean {
  const equals = parameter.indexOf("=");
  return equals >= 0 && equals < parameter.length - 1;
}
