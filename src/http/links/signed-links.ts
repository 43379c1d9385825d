import type { MediaObject } from "../../db/media/record.ts";
import type { Services } from "../../services.ts";
import { openSigner, type Signer } from "../../core/signing.ts";
import type { Variant } from "../../thumbnail/types.ts";
import { configuredSecrets, signingSecrets } from "./signing-secrets.ts";

/** How long a link lives if nobody says otherwise, and at most, in seconds. */
export const linkLifetime = { default: 86_400, most: 604_800 } as const;

/** Expiries are rounded up to this, so that a page that is asked for again has the same links, and caches hit. */
const roundingMs = 3_600_000;

/** The bytes of a deleted media object must not stay in shared caches for the whole life of a link. */
const longestCachedSeconds = 86_400;

/** The part of a signed text that keeps links apart from everything else that is signed. */
const purpose = "link";

/** A signed link that was followed and holds. */
export interface SignedLink {
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What the signature of a request says: it holds, it held until its time was over, or it is not ours. */
export type LinkCheck =
  | { readonly outcome: "valid"; readonly link: SignedLink }
  | { readonly outcome: "expired" }
  | { readonly outcome: "altered" };

/** When a link that is made `now` expires, in milliseconds since the epoch. */
export function linkExpiry(now: number, livesSeconds: number): number {
  return Math.ceil((now + livesSeconds * 1000) / roundingMs) * roundingMs;
}

/** Makes the links of one request: absolute, from the request's own origin. */
export class LinkMaker {
  readonly #signer: Signer;
  readonly #origin: string;
  readonly #expiresAt: number;

  private constructor(signer: Signer, origin: string, expiresAt: number) {
    this.#signer = signer;
    this.#origin = origin;
    this.#expiresAt = expiresAt;
  }

  /** Imports the key once, however many links follow. */
  static async open(services: Services, requestUrl: string, expiresAt: number): Promise<LinkMaker> {
    const signer = await openSigner(signingSecrets(services));
    return new LinkMaker(signer, new URL(requestUrl).origin, expiresAt);
  }

  /** The time at which these links expire, as clients see it. */
  get expiresAt(): string {
    return new Date(this.#expiresAt).toISOString();
  }

  /** A link to the original bytes; `v` names them. */
  async data(media: Pick<MediaObject, "id" | "version">): Promise<string> {
    return this.#link(`/v1/media/${media.id}/data`, { v: media.version });
  }

  /** A link to a thumbnail; null for a media object that can have no thumbnail. */
  async thumbnail(
    media: Pick<MediaObject, "id" | "thumbnailVersion">,
    { size, fit }: Variant,
  ): Promise<string | null> {
    if (media.thumbnailVersion === null) return null;
    const variant = { size: String(size), fit, v: media.thumbnailVersion };
    return this.#link(`/v1/media/${media.id}/thumbnail`, variant);
  }

  async #link(path: string, query: Readonly<Record<string, string>>): Promise<string> {
    const parameters = new URLSearchParams({ ...query, expires: String(this.#expiresAt / 1000) });
    const sorted = sortedText(parameters);
    const signature = await this.#signer.sign(purpose, signedText(path, sorted));
    return `${this.#origin}${path}?${sorted}&signature=${signature}`;
  }
}

/** Whether a request's address carries a signature, good or bad. */
export function isSigned(url: string): boolean {
  return new URL(url).searchParams.has("signature");
}

/** Checks the signature of a request. A link that is read by HEAD is the same as one that is read by GET. */
export async function checkLink(services: Services, method: string, address: string): Promise<LinkCheck> {
  const altered = { outcome: "altered" } as const;
  const { pathname, searchParams } = new URL(address);
  const [signature, ...more] = searchParams.getAll("signature");
  const secrets = configuredSecrets(services);
  if (signature === undefined || more.length > 0 || secrets === null) return altered;
  if (method !== "GET" && method !== "HEAD") return altered;
  searchParams.delete("signature");
  const signer = await openSigner(secrets);
  if (!(await signer.verify(purpose, signedText(pathname, sortedText(searchParams)), signature)))
    return altered;
  // Signed by us, so it is a number.
  const expiresAt = Number(searchParams.get("expires")) * 1000;
  return Date.now() < expiresAt ? { outcome: "valid", link: { expiresAt } } : { outcome: "expired" };
}

/** The text that is signed: method, path and every parameter but the signature. */
function signedText(path: string, query: string): string {
  return `GET\n${path}\n${query}`;
}

/** Parameters in one order, whatever their order in the address. */
function sortedText(parameters: URLSearchParams): string {
  parameters.sort();
  return parameters.toString();
}

/**
 * `Cache-Control` of what a signed link is answered with: shared caches may keep it, but no longer than the link lives,
 * and only the very bytes that its `v` names.
 */
export function linkCaching(link: SignedLink, namesTheseBytes: boolean): string {
  if (!namesTheseBytes) return "private, no-cache";
  const livesSeconds = Math.floor((link.expiresAt - Date.now()) / 1000);
  return `public, max-age=${Math.max(0, Math.min(livesSeconds, longestCachedSeconds))}`;
}
