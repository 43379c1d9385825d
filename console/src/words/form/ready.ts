import type { Edits } from "../drafts/draft.ts";
import { textFields } from "../fields/names.ts";

const trimmed: ReadonlySet<string> = new Set(["description", ...textFields]);

/** Edits as they are sent: texts without the blanks around them, and nothing in the place of a text of blanks. */
export function readyEdits(edits: Edits): Edits {
  return Object.fromEntries(Object.entries(edits).map(([name, value]) => [name, readyValue(name, value)]));
}

function readyValue(name: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (value.trim() === "") return null;
  return trimmed.has(name) ? value.trim() : value;
}
