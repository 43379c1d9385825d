import type { MediaObject } from "tagline-client";
import { kindOf, type FailureKind } from "../../service/failure.ts";

/** How much is known of a photo. */
export type Detail =
  | { readonly kind: "loading" }
  | { readonly kind: "loaded"; readonly media: MediaObject }
  | { readonly kind: "failed"; readonly failure: FailureKind };

/** What {@link Details} needs of its surroundings. */
export interface DetailSource {
  /** Asks the service for a photo. */
  readonly load: (id: string, signal: AbortSignal) => Promise<MediaObject>;
  /** Is called whenever {@link Details.of} has something else to tell of some photo. */
  readonly changed: () => void;
  /** The time in milliseconds, from any beginning. */
  readonly now: () => number;
}

/** So many photos are kept, so that the way back asks for nothing. */
const mostKept = 60;

/** What came so short a time ago is not asked for again when it is shown, in milliseconds. */
const freshMs = 10_000;

interface Known {
  readonly detail: Detail;
  /** When it came. */
  readonly at: number;
}

/**
 * What is known of the photo that is shown, and of those beside it. A photo that is shown again is told from memory at once,
 * and asked for anew; requests for photos that were passed are stopped.
 */
export class Details {
  readonly #source: DetailSource;
  readonly #known = new Map<string, Known>();
  readonly #asked = new Map<string, AbortController>();
  #shown: string | null = null;

  constructor(source: DetailSource) {
    this.#source = source;
  }

  /** What is known of a photo by now. */
  of(id: string): Detail {
    return this.#known.get(id)?.detail ?? { kind: "loading" };
  }

  /** Loads the photo that is shown from now on, unless it has just come. */
  show(id: string): void {
    this.#shown = id;
    const known = this.#known.get(id);
    const isFresh = known?.detail.kind === "loaded" && this.#source.now() - known.at < freshMs;
    if (!isFresh) this.refresh(id);
  }

  /** Loads the photos beside the one that is shown, as far as nothing is known of them, and stops what else is asked for. */
  prepare(beside: readonly string[]): void {
    this.#stopAllBut([this.#shown, ...beside]);
    for (const id of beside) if (this.of(id).kind !== "loaded") this.#ask(id);
  }

  /** Loads a photo once more; what is known of it stays until the answer comes, unless that was a failure. */
  refresh(id: string): void {
    if (this.of(id).kind === "failed") this.#keep(id, { kind: "loading" });
    this.#ask(id);
  }

  /** Takes in what somebody on this page has made of a photo. An answer that is on its way may be older than that. */
  take(media: MediaObject): void {
    this.#asked.get(media.id)?.abort();
    this.#keep(media.id, { kind: "loaded", media });
  }

  /** Asks anew for the photo that is shown, and for the others when they are: something has changed some of them. */
  renew(): void {
    for (const id of this.#known.keys()) if (id !== this.#shown) this.#known.delete(id);
    if (this.#shown !== null) this.refresh(this.#shown);
    this.#source.changed();
  }

  /** Stops every request. */
  close(): void {
    this.#stopAllBut([]);
  }

  #stopAllBut(ids: readonly (string | null)[]): void {
    for (const [id, stop] of this.#asked) if (!ids.includes(id)) stop.abort();
  }

  #ask(id: string): void {
    if (this.#asked.has(id)) return;
    const stop = new AbortController();
    this.#asked.set(id, stop);
    stop.signal.addEventListener("abort", () => this.#asked.delete(id), { once: true });
    void this.#take(id, stop.signal);
  }

  async #take(id: string, signal: AbortSignal): Promise<void> {
    const detail = await this.#answerOf(id, signal);
    if (signal.aborted) return;
    this.#asked.delete(id);
    if (detail !== null) this.#keep(id, detail);
  }

  /** Null for a request that was stopped, and where what is known already is worth more than the failure to renew it. */
  async #answerOf(id: string, signal: AbortSignal): Promise<Detail | null> {
    try {
      return { kind: "loaded", media: await this.#source.load(id, signal) };
    } catch (error) {
      const failure = kindOf(error);
      if (failure === null) return null;
      const isKnown = this.of(id).kind === "loaded";
      return isKnown && failure !== "gone" && failure !== "notAllowed" ? null : { kind: "failed", failure };
    }
  }

  #keep(id: string, detail: Detail): void {
    this.#known.delete(id);
    this.#known.set(id, { detail, at: this.#source.now() });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
    this.#source.changed();
  }
}

/** How long to wait before a photo that is being processed is asked for again, in milliseconds: ever longer, up to half a minute. */
export function pollDelayMs(asked: number): number {
  return Math.min(2_000 * 1.5 ** asked, 30_000);
}
