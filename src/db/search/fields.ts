import { parseWrittenTime, type LocalTime } from "../../core/text/local-time.ts";
import { tokensOf } from "../../core/text/search-tokens.ts";
import { knownThings } from "../lists/known.ts";
import { foldKeyword } from "../media/record.ts";
import type { SearchTerm, TakenTerm } from "./terms.ts";

/** The value of a field as it was typed. */
export interface FieldValue {
  /** Without quotes, and, if it had none, with the asterisks at its end. */
  readonly whole: string;
  /** Without those asterisks. */
  readonly text: string;
  /** Whether there were any, or the value is what is being typed. */
  readonly prefix: boolean;
  readonly negated: boolean;
}

/** A term of a field's value; null where the value does not fit. */
type FieldReader = (value: FieldValue) => SearchTerm | null;

const readers: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ["keyword", keywordTerm],
  ["camera", cameraTerm],
  ["folder", folderTerm],
  ["taken", takenTerm],
  ["has", hasTerm],
]);

/** The term of a field; null where there is no such field, or the value does not fit, so that both are plain text. */
export function fieldTerm(name: string, value: FieldValue): SearchTerm | null {
  return readers.get(name.toLowerCase())?.(value) ?? null;
}

function keywordTerm({ text, prefix, negated }: FieldValue): SearchTerm | null {
  const keyword = text.trim();
  return foldKeyword(keyword) === "" ? null : { kind: "keyword", keyword, prefix, negated };
}

function cameraTerm({ text, prefix, negated }: FieldValue): SearchTerm | null {
  return tokensOf(text, "query").length === 0 ? null : { kind: "camera", text, prefix, negated };
}

function folderTerm({ whole, negated }: FieldValue): SearchTerm | null {
  const path = whole.replace(/^\/+/u, "");
  if (path === "") return null;
  return { kind: "folder", path: path.endsWith("/") ? path : `${path}/`, negated };
}

function hasTerm({ whole, negated }: FieldValue): SearchTerm | null {
  const field = knownThings
    .filter((name) => name !== "sidecar_change" && name !== "suggestions")
    .find((name) => name === whole.toLowerCase());
  return field === undefined ? null : { kind: "has", field, negated };
}

function takenTerm({ whole, negated }: FieldValue): SearchTerm | null {
  const [first = "", last = first, ...more] = whole.split("..");
  const from = parsePeriod(first);
  const to = parsePeriod(last);
  const isRead = (from !== null || first === "") && (to !== null || last === "");
  if (!isRead || more.length > 0 || (from === null && to === null)) return null;
  const after = from?.at ?? null;
  const before = to === null ? null : endOf(to);
  const isEmpty = after !== null && before !== null && after >= before;
  return isEmpty ? null : { kind: "taken", after, before, negated };
}

/** A year, a month or a day. */
function parsePeriod(text: string): LocalTime | null {
  const time = parseWrittenTime(text);
  return time?.precision === "second" ? null : time;
}

/** The first moment behind a year, a month or a day. */
function endOf({ at, precision }: LocalTime): string {
  const end = new Date(`${at}Z`);
  if (precision === "year") end.setUTCFullYear(end.getUTCFullYear() + 1);
  else if (precision === "month") end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCDate(end.getUTCDate() + 1);
  return withoutZone(end);
}

/** A period as a query has it, by its first and its last day. */
export function writtenPeriod({ after, before }: TakenTerm): string {
  return `${after?.slice(0, 10) ?? ""}..${before === null ? "" : dayBefore(before)}`;
}

function dayBefore(moment: string): string {
  const day = new Date(`${moment}Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return withoutZone(day).slice(0, 10);
}

function withoutZone(moment: Date): string {
  return moment.toISOString().slice(0, -1);
}
