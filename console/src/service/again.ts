import type { FailureKind } from "./failure.ts";

/** How long to wait before something is tried again by itself, in milliseconds: ever longer, up to a minute. */
export function delayMs(failures: number): number {
  return Math.min(2_000 * 2 ** failures, 60_000);
}

/** Has work go on by itself that the service could not take, after a while that grows with every attempt in vain. */
export class Again {
  readonly #goOn: () => void;
  readonly #isOnline: () => boolean;
  #attempts = 0;
  #waiting: ReturnType<typeof setTimeout> | null = null;

  /** `isOnline`: without a network every attempt is in vain, and whoever hears that it is back goes on at once. */
  constructor(goOn: () => void, isOnline: () => boolean) {
    this.#goOn = goOn;
    this.#isOnline = isOnline;
  }

  /** Notes why nothing goes on, such as since a person has stopped it; null where it does. */
  note(halt: FailureKind | "person" | null): void {
    const isToBeTried = halt === "offline" || halt === "busy";
    if (!isToBeTried && this.#waiting !== null) {
      clearTimeout(this.#waiting);
      this.#waiting = null;
    }
    if (isToBeTried) this.#waiting ??= setTimeout(() => this.#try(), delayMs(this.#attempts));
  }

  /** Notes that the service has taken something, or has said why not. */
  answered(): void {
    this.#attempts = 0;
  }

  #try(): void {
    this.#waiting = null;
    this.#attempts += 1;
    if (this.#isOnline()) this.#goOn();
  }
}
