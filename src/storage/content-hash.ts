import { toHex } from "../core/text/encoding.ts";

/** The length of the blocks that are hashed each on its own, in bytes (Dropbox for HTTP developers, "Content hash"). */
export const hashBlockBytes = 4 * 1024 * 1024;

/** What a hasher begins with; it grows as needed, so that a small file does not cost a whole block. */
const firstBufferBytes = 64 * 1024;

/**
 * Computes Dropbox's content hash of bytes that come in pieces: the SHA-256 of the SHA-256 digests of all blocks of
 * 4 MiB, one after the other. It is what tells that two objects are alike whatever provider holds them. WebCrypto cannot
 * hash in pieces, but a block at a time it never takes more than 4 MiB.
 *
 * A piece must not be changed until its `write` has ended; one write at a time.
 */
export class ContentHasher {
  readonly #digests: Uint8Array[] = [];
  #buffer = new Uint8Array(0);
  #filled = 0;

  async write(piece: Uint8Array): Promise<void> {
    let rest = piece;
    while (rest.length > 0) {
      const room = hashBlockBytes - this.#filled;
      if (this.#filled === 0 && rest.length >= room) await this.#hashBlock(rest.subarray(0, room));
      else await this.#keep(rest.subarray(0, room));
      rest = rest.subarray(room);
    }
  }

  /** The hash of all that was written, as `dropbox:HEX`. Nothing may be written after. */
  async finish(): Promise<string> {
    if (this.#filled > 0) await this.#hashBlock(this.#buffer.subarray(0, this.#filled));
    const digests = new Uint8Array(await new Blob(this.#digests).arrayBuffer());
    return `dropbox:${toHex(await sha256(digests))}`;
  }

  async #keep(part: Uint8Array): Promise<void> {
    this.#reserve(this.#filled + part.length);
    this.#buffer.set(part, this.#filled);
    this.#filled += part.length;
    if (this.#filled < hashBlockBytes) return;
    await this.#hashBlock(this.#buffer);
    this.#filled = 0;
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const wanted = Math.max(bytes, this.#buffer.length * 2, firstBufferBytes);
    const grown = new Uint8Array(Math.min(wanted, hashBlockBytes));
    grown.set(this.#buffer.subarray(0, this.#filled));
    this.#buffer = grown;
  }

  async #hashBlock(block: Uint8Array): Promise<void> {
    this.#digests.push(await sha256(block));
  }
}

/** Passes bytes on as they are and hashes them on their way, with back-pressure; see {@link ContentHasher}. */
export class ContentHashStream extends TransformStream<Uint8Array, Uint8Array> {
  readonly #result: { hash: string | null };

  constructor() {
    const hasher = new ContentHasher();
    const result: { hash: string | null } = { hash: null };
    super({
      async transform(piece, controller) {
        await hasher.write(piece);
        controller.enqueue(piece);
      },
      async flush() {
        result.hash = await hasher.finish();
      },
    });
    this.#result = result;
  }

  /** `dropbox:HEX` once everything has passed; null before, and for good when the stream has broken off. */
  get contentHash(): string | null {
    return this.#result.hash;
  }
}

/** Reads a stream to its end and answers its content hash, `dropbox:HEX`. Throws what the stream fails with. */
export async function hashContent(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hasher = new ContentHasher();
  for await (const piece of body) await hasher.write(piece);
  return hasher.finish();
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
