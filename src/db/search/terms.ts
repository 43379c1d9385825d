import type { CountedThing } from "../lists/known.ts";

/** Words that stand one behind the other, in any text of a record. */
export interface TextTerm {
  readonly kind: "text";
  /** As it was typed, without quotes; it has a token at least. */
  readonly text: string;
  /** Whether the last of the words may go on. */
  readonly prefix: boolean;
  /** Whether the records that it finds are left out. */
  readonly negated: boolean;
}

/** `keyword:beach`: a keyword as a whole, or its beginning. */
export interface KeywordTerm {
  readonly kind: "keyword";
  readonly keyword: string;
  readonly prefix: boolean;
  readonly negated: boolean;
}

/** `camera:nikon`: words in the names of the camera and its lens. */
export interface CameraTerm {
  readonly kind: "camera";
  readonly text: string;
  readonly prefix: boolean;
  readonly negated: boolean;
}

/** `folder:2024/beach`: what lies anywhere in a folder. */
export interface FolderTerm {
  readonly kind: "folder";
  /** As it was typed, with a slash at its end and none at its beginning. */
  readonly path: string;
  readonly negated: boolean;
}

/** `taken:2024-07..2024-08`: what was taken in a period. One of its ends may be open. */
export interface TakenTerm {
  readonly kind: "taken";
  /** Local time, inclusive: the beginning of a day as src/core/text/local-time.ts has it. */
  readonly after: string | null;
  /** Local time, exclusive; likewise. */
  readonly before: string | null;
  readonly negated: boolean;
}

/** `has:location`: records that something is known of. */
export interface HasTerm {
  readonly kind: "has";
  readonly field: CountedThing;
  readonly negated: boolean;
}

/** One thing that a query asks for. */
export type SearchTerm = TextTerm | KeywordTerm | CameraTerm | FolderTerm | TakenTerm | HasTerm;

/** What a query asks for; everything must hold. */
export interface SearchQuery {
  readonly terms: readonly SearchTerm[];
}
