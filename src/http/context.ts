import type { ApiKey } from "../config/api-keys.ts";
import type { Services } from "../services.ts";
import type { SignedLink } from "./links/signed-links.ts";

/** Who sends a request, as far as it has proved that. */
export type Caller =
  /** Whoever holds this key. */
  | { readonly kind: "key"; readonly key: ApiKey }
  /** Whoever follows this signed link; the link opens nothing but what it was made for. */
  | { readonly kind: "link"; readonly link: SignedLink }
  /** Nothing was presented, or nothing has proved valid yet. */
  | { readonly kind: "nobody" };

/** Who a caller is in the history of what was changed: the name of the key; null for whoever has none. */
export function callerName(caller: Caller): string | null {
  return caller.kind === "key" ? caller.key.name : null;
}

/** What Hono's context carries through the middleware to the handlers. */
export interface AppEnv {
  readonly Bindings: Env;
  readonly Variables: {
    requestId: string;
    services: Services;
    caller: Caller;
    /** How many bytes of a body have been read into memory; not set where none were. */
    bodyBytes: number | undefined;
  };
}
