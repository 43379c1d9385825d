/**
 * A change that can be taken back:
 * - `words`: of one photo, from one revision to another.
 * - `operation`: what one operation has done to many photos, or one and `more`, which came after it.
 * - `trash`: a photo that was deleted, or one and `more`.
 */
export type Undoable =
  | { readonly kind: "words"; readonly id: string; readonly from: number; readonly to: number }
  | {
      readonly kind: "operation";
      readonly operationId: string;
      readonly updated: number;
      readonly more?: readonly string[];
    }
  | { readonly kind: "trash"; readonly id: string; readonly more?: readonly string[] };

/** So many changes are kept; what is older is in the history of each photo. */
const mostKept = 200;

/** The latest of these changes. */
export function kept(entries: readonly Undoable[]): readonly Undoable[] {
  return entries.slice(-mostKept);
}

/** What was kept as JSON; nothing where that is not readable, or not ours. */
export function readKept(read: () => string | null): readonly Undoable[] {
  try {
    const found: unknown = JSON.parse(read() ?? "[]");
    return Array.isArray(found) ? kept(found.filter(isUndoable)) : [];
  } catch {
    return [];
  }
}

function isUndoable(value: unknown): value is Undoable {
  if (typeof value !== "object" || value === null) return false;
  const entry: Partial<Record<string, unknown>> = { ...value };
  const { more = [] } = entry;
  if (!Array.isArray(more) || !more.every((each) => typeof each === "string")) return false;
  switch (entry["kind"]) {
    case "words":
      return [entry["from"], entry["to"]].every(Number.isInteger) && typeof entry["id"] === "string";
    case "operation":
      return typeof entry["operationId"] === "string" && Number.isInteger(entry["updated"]);
    default:
      return entry["kind"] === "trash" && typeof entry["id"] === "string";
  }
}
