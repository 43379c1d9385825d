import { z } from "zod";

import { type AccessScopes, emailAddress, scopesOfPerson } from "../../config/access.ts";
import type { Scope } from "../../config/api-keys.ts";
import { AppError } from "../../core/errors.ts";
import { digestOf } from "../../core/text/digest.ts";
import { fromBase64Url } from "../../core/text/encoding.ts";
import { inTime } from "../in-time.ts";
import { KeptIdentities } from "./kept-identities.ts";

/** Whom Cloudflare Access names: nobody, a person with scopes, or somebody whom `ACCESS_SCOPES` gives none. */
export type AccessCheck =
  | { readonly outcome: "none" }
  | { readonly outcome: "permitted"; readonly address: string; readonly scopes: ReadonlySet<Scope> }
  | { readonly outcome: "not_permitted" };

/** What the platform says of the request. */
export interface AccessAsked {
  /** The platform's context of this request. */
  readonly platform: object;
  readonly headers: Headers;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Asks the platform who has come through Cloudflare Access. Only what the platform itself puts beside the request counts
 * (`ctx.access`), and no header, which anybody can write. Throws `busy` where the platform does not tell in two seconds.
 */
export async function personBehindAccess(known: AccessScopes, asked: AccessAsked): Promise<AccessCheck> {
  const access: unknown = Reflect.get(asked.platform, "access");
  if (!isAccess(access)) return { outcome: "none" };
  const address = await addressOf(access, asked);
  const scopes = address === null ? null : scopesOfPerson(known, address);
  return address === null || scopes === null
    ? { outcome: "not_permitted" }
    : { outcome: "permitted", address, scopes };
}

const isolateIdentities = new KeptIdentities();

/** The address of the person, null for one without, such as a program with a service token. */
async function addressOf(
  access: CloudflareAccessContext,
  { headers, now }: AccessAsked,
): Promise<string | null> {
  const token = headers.get(assertionHeader);
  if (token === null || token.length > longestToken) return ask(access);
  const digest = await digestOf(JSON.stringify([access.aud, token]));
  const kept = isolateIdentities.get(digest, now);
  if (kept !== null) return kept;
  const address = await ask(access);
  if (address !== null && address === claimedAddress(token)) isolateIdentities.keep(digest, address, now);
  return address;
}

/**
 * Where Access puts the token of a request that it has let in: a JSON Web Token, which whoever holds it could come in by
 * anyway. It only names what is kept. A client that writes this header itself finds what was kept for that very token, within
 * the last minute, and keeps nothing but an address under a token which claims that address. The cookie of Access is no such
 * name: another site of the same domain can set it in somebody's browser.
 */
const assertionHeader = "Cf-Access-Jwt-Assertion";

/** Tokens of Access have some 1,000 characters; longer ones are not kept. */
const longestToken = 8192;

const identity = z.looseObject({ email: emailAddress });

async function ask(access: CloudflareAccessContext): Promise<string | null> {
  try {
    const found = identity.safeParse(await inTime(async () => access.getIdentity()));
    return found.success ? found.data.email : null;
  } catch (cause) {
    const detail = "Cloudflare Access did not tell who is asking. Send the request again in a few seconds.";
    throw new AppError("busy", detail, { cause, retryAfterSeconds: 2 });
  }
}

/** The address in the claims of a token (RFC 7519 §4), which nobody has checked; null where there is none. */
function claimedAddress(token: string): string | null {
  const [, payload = ""] = token.split(".");
  const bytes = fromBase64Url(payload);
  if (bytes === null) return null;
  try {
    const claims = identity.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return claims.success ? claims.data.email : null;
  } catch {
    return null;
  }
}

function isAccess(value: unknown): value is CloudflareAccessContext {
  return typeof value === "object" && value !== null && "aud" in value && "getIdentity" in value;
}
