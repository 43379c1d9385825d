import type { Edits, Words } from "../drafts/draft.ts";
import { isSame } from "../json.ts";
import { keywordsIn, withKeywords } from "./keywords.ts";

/** What a photo's own file tells, which the words of another photo must not contradict. */
export interface Known {
  readonly isDated: boolean;
  readonly isPlaced: boolean;
}

/** What comes from the words of another photo: every field that is empty here, and keywords that are not here yet. */
export function carried(here: Words, from: Words, { isDated, isPlaced }: Known): Edits {
  const carries = (name: string): boolean =>
    !(name === "taken_at" && isDated) && !(name === "location" && isPlaced);
  const entries = Object.entries(from).filter(([name, value]) => !isEmpty(value) && carries(name));
  return Object.fromEntries(
    entries.flatMap(([name, value]): [string, unknown][] => {
      if (name === "keywords") return unitedEntry(here, value);
      return isEmpty(here[name]) ? [[name, value]] : [];
    }),
  );
}

/** What comes of the chosen fields of a template: they take the place of what is here, but keywords are added. */
export function applied(here: Words, template: Words, chosen: readonly string[]): Edits {
  const entries = Object.entries(template).filter(([name]) => chosen.includes(name));
  return Object.fromEntries(
    entries.flatMap(([name, value]): [string, unknown][] => {
      if (name === "keywords") return unitedEntry(here, value);
      return isSame(here[name], value) ? [] : [[name, value]];
    }),
  );
}

/** Whether a field says nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.length === 0;
}

function unitedEntry(here: Words, value: unknown): [string, unknown][] {
  const [own, others] = [keywordsIn(here["keywords"]), keywordsIn(value)];
  if (own === null || others === null) return [];
  const united = withKeywords(own, others);
  return united === own ? [] : [["keywords", united]];
}
