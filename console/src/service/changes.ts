import type { MediaObject } from "tagline-client";

/**
 * What somebody has changed on this page:
 * - `media`: these photos are as told now.
 * - `many`: some photos are others now, which nobody has listed: those of a bulk change, or photos that came or went. Those
 *   that are known to be `gone` are not to be asked for any more.
 */
type ArchiveChange =
  | { readonly kind: "media"; readonly media: readonly MediaObject[] }
  | { readonly kind: "many"; readonly gone?: readonly string[] };

type Listener = (change: ArchiveChange) => void;

/** Tells every part of the page what one of them has changed, so that none shows what is no longer so. */
class Changes {
  readonly #listeners = new Set<Listener>();

  /** Calls with every change from now on, until the function that is returned is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells a change, once the service has it. */
  tell(change: ArchiveChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** The page's only news of changes. */
export const changes = new Changes();
