import { isolateMemory as serviceMemory } from "../../../src/thumbnail/budget.ts";
import { limits } from "./limits.ts";

/** The service's own account of what its isolate holds. */
export { serviceMemory };

/** A body that is being read, or was read, into memory. */
export interface Read {
  /** Bytes have come: more than were announced, or none more than that. */
  move(unannouncedBytes: number): void;
  /** Its last byte has arrived: it is held until the service's own account says that it was given back. */
  finish(): void;
  /** It was not read to its end. */
  abandon(): void;
}

interface Held {
  /** Of a whole object the service has to have room before it reads. */
  readonly isWhole: boolean;
  bytes: number;
  finished: boolean;
  /** In milliseconds since the epoch. */
  movedAt: number;
}

/** The runtime drops what a client that left was waiting for, and tells nobody; a body that stands still so long is one. */
const leftMs = 120_000;

/**
 * What an isolate holds: bodies that are read whole, listings and rows of the invocations under way, and what the
 * service's own account says of decoders and of bodies that it has reserved. One account, as the isolate has one memory.
 *
 * Nothing tells when bytes are dropped. So a body counts while it is being read, when the service's account must cover it
 * if it is read whole; once read, as long as it does. Listings and rows count until their invocation has ended.
 */
class PlatformMemory {
  readonly #reads = new Set<Held>();
  #heldBytes = 0;
  #peakBytes = 0;

  /** The most that was held at a time since the last {@link clear}. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** What is held now, in bytes. */
  get usedBytes(): number {
    return Math.max(serviceMemory.usedBytes, this.#readBytes()) + this.#heldBytes;
  }

  /** Takes listings or rows; negative bytes are given back. False if there is no room. */
  hold(bytes: number): boolean {
    this.#heldBytes += bytes;
    return this.fits();
  }

  /** Whether the service's account covers what is being read whole: it has to be reserved before. */
  isCovered(): boolean {
    let bytes = 0;
    for (const read of this.#reads) if (read.isWhole && !read.finished) bytes += read.bytes;
    return bytes <= serviceMemory.usedBytes;
  }

  /** Begins to read a body of so many bytes. */
  beginRead(bytes: number, isWhole: boolean): Read {
    const held: Held = { bytes, isWhole, finished: false, movedAt: Date.now() };
    this.#reads.add(held);
    return {
      move: (unannounced) => {
        held.bytes += unannounced;
        held.movedAt = Date.now();
      },
      finish: () => void (held.finished = true),
      abandon: () => void this.#reads.delete(held),
    };
  }

  /** Whether all that is held now has room in an isolate. */
  fits(): boolean {
    this.#dropReleased();
    const used = this.usedBytes;
    this.#peakBytes = Math.max(this.#peakBytes, used);
    return used <= limits.memoryBytes;
  }

  /** Forgets everything: a test has ended. */
  clear(): void {
    this.#reads.clear();
    this.#heldBytes = 0;
    this.#peakBytes = 0;
  }

  #readBytes(): number {
    let bytes = 0;
    for (const read of this.#reads) bytes += read.bytes;
    return bytes;
  }

  /** What the service has no longer on its account is taken for dropped, the oldest first. */
  #dropReleased(): void {
    for (const read of this.#reads) if (Date.now() - read.movedAt > leftMs) this.#reads.delete(read);
    let bytes = this.#readBytes();
    for (const read of this.#reads) {
      if (bytes <= serviceMemory.usedBytes) return;
      if (!read.finished) continue;
      this.#reads.delete(read);
      bytes -= read.bytes;
    }
  }
}

/** The memory of the isolate that the tests of a file share, as the platform would see it. */
export const platformMemory = new PlatformMemory();
