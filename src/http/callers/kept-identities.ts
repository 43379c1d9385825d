/** How long an address is kept: for a minute, in which a page asks for hundreds of thumbnails. */
const keptMs = 60_000;

/** How many addresses an isolate keeps, at the most. */
const mostKept = 1000;

/** Addresses of people by the digest of the token that a request of theirs had: bounded, and each for a minute only. */
export class KeptIdentities {
  readonly #kept = new Map<string, { readonly address: string; readonly until: number }>();

  /** The address that was kept under a digest, if that was less than a minute before `now` (milliseconds); else null. */
  get(digest: string, now: number): string | null {
    const found = this.#kept.get(digest);
    return found !== undefined && now < found.until ? found.address : null;
  }

  /** Keeps an address under a digest, in place of the one that has been kept longest where there are too many. */
  keep(digest: string, address: string, now: number): void {
    // What is kept anew goes to the end, so that the first is always the oldest.
    this.#kept.delete(digest);
    this.#kept.set(digest, { address, until: now + keptMs });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }
}
