import type { ObjectMetadata } from "../../db/media/record.ts";
import { canonicalJson } from "../metadata/rules.ts";

/** How many bytes of the digest are kept: enough that no two words of a record ever share them. */
const hashBytes = 12;

/**
 * Names words by a hash, 16 characters of Base64 (SHA-256, cut): an operation is taken back only where the words are
 * still, or again, what it left. The order of fields does not count.
 */
export async function hashOfWords(metadata: ObjectMetadata): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonicalJson(metadata)));
  return btoa(String.fromCharCode(...new Uint8Array(digest, 0, hashBytes)));
}
