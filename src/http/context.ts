import type { ApiKey, Scope } from "../config/api-keys.ts";
import type { Services } from "../services.ts";
import type { SignedLink } from "./links/signed-links.ts";

/** How callers prove who they are: by a key, by the session that a key has begun, or as Cloudflare Access names them. */
export const ways = ["key", "session", "access"] as const;

/** Somebody who has proved who they are, whichever way they came. */
export interface KnownCaller {
  readonly kind: "known";
  readonly via: (typeof ways)[number];
  /** The NAME of the entry of `API_KEYS`, or the e-mail address of the person. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The entry of `API_KEYS`; null for a person whom Access names. */
  readonly entry: ApiKey | null;
  /** When the session ends, in milliseconds since the epoch; null for a caller without a session. */
  readonly expiresAt: number | null;
}

/** Nobody who is known, and why. */
export interface UnknownCaller {
  readonly kind: "nobody";
  /**
   * Nothing was presented; a session of ours whose time or whose key is over; a session that is not ours; or a person
   * whom Access names and who has no scope.
   */
  readonly because: "nothing_sent" | "session_over" | "session_altered" | "not_permitted";
}

/** Who sends a request, as far as it has proved that. */
export type Caller =
  | KnownCaller
  /** Whoever follows this signed link; the link opens nothing but what it was made for. */
  | { readonly kind: "link"; readonly link: SignedLink }
  | UnknownCaller;

/** Who a caller is in the history of what was changed: the name of the key, or the address of the person; null for others. */
export function callerName(caller: Caller): string | null {
  return caller.kind === "known" ? caller.name : null;
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
