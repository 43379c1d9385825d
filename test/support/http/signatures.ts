/** The HMAC-SHA-256 of a text in hexadecimal, as Dropbox signs what it sends. */
export async function hmacOf(text: string, secret: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  const tag = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return Array.from(new Uint8Array(tag), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
