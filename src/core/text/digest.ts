import { toBase64Url } from "./encoding.ts";

/** How many bytes of the digest are kept: 128 bits, so that nobody finds two texts with the same name. */
const keptBytes = 16;

/** Names a text by its SHA-256, cut: base64url without padding. */
export async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return toBase64Url(new Uint8Array(digest, 0, keptBytes));
}
