import { fromBase64Url, toBase64Url } from "./text/encoding.ts";

const encoder = new TextEncoder();

/** How many bytes of the HMAC are kept: 128 bits, far more than anybody can try. */
const tagBytes = 16;

/** Which secrets sign (the first) and are accepted (all). */
export type SigningSecrets = readonly [string, ...string[]];

/** Signs and verifies with keys that were imported once: for many texts at a time. */
export interface Signer {
  /** Signs a text for one purpose with HMAC-SHA-256; base64url without padding. */
  sign(purpose: string, text: string): Promise<string>;
  /** True if one of the secrets has signed this text for this purpose; compared in constant time. */
  verify(purpose: string, text: string, tag: string): Promise<boolean>;
}

/** Imports the keys: the first secret signs, all are accepted. */
export async function openSigner(secrets: SigningSecrets): Promise<Signer> {
  const current = await importKey(secrets[0]);
  return {
    sign: async (purpose, text) => toBase64Url(await tagOf(current, purpose, text)),
    verify: async (purpose, text, tag) => {
      const given = fromBase64Url(tag);
      if (given?.length !== tagBytes) return false;
      for (const [index, secret] of secrets.entries()) {
        const key = index === 0 ? current : await importKey(secret);
        if (crypto.subtle.timingSafeEqual(await tagOf(key, purpose, text), given)) return true;
      }
      return false;
    },
  };
}

/** Signs one text; see {@link Signer}. */
export async function sign(secrets: SigningSecrets, purpose: string, text: string): Promise<string> {
  return (await openSigner(secrets)).sign(purpose, text);
}

/** Verifies one text; see {@link Signer}. */
export async function verify(
  secrets: SigningSecrets,
  purpose: string,
  text: string,
  tag: string,
): Promise<boolean> {
  return (await openSigner(secrets)).verify(purpose, text, tag);
}

async function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
}

async function tagOf(key: CryptoKey, purpose: string, text: string): Promise<Uint8Array> {
  const tag = await crypto.subtle.sign("HMAC", key, encoder.encode(`${purpose}\n${text}`));
  return new Uint8Array(tag).subarray(0, tagBytes);
}
