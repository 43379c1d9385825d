import { toBase64Url } from "./encoding.ts";

/** Names a text by its whole SHA-256, so that nobody finds two texts with the same name: base64url without padding. */
export async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return toBase64Url(new Uint8Array(digest));
}
