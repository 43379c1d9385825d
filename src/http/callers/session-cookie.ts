import type { ApiKey } from "../../config/api-keys.ts";
import { openSigner, type SigningSecrets } from "../../core/signing.ts";
import { isSafeForSecrets } from "../../core/text/address.ts";

/** How long a session lives, from the moment of signing in: 12 hours. It is not prolonged. */
export const sessionLifetimeMs = 12 * 60 * 60 * 1000;

/** The parts of signed texts that keep sessions, and digests of keys in them, apart from everything else that is signed. */
const purposes = { session: "session", key: "session-key" } as const;

/**
 * What the cookie holds: the NAME of the entry of `API_KEYS`, a keyed digest of its KEY, the time at which the session ends
 * in seconds since the epoch, and the signature of these. It holds no key, and no scopes.
 */
const form = /^([a-z0-9-]{1,32})\.([A-Za-z0-9_-]{22})\.([1-9][0-9]{9,10})\.([A-Za-z0-9_-]{22})$/;

/** How a session's cookie is called at an address, and whether browsers send it over TLS alone. */
export interface SessionCookie {
  readonly name: string;
  readonly secure: boolean;
}

/**
 * The cookie for an address; null where none may be set, since anybody on the way could read it. Over https the prefix has
 * the browser refuse a cookie that another host of the same domain has set (RFC 6265bis §4.1.3.2). On this very machine
 * the name has the port, since browsers send a cookie to all ports of a host (RFC 6265 §8.5).
 */
export function sessionCookieFor(url: URL): SessionCookie | null {
  if (url.protocol === "https:") return { name: "__Host-tagline-session", secure: true };
  if (!isSafeForSecrets(url)) return null;
  return { name: `tagline-session-${url.port === "" ? "80" : url.port}`, secure: false };
}

/** A session that has begun: what the cookie holds, and when it ends, in milliseconds since the epoch. */
export interface Session {
  readonly value: string;
  readonly expiresAt: number;
}

/** Begins a session of whoever holds the key of this entry, at `now` in milliseconds since the epoch. */
export async function beginSession(secrets: SigningSecrets, entry: ApiKey, now: number): Promise<Session> {
  const signer = await openSigner(secrets);
  const endSeconds = Math.floor((now + sessionLifetimeMs) / 1000);
  const text = `${entry.name}.${await signer.sign(purposes.key, entry.key)}.${endSeconds}`;
  const value = `${text}.${await signer.sign(purposes.session, text)}`;
  return { value, expiresAt: endSeconds * 1000 };
}

/** What a cookie says: nothing, a session that holds, one of ours that is over, or something that is not ours. */
export type SessionCheck =
  | { readonly outcome: "none" }
  | { readonly outcome: "valid"; readonly entry: ApiKey; readonly expiresAt: number }
  | { readonly outcome: "over" }
  | { readonly outcome: "altered" };

/** What is checked, and against what. */
export interface SessionChecking {
  /** The header `Cookie` of the request; null where it has none. */
  readonly header: string | null;
  readonly cookie: SessionCookie;
  /** Null where nothing can be signed: then no session holds. */
  readonly secrets: SigningSecrets | null;
  readonly keys: readonly ApiKey[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Checks the session that a request brings. Its entry is looked up among the keys of this moment, by its NAME and by the
 * digest of its KEY, so that a session ends with its entry, and keeps to its own where two have the same NAME.
 */
export async function checkSession(asked: SessionChecking): Promise<SessionCheck> {
  const [value, ...more] = valuesOf(asked.header ?? "", asked.cookie.name);
  if (value === undefined) return { outcome: "none" };
  const [, name = "", digest = "", end = "", tag = ""] = form.exec(value) ?? [];
  // A browser sends two of one name only where somebody else has set one of them, and nobody can tell which.
  if (name === "" || more.length > 0 || asked.secrets === null) return { outcome: "altered" };
  const signer = await openSigner(asked.secrets);
  if (!(await signer.verify(purposes.session, `${name}.${digest}.${end}`, tag)))
    return { outcome: "altered" };
  const expiresAt = Number(end) * 1000;
  if (asked.now >= expiresAt) return { outcome: "over" };
  for (const entry of asked.keys) {
    const isItsOwn = entry.name === name && (await signer.verify(purposes.key, entry.key, digest));
    if (isItsOwn) return { outcome: "valid", entry, expiresAt };
  }
  return { outcome: "over" };
}

/** The values of all cookies of a name, as the header has them (RFC 6265 §4.2.1); names count with their case. */
function valuesOf(header: string, name: string): string[] {
  return header.split(";").flatMap((pair) => {
    const trimmed = pair.trim();
    return trimmed.startsWith(`${name}=`) ? [trimmed.slice(name.length + 1)] : [];
  });
}
