import { z } from "@hono/zod-openapi";

import { scopes } from "../../config/api-keys.ts";
import { ways, type KnownCaller } from "../context.ts";

/** A known caller as clients see one. */
export const callerFields = {
  name: z.string().openapi({
    description: "The name of the key, or the e-mail address of a person whom Cloudflare Access names.",
  }),
  scopes: z
    .array(z.enum(scopes).openapi({ description: "The name of a scope." }))
    .openapi({ description: "The scopes of the caller." }),
  via: z.enum(ways).openapi({
    description:
      "The way in which the caller has proved who they are. `key`: by an API key. `session`: by a session that an API key has begun. `access`: by Cloudflare Access.",
  }),
};

/** What clients see of a known caller, the scopes in their order. */
export function shownCaller({ name, scopes: granted, via }: KnownCaller) {
  return { name, scopes: scopes.filter((scope) => granted.has(scope)), via };
}
