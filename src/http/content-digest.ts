import { validationError } from "../errors.ts";

/**
 * The SHA-256 of a `Content-Digest` header (RFC 9530 §2), null where there is no header. Digests by other algorithms
 * are passed over, as the RFC asks; one by SHA-256 that is not 32 bytes is a mistake and is refused.
 */
export function parseContentDigest(header: string | undefined): Uint8Array | null {
  const [, encoded] = /(?:^|,)\s*sha-256=:([^:]*):/i.exec(header ?? "") ?? [];
  if (encoded === undefined) return null;
  const bytes = decodeBase64(encoded);
  if (bytes?.length === 32) return bytes;
  throw validationError([
    { path: "Content-Digest", message: "must hold the 32 bytes of a SHA-256 in base64" },
  ]);
}

function decodeBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
