import { PictureError, unsupported } from "./types.ts";

/** What file bytes and working memory of all thumbnails of an isolate may take together; the isolate has 128 MiB. */
export const MEMORY_LIMIT_BYTES = 96 * 1024 * 1024;
/** Files above this are stored and served, not decoded. */
export const MAX_FILE_BYTES = 40 * 1024 * 1024;
/** Pictures above this are not decoded. */
export const MAX_PIXELS = 200_000_000;

/**
 * The isolate's account of thumbnail memory. Counted by us, since nothing enforces it locally. It never makes
 * anybody wait: what has no room now is told so and may come again.
 */
export class MemoryBudget {
  readonly limitBytes: number;
  #usedBytes = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  /** What is accounted for now, in bytes. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Opens an account for one picture. */
  newAccount(): Account {
    return new Account((change) => this.#change(change));
  }

  #change(bytes: number): boolean {
    if (this.#usedBytes + bytes > this.limitBytes) return false;
    this.#usedBytes += bytes;
    return true;
  }
}

/** What one picture takes. */
export class Account {
  readonly #change: (bytes: number) => boolean;
  #inputBytes = 0;
  #heldBytes = 0;
  #peakBytes = 0;

  constructor(change: (bytes: number) => boolean) {
    this.#change = change;
  }

  /** The most that was taken at a time, without the file itself. */
  get workingBytes(): number {
    return Math.max(0, this.#peakBytes - this.#inputBytes);
  }

  /** Takes the file's own bytes. */
  takeInput(bytes: number): void {
    this.take(bytes);
    this.#inputBytes += bytes;
  }

  /** Takes `bytes` more, or ends the picture: `over_budget` if it could never fit, `busy` if it cannot now. */
  take(bytes: number): void {
    if (this.#heldBytes + bytes > MEMORY_LIMIT_BYTES) {
      throw unsupported("over_budget", "Decoding this picture would take more memory than a Worker has.");
    }
    if (!this.#change(bytes)) {
      const detail = "Other pictures hold the memory that this one needs; try again shortly.";
      throw new PictureError({ outcome: "failed", reason: { code: "busy", detail } });
    }
    this.#heldBytes += bytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#heldBytes);
  }

  /** Gives `bytes` back. */
  release(bytes: number): void {
    this.#change(-bytes);
    this.#heldBytes -= bytes;
  }

  /** Gives everything back. */
  close(): void {
    this.release(this.#heldBytes);
  }
}
