import { AppError, validationError } from "../../core/errors.ts";

/** Digests by every algorithm there is take a few hundred characters. */
const longestDigest = 4096;

/**
 * The SHA-256 of a `Content-Digest` header (RFC 9530 §2), null where there is no header or none by SHA-256: digests by
 * other algorithms are passed over, as the RFC asks. A header that is no dictionary of byte sequences (RFC 9651 §3.2,
 * §3.3.5), one of more than 4,096 characters, and a SHA-256 that is not 32 bytes are refused as `validation_error`: who
 * sends a digest wants the bytes to be checked. Capitals in names of algorithms are borne with.
 */
export function parseContentDigest(header: string | undefined): Uint8Array | null {
  if (header === undefined || header.trim() === "") return null;
  const digests = header.length > longestDigest ? null : parseDigests(header.trim());
  if (digests === null)
    throw invalid("must be a list of digests such as sha-256=:…:, separated by commas (RFC 9530)");
  const encoded = digests.get("sha-256");
  if (encoded === undefined) return null;
  const bytes = decodeBase64(encoded);
  if (bytes?.length === 32) return bytes;
  throw invalid("must hold the 32 bytes of a SHA-256 in base64");
}

/**
 * Checks bytes that are in memory against the request's `Content-Digest`: `digest_mismatch` where they do not have it.
 * What is streamed to the storage is checked there.
 */
export async function checkContentDigest(header: string | undefined, bytes: ArrayBuffer): Promise<void> {
  const declared = parseContentDigest(header);
  if (declared === null) return;
  const actual = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (crypto.subtle.timingSafeEqual(actual, declared)) return;
  throw new AppError(
    "digest_mismatch",
    "The digest of the body differs from the header Content-Digest. Nothing was changed.",
  );
}

function invalid(message: string): AppError {
  return validationError([{ path: "Content-Digest", message }]);
}

/** A member of the dictionary: a key, a byte sequence, and parameters, none of which mean anything here. */
const member =
  /([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):(?:; *[a-z*][a-z0-9_.*-]*(?:=(?:[\w*:/+.?-]+|"(?:[ !#-[\]-~]|\\["\\])*"))?)*/iy;
const comma = /[ \t]*,[ \t]*/y;

/** The byte sequences by their keys, of several with one key the last (RFC 9651 §4.2.2); null where it is no dictionary. */
function parseDigests(header: string): ReadonlyMap<string, string> | null {
  const digests = new Map<string, string>();
  for (let index = 0; ;) {
    member.lastIndex = index;
    const [whole, key, bytes] = member.exec(header) ?? [];
    if (whole === undefined || key === undefined || bytes === undefined) return null;
    digests.set(key.toLowerCase(), bytes);
    index += whole.length;
    if (index === header.length) return digests;
    comma.lastIndex = index;
    const separator = comma.exec(header)?.[0].length ?? 0;
    if (separator === 0) return null;
    index += separator;
  }
}

function decodeBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
