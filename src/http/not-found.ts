import type { Context, Hono } from "hono";

import { AppError } from "../errors.ts";
import type { AppEnv } from "./context.ts";

/** Answers what no route has answered: 405 with `Allow` where the path is known, else 404. */
export function createNotFound(app: Hono<AppEnv>): (context: Context<AppEnv>) => never {
  let routes: readonly { readonly method: string; readonly pattern: RegExp }[] | undefined;
  return (context) => {
    routes ??= app.routes
      .filter((route) => route.method !== "ALL")
      .map((route) => ({ method: route.method, pattern: patternOf(route.path) }));
    const known = routes.filter((route) => route.pattern.test(context.req.path)).map((route) => route.method);
    if (known.length === 0) throw new AppError("resource_not_found", "There is nothing at this path.");
    const methods = new Set([...known, ...(known.includes("GET") ? ["HEAD"] : [])]);
    const allow = [...methods].toSorted().join(", ");
    throw new AppError("method_not_allowed", `This path answers ${allow}.`, { headers: { Allow: allow } });
  };
}

function patternOf(path: string): RegExp {
  const segments = path
    .split("/")
    .map((segment) => (segment.startsWith(":") ? "[^/]+" : RegExp.escape(segment)));
  return new RegExp(`^${segments.join("/")}$`);
}
