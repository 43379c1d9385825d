import type { Rows } from "../layout/rows.ts";

/** A year on the track of the scrubber. */
export interface YearMark {
  /** `2024`; null for the photos without a date. */
  readonly year: string | null;
  /** Where on the track it begins: 0 at the top, 1 at the bottom. */
  readonly at: number;
  /** Whether its name has room there. */
  readonly isNamed: boolean;
}

/** Where a section begins on the track, by how much of the grid stands before it: 0 at the top, 1 at the bottom. */
export function fractionOf(rows: Rows, block: number): number {
  return rows.height === 0 ? 0 : Math.min(1, (rows.blocks[block]?.top ?? 0) / rows.height);
}

/** The section at a place of the track, from 0 at the top to 1 at the bottom. */
export function sectionAtFraction(rows: Rows, fraction: number): number {
  return rows.blockAt(Math.min(Math.max(0, fraction), 1) * rows.height);
}

/** The years of the track. Names stand `nameHeight` apart at the least, both in CSS pixels. */
export function yearMarks(rows: Rows, trackHeight: number, nameHeight: number): YearMark[] {
  const marks: YearMark[] = [];
  let free = 0;
  let before: string | null | undefined;
  for (const [index, { section }] of rows.blocks.entries()) {
    const year = section?.period?.slice(0, 4) ?? null;
    if (section === null || year === before) continue;
    before = year;
    const at = fractionOf(rows, index);
    const isNamed = at * trackHeight >= free;
    if (isNamed) free = at * trackHeight + nameHeight;
    marks.push({ year, at, isNamed });
  }
  return marks;
}

/** The section to which a key leads from another; null for every other key. Down is older, as the track is. */
export function sectionOfKey(rows: Rows, from: number, key: string): number | null {
  const last = rows.blocks.length - 1;
  const within = (section: number): number => Math.min(Math.max(0, section), last);
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return within(from + 1);
    case "ArrowUp":
    case "ArrowLeft":
      return within(from - 1);
    case "PageDown":
      return within(yearStart(rows, from, 1));
    case "PageUp":
      return within(yearStart(rows, from, -1));
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** The newest section of the next year down or up, or the section at that end. */
function yearStart(rows: Rows, from: number, direction: 1 | -1): number {
  const yearOf = (block: number): string | null => rows.blocks[block]?.section?.period?.slice(0, 4) ?? null;
  let at = from + direction;
  while (at > 0 && at < rows.blocks.length && yearOf(at) === yearOf(from)) at += direction;
  while (at > 0 && at < rows.blocks.length && yearOf(at - 1) === yearOf(at)) at -= 1;
  return at;
}
