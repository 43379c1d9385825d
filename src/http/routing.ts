import { OpenAPIHono } from "@hono/zod-openapi";

import type { Scope } from "../config/api-keys.ts";
import type { AppEnv } from "./context.ts";
import { refuseInvalid } from "./requests/validation.ts";

/** A sub-app for one resource. */
export function createRoutes(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
}

/** How the OpenAPI document says that a route needs a scope, which a key has. */
export function keyWith(scope: Scope): Record<string, string[]>[] {
  return [{ apiKey: [scope] }];
}

/** How it says that a signed link will do as well: then no key is needed (OpenAPI 3.1 §4.8.30). */
export function orLink(security: Record<string, string[]>[]): Record<string, string[]>[] {
  return [...security, {}];
}
