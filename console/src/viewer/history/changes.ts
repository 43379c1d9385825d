import type { components } from "tagline-client";
import { fieldLabel, valueText } from "../panel/custom.ts";
import { isSame } from "../../words/json.ts";
import { keywordsOf } from "../panel/words.ts";

/** A revision as the API tells it; see `GET /v1/media/{id}/history`. */
export type Revision = components["schemas"]["Revision"];

/** What one revision has changed in one field. */
export interface Change {
  /** The name in `object_metadata`. */
  readonly name: string;
  readonly label: string;
  /** The text before, or the keywords that were taken away; empty for none. */
  readonly removed: readonly string[];
  /** The text after, or the keywords that came; empty for none. Nothing in both means another order. */
  readonly added: readonly string[];
}

/** A revision, and what it has changed of the revision before. */
export interface HistoryEntry {
  readonly revision: number;
  /** RFC 3339; null where it is older than what the service keeps. */
  readonly changedAt: string | null;
  /** The name of the key or the address of the person; null where nobody is known. */
  readonly changedBy: string | null;
  /** Whether this is what the record was created with: its changes are all that there was. */
  readonly isOldest: boolean;
  readonly changes: readonly Change[];
}

/**
 * What each revision has changed, the newest first, as the API lists them. The last one that came waits for the one before it
 * to be compared with, unless the list is whole.
 */
export function entriesOf(revisions: readonly Revision[], isWhole: boolean): HistoryEntry[] {
  const compared = isWhole ? revisions : revisions.slice(0, -1);
  return compared.map((revision, index) => {
    const before = revisions[index + 1];
    return {
      revision: revision.revision,
      changedAt: revision.changed_at,
      changedBy: revision.changed_by,
      isOldest: before === undefined,
      changes: changesBetween(before?.object_metadata ?? {}, revision.object_metadata),
    };
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** What is different in the words of a photo, by the names of the fields in alphabetical order. */
export function changesBetween(before: Fields, after: Fields): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (isSame(was, is)) return [];
    return [{ name, label: fieldLabel(name), ...(keywordChange(name, was, is) ?? textChange(was, is)) }];
  });
}

type Difference = Pick<Change, "removed" | "added">;

/** Keyword by keyword; null where it is not lists of keywords that are compared. */
function keywordChange(name: string, was: unknown, is: unknown): Difference | null {
  if (name !== "keywords") return null;
  const [before, after] = [keywordsOf(was ?? []), keywordsOf(is ?? [])];
  if (before === null || after === null) return null;
  const [gone, come] = [new Set(before), new Set(after)];
  return {
    removed: before.filter((keyword) => !come.has(keyword)),
    added: after.filter((keyword) => !gone.has(keyword)),
  };
}

function textChange(was: unknown, is: unknown): Difference {
  const shown = (value: unknown): string[] => (value === undefined || value === "" ? [] : [valueText(value)]);
  return { removed: shown(was), added: shown(is) };
}
