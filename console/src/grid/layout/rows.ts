import type { Section } from "../../library/library.ts";
import { stretchAt } from "../../library/sections.ts";
import { rowHeight, type Shape } from "./shape.ts";

/** A section as it is laid out. */
export interface Block {
  /** Null for photos that stand below no heading. */
  readonly section: Section | null;
  /** The place of its first photo among all. */
  readonly first: number;
  readonly count: number;
  /** Its upper edge, in pixels from the beginning of all. */
  readonly top: number;
  /** The number of its first row, from 0; a heading is a row of its own. */
  readonly row: number;
  /** Where its photos begin. */
  readonly photosTop: number;
}

/** A row of the grid: the heading of a block, or some of its photos. */
export interface Row {
  readonly kind: "heading" | "photos";
  /** From 0, of all rows; it names the row. */
  readonly number: number;
  readonly block: Block;
  readonly top: number;
  /** The places of its photos, the end excluded; none in a heading. */
  readonly first: number;
  readonly end: number;
}

/** Where every photo is, by arithmetic alone. All lengths are CSS pixels from the beginning of all photos. */
export class Rows {
  readonly shape: Shape;
  readonly blocks: readonly Block[];
  /** How many photos there are. */
  readonly count: number;
  /** How many rows there are, headings among them. */
  readonly rowCount: number;
  readonly height: number;
  readonly #rowHeight: number;
  /** The upper edges of the blocks, in the form in which they are searched. */
  readonly #tops: readonly { readonly first: number }[];

  /** Lays out sections, or, where there are none, as many photos below no heading. */
  constructor(sections: readonly Section[], count: number, shape: Shape) {
    this.shape = shape;
    this.#rowHeight = rowHeight(shape);
    this.count = count;
    const blocks: Block[] = [];
    let top = 0;
    let row = 0;
    const parts = sections.length > 0 ? sections : [{ first: 0, count }].filter((part) => part.count > 0);
    for (const part of parts) {
      const section = "period" in part ? part : null;
      const heading = section === null ? 0 : shape.heading;
      blocks.push({ section, first: part.first, count: part.count, top, row, photosTop: top + heading });
      const rows = Math.ceil(part.count / shape.columns);
      top += heading + rows * this.#rowHeight;
      row += rows + (section === null ? 0 : 1);
    }
    this.blocks = blocks;
    this.#tops = blocks.map(({ top }) => ({ first: top }));
    this.rowCount = row;
    // Nothing follows the last row.
    this.height = Math.max(0, top - shape.gap);
  }

  /** The number of the block that lies at a height; the first above all, −1 where there are no blocks. */
  blockAt(y: number): number {
    return this.blocks.length === 0 ? -1 : Math.max(0, stretchAt(this.#tops, y));
  }

  /** The number of the block of a photo; −1 behind the end. */
  blockOf(place: number): number {
    return place < 0 || place >= this.count ? -1 : stretchAt(this.blocks, place);
  }

  /** The row of a photo; null behind the end. */
  rowOf(place: number): Row | null {
    const block = this.blocks[this.blockOf(place)];
    return block === undefined
      ? null
      : this.#photoRow(block, Math.floor((place - block.first) / this.shape.columns));
  }

  /** Which photo of a block, from 0, is the first of the row that lies at a height, or of the nearest row of the block. */
  indexAt({ photosTop, count }: Block, y: number): number {
    const rows = Math.ceil(count / this.shape.columns);
    const row = Math.floor((y - photosTop) / this.#rowHeight);
    return Math.min(Math.max(0, row), rows - 1) * this.shape.columns;
  }

  /** The rows of which something lies between two heights. */
  between(top: number, bottom: number): Row[] {
    const rows: Row[] = [];
    for (let at = this.blockAt(top); at >= 0 && at < this.blocks.length; at += 1) {
      const block = this.blocks[at];
      if (block === undefined || block.top >= bottom) break;
      if (block.section !== null && block.photosTop > top) rows.push(headingRow(block));
      const from = Math.max(0, Math.floor((top - block.photosTop) / this.#rowHeight));
      const to = Math.ceil((bottom - block.photosTop) / this.#rowHeight);
      const last = Math.min(to, Math.ceil(block.count / this.shape.columns));
      for (let number = from; number < last; number += 1) rows.push(this.#photoRow(block, number));
    }
    return rows;
  }

  #photoRow(block: Block, number: number): Row {
    const { columns } = this.shape;
    const first = block.first + number * columns;
    return {
      kind: "photos",
      number: block.row + number + (block.section === null ? 0 : 1),
      block,
      top: block.photosTop + number * this.#rowHeight,
      first,
      end: Math.min(first + columns, block.first + block.count),
    };
  }
}

function headingRow(block: Block): Row {
  return { kind: "heading", number: block.row, block, top: block.top, first: block.first, end: block.first };
}
