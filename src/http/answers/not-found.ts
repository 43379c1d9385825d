import type { Context, Hono } from "hono";

import { AppError } from "../../core/errors.ts";
import type { AppEnv } from "../context.ts";

/** Answers requests that no route has answered: 405 with `Allow` if the path is known, else 404. */
export function createNotFound(app: Hono<AppEnv>): (context: Context<AppEnv>) => never {
  let routes: readonly { readonly method: string; readonly segments: readonly string[] }[] | undefined;
  return (context) => {
    routes ??= app.routes
      .filter((route) => route.method !== "ALL")
      .map((route) => ({ method: route.method, segments: route.path.split("/") }));
    const path = context.req.path.split("/");
    const known = routes.filter((route) => matches(route.segments, path)).map((route) => route.method);
    if (known.length === 0) throw new AppError("resource_not_found", "The service has no such path.");
    const methods = new Set([...known, ...(known.includes("GET") ? ["HEAD"] : [])]);
    const allow = [...methods].toSorted().join(", ");
    throw new AppError("method_not_allowed", `This path answers only the methods ${allow}.`, {
      headers: { Allow: allow },
    });
  };
}

/** Whether a path is a route's: segment by segment, and any but an empty one in the place of a parameter. */
function matches(route: readonly string[], path: readonly string[]): boolean {
  if (route.length !== path.length) return false;
  return route.every((segment, index) =>
    segment.startsWith(":") ? path[index] !== "" : segment === path[index],
  );
}
