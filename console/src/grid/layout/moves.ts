import type { Rows } from "./rows.ts";

/** Where a key of the keyboard leads in the grid. */
export type Move =
  | "left"
  | "right"
  | "up"
  | "down"
  | "rowStart"
  | "rowEnd"
  | "first"
  | "last"
  | "screenUp"
  | "screenDown";

/** What of a key event tells a move. */
interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "rowStart",
  End: "rowEnd",
  PageUp: "screenUp",
  PageDown: "screenDown",
};

/** The move of a key; null for every other key. */
export function moveOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): Move | null {
  if (altKey || shiftKey) return null;
  const isFar = ctrlKey || metaKey;
  if (isFar) return key === "Home" ? "first" : key === "End" ? "last" : null;
  return moves[key] ?? null;
}

/** The move of a key with Shift, by which what it passes is selected; null for every other key. */
export function extensionOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): Move | null {
  return shiftKey ? moveOf({ key, ctrlKey, metaKey, altKey, shiftKey: false }) : null;
}

/** The photo to which a move leads from another: the same one where there is nothing farther. */
export function moved(rows: Rows, place: number, move: Move, screen: number): number {
  const row = rows.rowOf(place);
  if (row === null) return Math.max(0, rows.count - 1);
  switch (move) {
    case "left":
      return Math.max(0, place - 1);
    case "right":
      return Math.min(rows.count - 1, place + 1);
    case "rowStart":
      return row.first;
    case "rowEnd":
      return row.end - 1;
    case "first":
      return 0;
    case "last":
      return rows.count - 1;
    case "up":
      return below(rows, place, -1);
    case "down":
      return below(rows, place, 1);
    case "screenUp":
      return far(rows, place, -screen);
    case "screenDown":
      return far(rows, place, screen);
  }
}

/** The photo in the next row down, or up, in the same column, or the last of a row that ends before it. */
function below(rows: Rows, place: number, direction: 1 | -1): number {
  const row = rows.rowOf(place);
  const next = row === null ? null : rows.rowOf(direction === 1 ? row.end : row.first - 1);
  if (row === null || next === null) return place;
  return Math.min(next.first + place - row.first, next.end - 1);
}

/** As many rows up or down as there are on a screen of so many pixels, at least one. */
function far(rows: Rows, place: number, pixels: number): number {
  const direction = pixels < 0 ? -1 : 1;
  const topOf = (place: number): number => rows.rowOf(place)?.top ?? 0;
  const start = topOf(place);
  let at = below(rows, place, direction);
  for (;;) {
    const next = below(rows, at, direction);
    if (next === at || Math.abs(topOf(next) - start) > Math.abs(pixels)) return at;
    at = next;
  }
}
