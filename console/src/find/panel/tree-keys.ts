import type { Row } from "./tree.ts";

/** What a key does in a tree (ARIA Authoring Practices, Tree View). */
export type TreeMove =
  /** The focus goes to a line. */
  | { readonly kind: "focus"; readonly key: string }
  | { readonly kind: "open"; readonly row: Row }
  | { readonly kind: "close"; readonly row: Row }
  /** The line does what it is for: the folder is chosen, or more is loaded. */
  | { readonly kind: "choose"; readonly row: Row };

/**
 * What a key does on a line of the tree; null where the key has no meaning there.
 *
 * @param rows - The lines that can be seen, from the top.
 * @param at - The key of the line with the focus.
 */
export function moveOf(rows: readonly Row[], at: string, key: string): TreeMove | null {
  const place = rows.findIndex((row) => row.key === at);
  const row = rows[place];
  if (row === undefined) return null;
  switch (key) {
    case "ArrowDown":
      return focusOn(rows[place + 1]);
    case "ArrowUp":
      return focusOn(rows[place - 1]);
    case "Home":
      return focusOn(rows[0]);
    case "End":
      return focusOn(rows.at(-1));
    case "ArrowRight":
      return row.isOpen === false ? { kind: "open", row } : focusOn(firstBelow(rows, place));
    case "ArrowLeft":
      if (row.isOpen === true) return { kind: "close", row };
      return focusOn(rows.find((each) => each.key === row.parent));
    case "Enter":
    case " ":
      return { kind: "choose", row };
    default:
      return null;
  }
}

/**
 * The next folder whose name begins with what was typed, from the line behind the one with the focus on and round to it
 * again; where a second character narrows it, the line with the focus counts first. Null where there is none.
 */
export function typedAhead(rows: readonly Row[], at: string, typed: string): string | null {
  const begin = typed.toLowerCase();
  const place = Math.max(
    0,
    rows.findIndex((row) => row.key === at),
  );
  const from = typed.length === 1 ? place + 1 : place;
  const round = [...rows.slice(from), ...rows.slice(0, from)];
  const found = round.find(
    ({ kind, folder }) => kind === "folder" && folder !== null && folder.name.toLowerCase().startsWith(begin),
  );
  return found?.key ?? null;
}

/**
 * The line that keeps the focus when lines have gone: the same one, else the nearest folder around it that is there still,
 * else the first line. Null where there are no lines.
 *
 * @param before - The lines as they were when `at` was among them.
 */
export function keptFocus(rows: readonly Row[], at: string | null, before: readonly Row[]): string | null {
  const isThere = (key: string): boolean => rows.some((row) => row.key === key);
  let key = at;
  while (key !== null && !isThere(key)) {
    const gone: string = key;
    key = before.find((row) => row.key === gone)?.parent ?? null;
  }
  return key ?? rows.at(0)?.key ?? null;
}

/** What is open has a line right below it, if only one that waits. */
function firstBelow(rows: readonly Row[], place: number): Row | undefined {
  return rows[place]?.isOpen === true ? rows[place + 1] : undefined;
}

function focusOn(row: Row | undefined): TreeMove | null {
  return row === undefined ? null : { kind: "focus", key: row.key };
}
