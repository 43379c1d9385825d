import { busy } from "../core/errors.ts";
import { PictureError, type ThumbnailSize, unsupported } from "./types.ts";

/** What file bytes and working memory of all pictures of an isolate may take together; the isolate has 128 MiB. */
export const memoryLimitBytes = 96 * 1024 * 1024;
/** Files above this are stored and served, not decoded. */
export const maxFileBytes = 40 * 1024 * 1024;
/** Pictures above this are not decoded. */
export const maxPixels = 200_000_000;

/** What decoding takes beside the file: nearly every JPEG, PNG, TIFF and BMP, whose decoders follow the thumbnail's size. */
const scaledDecodeBytes = 24 * 1024 * 1024;
/** The same of types whose decoders follow the picture's size: an AVIF of 20 megapixels, a lossy WebP of 12, photon's 4. */
const wholeDecodeBytes = 56 * 1024 * 1024;
/** The same of any type for thumbnails of 2,048 pixels: a progressive JPEG of 48 megapixels takes as much. */
const largeDecodeBytes = 64 * 1024 * 1024;
/** What making a smaller thumbnail of a preview takes beside the preview; the kernel that waits is most of it. */
export const previewDecodeBytes = 6 * 1024 * 1024;

const scaledTypes: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/tiff", "image/bmp"]);

/** The largest thumbnail for which decoders that follow its size take no more than `scaledDecodeBytes`. */
const mostScaledSize = 1024;

/** What making a thumbnail of a picture of a type usually takes beside its bytes, at the most. */
export function usualDecodeBytes(contentType: string, size: ThumbnailSize = mostScaledSize): number {
  if (size > mostScaledSize) return largeDecodeBytes;
  return scaledTypes.has(contentType) ? scaledDecodeBytes : wholeDecodeBytes;
}

/**
 * An account that has not moved for so long is given up: the runtime drops a request's pending promises when its client
 * leaves, and then no `finally` closes its account. It is longer than any honest step between two moves takes: an answer
 * of a storage provider 30 seconds, a body 60.
 */
const abandonedMs = 120_000;

/** Takes or refuses bytes for an account. */
interface Lender {
  readonly now: () => number;
  /** Whether there is room for so many bytes more, and beside them for so many that a decode is going to take. */
  readonly admits: (account: Account, bytes: number, decodeBytes: number) => boolean;
  readonly ends: (account: Account) => void;
}

/**
 * What the pictures of an isolate take. Counted by us, since nothing enforces it locally. It never makes anybody wait:
 * what has no room now is told so and may come again.
 */
export class MemoryBudget {
  readonly limitBytes: number;
  readonly #open = new Set<Account>();
  readonly #lender: Lender;

  /** `now` tells milliseconds since the epoch. */
  constructor(limitBytes: number, now: () => number = () => Date.now()) {
    this.limitBytes = limitBytes;
    this.#lender = {
      now,
      admits: (account, bytes, decodeBytes) => {
        if (this.#fits(account, bytes, decodeBytes)) return true;
        this.#giveUpAbandoned(now() - abandonedMs);
        return this.#fits(account, bytes, decodeBytes);
      },
      ends: (account) => void this.#open.delete(account),
    };
  }

  /** What is accounted for now, in bytes. */
  get usedBytes(): number {
    return [...this.#open].reduce((sum, { heldBytes }) => sum + heldBytes, 0);
  }

  /** Opens an account for one picture. Whoever opens it closes it, whatever happens; see `withAccount`. */
  newAccount(): Account {
    const account = new Account(this.#lender);
    this.#open.add(account);
    return account;
  }

  /** Runs work on an account of its own, which is closed however the work ends. */
  async withAccount<T>(work: (account: Account) => Promise<T>): Promise<T> {
    const account = this.newAccount();
    try {
      return await work(account);
    } finally {
      account.close();
    }
  }

  #fits(account: Account, bytes: number, decodeBytes: number): boolean {
    if (!this.#open.has(account)) return false;
    const used = this.usedBytes;
    // Who is alone may take it all, and is told by the decoder if that is not enough.
    if (decodeBytes === 0 || used === account.heldBytes) return used + bytes <= this.limitBytes;
    const largest = [...this.#open].reduce((most, each) => Math.max(most, each.decodeBytes), decodeBytes);
    return used + bytes + largest <= this.limitBytes;
  }

  #giveUpAbandoned(movedBefore: number): void {
    for (const account of this.#open) if (account.movedAt < movedBefore) this.#open.delete(account);
  }
}

/** What one picture takes. */
export class Account {
  readonly #lender: Lender;
  #movedAt: number;
  #decodeBytes = 0;
  #baseBytes = 0;
  #heldBytes = 0;
  #peakBytes = 0;

  constructor(lender: Lender) {
    this.#lender = lender;
    this.#movedAt = lender.now();
  }

  /** What it holds now, in bytes. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** What the decode of its inputs is thought to take, in bytes. */
  get decodeBytes(): number {
    return this.#decodeBytes;
  }

  /** When it was opened or last asked for something, in milliseconds since the epoch. */
  get movedAt(): number {
    return this.#movedAt;
  }

  /** The most that was taken at a time since `beginWork`, without what was held already. */
  get workingBytes(): number {
    return this.#peakBytes - this.#baseBytes;
  }

  /**
   * Takes what is to be read into memory, before it is read; throws `busy` if there is no room. If inputs alone filled
   * the memory none of them could be decoded: all would be turned away, come again, and fill it anew. So one is let in
   * only if beside it there is room for what it is meant for, `decodeBytes`, and for what those that are here are meant
   * for. Decoding is synchronous, so that room for the largest decode does for all.
   */
  takeInput(bytes: number, decodeBytes: number): void {
    if (!this.#tryTake(bytes, decodeBytes)) throw busy();
    this.#decodeBytes = Math.max(this.#decodeBytes, decodeBytes);
  }

  /**
   * Takes `bytes` more beside an input, for what is done with it before it is decoded; none at all says that its holder
   * is still there. Throws `busy`, also where the account was given up meanwhile.
   */
  reserve(bytes: number): void {
    if (!this.#tryTake(bytes, 0)) throw busy();
  }

  /** Tells `workingBytes` where to begin. */
  beginWork(): void {
    this.#baseBytes = this.#heldBytes;
    this.#peakBytes = this.#heldBytes;
  }

  /** For decoders: takes `bytes` more, or ends the picture: `over_budget` if it could never fit, `busy` if it cannot now. */
  take(bytes: number): void {
    if (this.#heldBytes + bytes > memoryLimitBytes) {
      throw unsupported("over_budget", "Decoding this picture would take more memory than a Worker has.");
    }
    if (this.#tryTake(bytes, 0)) return;
    throw new PictureError({ outcome: "failed", reason: { code: "busy", detail: busy().detail } });
  }

  /** Gives `bytes` back. */
  release(bytes: number): void {
    this.#heldBytes -= bytes;
  }

  /** Gives everything back; nothing can be taken after. */
  close(): void {
    this.#lender.ends(this);
    this.#heldBytes = 0;
  }

  #tryTake(bytes: number, decodeBytes: number): boolean {
    this.#movedAt = this.#lender.now();
    if (!this.#lender.admits(this, bytes, decodeBytes)) return false;
    this.#heldBytes += bytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#heldBytes);
    return true;
  }
}

/** The isolate's account: all pictures count in it, from before their bytes are read until they are done. */
export const isolateMemory = new MemoryBudget(memoryLimitBytes);
