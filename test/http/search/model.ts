import type { buildMedia } from "../../support/records/media.ts";
import { hasBytePrefix } from "../../support/records/list-model.ts";

/** A record as it is drawn: few words, so that they meet. */
export interface Drawn {
  readonly description: readonly string[] | null;
  readonly keywords: readonly string[];
  readonly title: readonly string[] | null;
  readonly folder: string;
  readonly camera: string | null;
  readonly takenAt: string | null;
  readonly isPlaced: boolean;
  readonly contentType: string;
  readonly state: "ready" | "pending" | "unsupported";
  readonly provider: string;
  readonly isMissing: boolean;
  readonly updatedAt: number;
}

/** One thing that a query asks for, as it is drawn. */
export type Asked =
  | { readonly of: "word" | "prefix"; readonly text: string; readonly negated: boolean }
  | { readonly of: "phrase"; readonly words: readonly string[]; readonly negated: boolean }
  | {
      readonly of: "keyword" | "camera" | "folder" | "taken" | "has";
      readonly text: string;
      readonly negated: boolean;
    };

/** A drawn record with its row. */
export interface Row extends Drawn {
  readonly built: ReturnType<typeof buildMedia>;
}

/** A query as somebody would type it; a space at its end keeps its last word from going on. */
export function typed(query: readonly Asked[]): string {
  return query.map((each) => `${each.negated ? "-" : ""}${termOf(each)} `).join("");
}

function termOf(asked: Asked): string {
  if (asked.of === "word") return asked.text;
  if (asked.of === "prefix") return `${asked.text}*`;
  if (asked.of === "phrase") return `"${asked.words.join(" ")}"`;
  return `${asked.of}:"${asked.text}"`;
}

/** The texts of a record, each as its words. */
function textsOf(row: Row): { readonly words: string[][]; readonly others: string[][] } {
  return {
    words: [[...(row.description ?? [])], ...row.keywords.map((each) => each.split(" "))],
    others: [
      [...(row.title ?? [])],
      row.camera === null ? [] : [row.camera],
      row.built.objectKey.split(/[/.]/u).filter((part) => part !== ""),
    ],
  };
}

/** Whether words stand in a text, one behind the other. */
function stands(text: readonly string[], words: readonly string[], isPrefix: boolean): boolean {
  return text.some((_, at) =>
    words.every((word, index) => {
      const other = text[at + index]?.toLowerCase() ?? "";
      return isPrefix && index === words.length - 1 ? other.startsWith(word) : other === word;
    }),
  );
}

function isInTexts(texts: readonly string[][], asked: Asked): boolean | null {
  if (asked.of === "word" || asked.of === "prefix")
    return texts.some((text) => stands(text, [asked.text], asked.of === "prefix"));
  if (asked.of === "phrase") return texts.some((text) => stands(text, asked.words, false));
  return null;
}

function holds(row: Row, asked: Asked): boolean {
  const { words, others } = textsOf(row);
  const isFound = isInTexts([...words, ...others], asked);
  if (isFound !== null || !("text" in asked)) return isFound ?? false;
  const { of, text } = asked;
  if (of === "keyword") return row.keywords.some((each) => each.toLowerCase() === text);
  if (of === "camera") return row.camera?.toLowerCase() === text;
  if (of === "folder") return hasBytePrefix(row.built.objectKey, `${text}/`);
  if (of === "taken") return row.takenAt?.startsWith(text) ?? false;
  return isKnown(row, text);
}

/** Whether something is known of a record, by the name of it. */
export function isKnown(row: Row, name: string): boolean {
  if (name === "description") return (row.description ?? []).length > 0;
  if (name === "keywords") return row.keywords.length > 0;
  if (name === "location") return row.isPlaced;
  return row.takenAt !== null;
}

/** The ids of what a query finds among records that came one after the other, in the order in which a search has them. */
export function expectedIds(rows: readonly Row[], query: readonly Asked[]): string[] {
  const matches = rows.filter((row) => query.every((each) => holds(row, each) !== each.negated)).toReversed();
  const hasWords = query.some((each) => !each.negated && isInTexts([], each) !== null);
  const isWhole = (row: Row): boolean =>
    query.every((each) => each.negated || (isInTexts(textsOf(row).words, each) ?? true));
  const first = hasWords ? matches.filter(isWhole) : matches;
  return [...first, ...matches.filter((row) => !first.includes(row))].map(({ built }) => built.id);
}
