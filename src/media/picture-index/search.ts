import { firstPkOf, slotsPerBlock, type Block } from "./blocks.ts";
import { hashBytes, swappedAxes, wordsOf } from "./hash-words.ts";
import { toOrientation } from "../../core/orientation.ts";
import type { FoundPicture, PictureQuery } from "../../protocol/picture-finder.ts";
import { Kernel } from "../../thumbnail/raster/kernel.ts";

/** A query as the kernel takes it: its words, and those of its axes swapped. */
const queryBytes = 2 * hashBytes;

/**
 * Looks for the neighbours of hashes, block by block: a kernel of its own holds one block, one query, and what was found in
 * the block for it, some 75 KB whatever the size of the index. Several queries look at a block while it is there.
 */
export class HashSearch {
  readonly #kernel = new Kernel();
  readonly #block = this.#kernel.allocate(slotsPerBlock * hashBytes);
  readonly #query = this.#kernel.allocate(queryBytes);
  readonly #found = this.#kernel.allocate(slotsPerBlock * 4);

  /** The neighbours of each query, in the order of the queries. The blocks come in the order of their numbers. */
  find(blocks: Iterable<Block>, queries: readonly PictureQuery[]): (readonly FoundPicture[])[] {
    const searches = queries.map((query) => new Nearest(query));
    for (const { number, slots } of blocks) {
      this.#kernel.write(this.#block, slots);
      for (const search of searches) this.#look(number, search);
      if (searches.every((search) => search.isOver)) break;
    }
    return searches.map(({ neighbours }) => neighbours);
  }

  #look(number: number, search: Nearest): void {
    const first = firstPkOf(number);
    const { least, most } = search.rangeIn(number);
    if (most < least) return;
    this.#kernel.write(this.#query, search.words);
    const { run } = this.#kernel;
    const count = run.findNear(this.#block, slotsPerBlock, this.#query, least, most, this.#found);
    if (count === 0) return;
    const found = new Uint32Array(run.memory.buffer, this.#found, count);
    search.take(Array.from(found, (word) => toFound(word, first)));
  }
}

/** What the kernel tells of a slot; see src/thumbnail/kernel/near.ts. */
function toFound(word: number, first: number): FoundPicture {
  const turn = toOrientation(word & 15) ?? 1;
  return { pk: first + (word >>> 16), distance: (word >> 4) & 0xfff, turn };
}

/** The neighbours of one query among the blocks that were looked at. */
class Nearest {
  readonly words = new Uint8Array(queryBytes);
  readonly #query: PictureQuery;
  #neighbours: readonly FoundPicture[] = [];

  constructor(query: PictureQuery) {
    this.#query = query;
    const words = wordsOf(query.hash);
    this.words.set(words);
    this.words.set(swappedAxes(words), hashBytes);
  }

  /** Nearest first, then by row id. */
  get neighbours(): readonly FoundPicture[] {
    return this.#neighbours;
  }

  /** Whether no later block can have anything. */
  get isOver(): boolean {
    return this.#most < (this.#query.after?.distance ?? 0);
  }

  /** Which distances count in a block. */
  rangeIn(block: number): { readonly least: number; readonly most: number } {
    const { after } = this.#query;
    if (after === null) return { least: 0, most: this.#most };
    const isBefore = firstPkOf(block + 1) <= after.pk;
    return { least: after.distance + (isBefore ? 1 : 0), most: this.#most };
  }

  /** The greatest distance that counts: once there are enough, a later row id must be nearer than the last of them. */
  get #most(): number {
    const last = this.#neighbours[this.#query.limit - 1];
    return last === undefined ? this.#query.radius : last.distance - 1;
  }

  /** Takes what was found in a block. */
  take(found: readonly FoundPicture[]): void {
    const { except, after, limit } = this.#query;
    const counted = found.filter(
      (each) => each.pk !== except && (after === null || inOrder(each, after) > 0),
    );
    this.#neighbours = [...this.#neighbours, ...counted].toSorted(inOrder).slice(0, limit);
  }
}

function inOrder(a: Pick<FoundPicture, "distance" | "pk">, b: Pick<FoundPicture, "distance" | "pk">): number {
  return a.distance - b.distance || a.pk - b.pk;
}
