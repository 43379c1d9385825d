import type { Block, Rows } from "./rows.ts";

/** Where a grid is scrolled to, by the photo at its upper edge, so that it means the same in another width. */
export interface Position {
  /** The month of the photo as `YYYY-MM`; null without a date, and where there are no sections. */
  readonly period: string | null;
  /** Which photo of its section, from 0. */
  readonly index: number;
  /** How far the upper edge of the screen is below that of the photo's row, in CSS pixels; negative above it. */
  readonly offset: number;
}

/** The position of a height; null where there are no photos. */
export function positionAt(rows: Rows, top: number): Position | null {
  const block = rows.blocks[rows.blockAt(top)];
  if (block === undefined) return null;
  const index = rows.indexAt(block, top);
  const row = rows.rowOf(block.first + index);
  return { period: block.section?.period ?? null, index, offset: top - (row?.top ?? 0) };
}

/** The place of the photo of a position, perhaps behind the end; null where its section is gone. */
export function placeOf(rows: Rows, { period, index }: Position): number | null {
  const block = blockOf(rows, period);
  return block === undefined ? null : block.first + index;
}

/** The height of a position; null where its section is gone. */
export function topOf(rows: Rows, { period, index, offset }: Position): number | null {
  const block = blockOf(rows, period);
  const row = block === undefined ? null : rows.rowOf(block.first + Math.min(index, block.count - 1));
  return row === null ? null : row.top + offset;
}

function blockOf(rows: Rows, period: string | null): Block | undefined {
  return rows.blocks.find(({ section }) => (section?.period ?? null) === period);
}

/** The position that the browser's history has kept, if it is one. */
export function readPosition(kept: unknown): Position | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { period = null, index, offset }: Readonly<Record<string, unknown>> = { ...kept };
  if (period !== null && typeof period !== "string") return null;
  if (typeof index !== "number" || typeof offset !== "number") return null;
  return Number.isSafeInteger(index) && index >= 0 && Number.isFinite(offset)
    ? { period, index, offset }
    : null;
}
