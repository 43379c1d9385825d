import type { Account } from "../../budget.ts";
import { INFLATE_BYTES } from "../../kernel/layout.ts";
import type { Kernel } from "../../raster/kernel.ts";
import { corrupt, unsupported } from "../../types.ts";
import { isOldLzw, LzwReader } from "./lzw.ts";
import { unpackBits } from "./packbits.ts";
import type { Page } from "../directory/page.ts";

/** What deflate may refer back to, room for as much again, and for what one step may write beyond. */
const windowBytes = 2 * 32_768 + 1024;

/** Takes unpacked bytes, piece by piece, and answers by `true` that no more are wanted. */
export type Taker = (bytes: Uint8Array) => boolean;

/** Unpacks the blocks of one picture. */
export class Unpacker {
  readonly #kernel: Kernel;
  readonly #account: Account;
  readonly #page: Page;
  readonly #lzw: LzwReader | null;
  readonly #inflate: { work: number; window: number } | null;

  constructor(kernel: Kernel, account: Account, page: Page) {
    this.#kernel = kernel;
    this.#account = account;
    this.#page = page;
    const { compression } = page;
    if (compression === "lzw") account.take(LzwReader.bytes);
    this.#lzw = compression === "lzw" ? new LzwReader() : null;
    const isDeflate = compression === "deflate";
    this.#inflate = isDeflate
      ? { work: kernel.allocate(INFLATE_BYTES), window: kernel.allocate(windowBytes) }
      : null;
  }

  /** Unpacks a block's bytes; those of JPEG are no matter for this. */
  unpack(packed: Uint8Array, give: Taker): void {
    if (!this.#page.isReversed) return this.#unpackBytes(packed, give);
    this.#account.take(packed.length);
    this.#unpackBytes(packed.map(reversed), give);
    this.#account.release(packed.length);
  }

  #unpackBytes(packed: Uint8Array, give: Taker): void {
    const { compression } = this.#page;
    if (compression === "none") give(packed);
    else if (compression === "packbits") unpackBits(packed, give);
    else if (this.#lzw !== null) this.#unpackLzw(this.#lzw, packed, give);
    else if (this.#inflate !== null) {
      const { work, window } = this.#inflate;
      this.#kernel.feed([packed]);
      this.#kernel.giveTo(give);
      const isSound = this.#kernel.run.inflateToHost(work, window, windowBytes - 64);
      if (!isSound) throw corrupt("The deflated data of the TIFF is damaged.");
    }
  }

  #unpackLzw(reader: LzwReader, packed: Uint8Array, give: Taker): void {
    if (isOldLzw(packed)) {
      throw unsupported("unsupported_coding", "TIFF with old-style LZW coding is not decoded here.");
    }
    if (!reader.unpack(packed, give)) throw corrupt("The LZW data of the TIFF is damaged.");
  }
}

/** A byte with its bits the other way round. */
function reversed(byte: number): number {
  let bits = byte;
  bits = ((bits & 0xf0) >> 4) | ((bits & 0x0f) << 4);
  bits = ((bits & 0xcc) >> 2) | ((bits & 0x33) << 2);
  return ((bits & 0xaa) >> 1) | ((bits & 0x55) << 1);
}
