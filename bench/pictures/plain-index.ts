import type { FoundPicture, PictureQuery } from "../../src/protocol/picture-finder.ts";
import { wordsOf, swappedAxes } from "../../src/media/picture-index/hash-words.ts";

const wordsEach = 8;

/** The peer: all hashes in memory, and a loop of plain JavaScript over all of them that counts bits in words of 32. */
export class PlainIndex {
  readonly #words: Int32Array;

  constructor(slots: number) {
    this.#words = new Int32Array(slots * wordsEach);
  }

  take(pk: number, hash: string): void {
    this.#words.set(new Int32Array(wordsOf(hash).buffer), pk * wordsEach);
  }

  find({ hash, radius, limit }: PictureQuery): Omit<FoundPicture, "turn">[] {
    const straight = wordsOf(hash);
    const asked = new Int32Array(straight.buffer);
    const swapped = new Int32Array(swappedAxes(straight).buffer);
    const found: Omit<FoundPicture, "turn">[] = [];
    const words = this.#words;
    for (let at = 0; at < words.length; at += wordsEach) {
      const distance = Math.min(nearest(words, at, asked), nearest(words, at, swapped));
      if (distance <= radius && !isEmpty(words, at)) found.push({ pk: at / wordsEach, distance });
    }
    return found.toSorted((a, b) => a.distance - b.distance || a.pk - b.pk).slice(0, limit);
  }
}

/** The least distance of the four ways to mirror a hash, of which the words are in groups of two. */
function nearest(words: Int32Array, at: number, asked: Int32Array): number {
  const d0 = differing(words, at, asked, 0);
  const d1 = differing(words, at, asked, 2);
  const d2 = differing(words, at, asked, 4);
  const d3 = differing(words, at, asked, 6);
  return Math.min(64 + d0 + d3 - Math.abs(d1 + d2 - 64), 128 + d3 - d0 - Math.abs(d1 - d2));
}

function differing(words: Int32Array, at: number, asked: Int32Array, word: number): number {
  return (
    bitsIn((words[at + word] ?? 0) ^ (asked[word] ?? 0)) +
    bitsIn((words[at + word + 1] ?? 0) ^ (asked[word + 1] ?? 0))
  );
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

function isEmpty(words: Int32Array, at: number): boolean {
  for (let word = 0; word < wordsEach; word++) if (words[at + word] !== 0) return false;
  return true;
}
