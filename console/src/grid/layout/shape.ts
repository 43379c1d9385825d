/** The sizes that cells come in. */
export const cellSizes = ["small", "medium", "large"] as const;

/** One of {@link cellSizes}. */
export type CellSize = (typeof cellSizes)[number];

/** About how wide a cell is, in CSS pixels, where there is room for many. */
const wanted = { small: 120, medium: 176, large: 264 } as const satisfies Record<CellSize, number>;

/** How many cells stand side by side at the least, so that sizes differ on narrow screens too. */
const fewest = { small: 4, medium: 3, large: 2 } as const satisfies Record<CellSize, number>;

/** What all cells and headings measure, in CSS pixels. */
export interface Shape {
  readonly columns: number;
  /** The side of a cell's square. */
  readonly cell: number;
  /** The height of a line of text below each square; 0 for none. */
  readonly caption: number;
  /** Between cells, both ways. */
  readonly gap: number;
  /** The height of a section's heading, with the space above it. */
  readonly heading: number;
}

/** How much room there is, and what it is for, in CSS pixels. */
export interface Room {
  readonly width: number;
  readonly size: CellSize;
  readonly gap: number;
  readonly caption: number;
  readonly heading: number;
}

/** The shape that fits a width: as many cells of the wanted size as there is room for, as wide as they can be then. */
export function shapeOf({ width, size, gap, caption, heading }: Room): Shape {
  const many = Math.floor((width + gap) / (wanted[size] + gap));
  const columns = Math.max(fewest[size], many);
  const cell = Math.max(1, Math.floor((width - (columns - 1) * gap) / columns));
  return { columns, cell, gap, caption, heading };
}

/** The height of a row of cells, with the gap below it. */
export function rowHeight({ cell, caption, gap }: Shape): number {
  return cell + caption + gap;
}
