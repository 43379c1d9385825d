import type { Draft } from "../drafts/draft.ts";

/** So many photos are remembered. */
const mostKept = 50;

/** What somebody has given up in this page last, by photo: a photo that was closed right after it gives it back, too. */
export class GivenUp {
  readonly #drafts = new Map<string, Draft>();

  /** Remembers what was given up. */
  keep(draft: Draft): void {
    this.#drafts.delete(draft.id);
    this.#drafts.set(draft.id, draft);
    const [oldest] = this.#drafts.keys();
    if (this.#drafts.size > mostKept && oldest !== undefined) this.#drafts.delete(oldest);
  }

  /** What was given up of a photo; null where nothing was, or something was typed since. */
  of(id: string): { readonly draft: Draft } | null {
    const draft = this.#drafts.get(id);
    return draft === undefined ? null : { draft };
  }

  /** Remembers it no more: something else was typed. */
  forget(id: string): void {
    this.#drafts.delete(id);
  }
}

/** The page's only one. */
export const givenUp = new GivenUp();
