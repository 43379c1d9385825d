import { longestKeyCharacters, type ApiKey } from "../../config/api-keys.ts";

/**
 * The key that a request presents in `X-API-Key`, else as `Authorization: Bearer` (RFC 6750 §2.1); null where it presents
 * none. An empty one is none, as the page at `/docs` sends it where its field is empty. Credentials of another scheme are for
 * somebody else, such as a proxy on the way. A token that no key can be is given as it stands, and is nobody's.
 */
export function presentedKey(headers: Headers): string | null {
  const own = headers.get("X-API-Key") ?? "";
  if (own !== "") return own;
  const authorization = headers.get("Authorization") ?? "";
  if (!/^Bearer /i.test(authorization)) return null;
  // What is longer than a few blanks and the longest key holds no key of ours.
  return authorization.length > longestKeyCharacters + 64 ? authorization : authorization.slice(7).trim();
}

/**
 * The entry that has this very key; null where there is none. Compares with every key, each in constant time: the digests are
 * of one length, whatever was presented. What is longer than any key can be is not digested at all.
 */
export async function findKey(keys: readonly ApiKey[], presented: string): Promise<ApiKey | null> {
  if (presented.length > longestKeyCharacters) return null;
  const digest = await sha256(presented);
  let found: ApiKey | null = null;
  for (const key of keys) {
    if (crypto.subtle.timingSafeEqual(await sha256(key.key), digest)) found = key;
  }
  return found;
}

async function sha256(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
