/** Tells what changes often no more often than somebody can listen to it; a screen reader reads out every change. */
export class Pace {
  readonly #everyMs: number;
  #said = "";
  #at = -Infinity;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** What is to be heard now: the text if it is time for one, or if it must be heard at once, else what was heard last. */
  take(
    text: string,
    { now, isUrgent = false }: { readonly now: number; readonly isUrgent?: boolean },
  ): string {
    if (text === this.#said || (!isUrgent && now - this.#at < this.#everyMs)) return this.#said;
    this.#at = now;
    return (this.#said = text);
  }
}
