import type { ObjectMetadata } from "../../db/media/record.ts";
import { textFields } from "../metadata/known-fields.ts";
import type { CellValue } from "./csv-cells.ts";

/** A field of words that has a cell of its own. */
interface WordsColumn {
  readonly name: string;
  readonly field: string;
  /** The cells of a value; null where cells cannot tell it exactly. */
  readonly write: (value: unknown) => CellValue;
  /** The value of a cell that is not empty. */
  readonly read: (cell: string) => unknown;
}

function textColumn(field: string): WordsColumn {
  const write = (value: unknown): CellValue => (typeof value === "string" ? value : null);
  return { name: `metadata.${field}`, field, write, read: (cell) => cell };
}

const keywords: Pick<WordsColumn, "write" | "read"> = {
  write: (value) => (Array.isArray(value) ? value.join("; ") : null),
  read: (cell) =>
    cell
      .split(";")
      .map((keyword) => keyword.trim())
      .filter((keyword) => keyword !== ""),
};

/** What is no number stays a text, which the rules of words refuse nobody to restore. */
const rating: Pick<WordsColumn, "write" | "read"> = {
  write: (value) => (typeof value === "number" ? value : null),
  read: (cell) => (Number.isFinite(Number(cell)) ? Number(cell) : cell),
};

/** Fields with a cell each, in the order of the columns. */
const fieldColumns: readonly WordsColumn[] = [
  textColumn("description"),
  { name: "metadata.keywords", field: "keywords", ...keywords },
  ...textFields.map((field) => textColumn(field)),
  { name: "metadata.rating", field: "rating", ...rating },
  textColumn("taken_at"),
];

const latitudeColumn = "metadata.latitude";
const longitudeColumn = "metadata.longitude";
const othersColumn = "metadata.others";
const orderColumn = "metadata.order";

/** The columns of words, in their order. */
export const wordsColumns: readonly string[] = [
  ...fieldColumns.map(({ name }) => name),
  latitudeColumn,
  longitudeColumn,
  othersColumn,
  orderColumn,
];

/**
 * The cells of words, in the order of {@link wordsColumns}. What the cell of a field cannot tell exactly (an empty text, a
 * keyword with a semicolon, an older value of another type) stands in the JSON of `metadata.others` beside the custom
 * fields, and the order of the fields in `metadata.order`, where it does not follow: the words are read back to the byte.
 */
export function cellsOfWords(metadata: ObjectMetadata): CellValue[] {
  const cells = new Map<string, CellValue>();
  const told: [string, unknown][] = [];
  for (const { name, field, write, read } of fieldColumns) {
    const cell = Object.hasOwn(metadata, field) ? write(metadata[field]) : null;
    if (cell === null || !isExact(read(String(cell)), metadata[field]) || cell === "") continue;
    cells.set(name, cell);
    told.push([field, metadata[field]]);
  }
  const place = placeOf(metadata["location"]);
  if (place !== null) {
    cells.set(latitudeColumn, place.latitude).set(longitudeColumn, place.longitude);
    told.push(["location", place]);
  }
  const names = new Set(told.map(([name]) => name));
  const others = Object.entries(metadata).filter(([name]) => !names.has(name));
  if (others.length > 0) cells.set(othersColumn, JSON.stringify(Object.fromEntries(others)));
  const isInOrder = isExact(Object.fromEntries([...told, ...others]), metadata);
  if (!isInOrder) cells.set(orderColumn, JSON.stringify(Object.keys(metadata)));
  return wordsColumns.map((name) => cells.get(name) ?? null);
}

/**
 * The words of a row, given its cells by the names of their columns; what is wrong with a cell as a text. A field without
 * a cell is none: what is emptied in a spreadsheet is taken away.
 */
export function wordsOfCells(cells: ReadonlyMap<string, string>): ObjectMetadata | string {
  const cellOf = (name: string): string => cells.get(name) ?? "";
  const others = jsonOf(cellOf(othersColumn));
  if (others !== null && !isFields(others)) return `${othersColumn} is not a JSON object`;
  const order = jsonOf(cellOf(orderColumn));
  if (order !== null && !Array.isArray(order)) return `${orderColumn} is not a JSON array`;
  const words = new Map<string, unknown>();
  for (const { name, field, read } of fieldColumns) {
    if (cellOf(name) !== "") words.set(field, read(cellOf(name)));
  }
  const [latitude, longitude] = [cellOf(latitudeColumn), cellOf(longitudeColumn)];
  if (latitude !== "" || longitude !== "") {
    const place = placeOf({ latitude: numberOf(latitude), longitude: numberOf(longitude) });
    if (place === null) return `${latitudeColumn} and ${longitudeColumn} must both be numbers`;
    words.set("location", place);
  }
  for (const [name, value] of Object.entries(others ?? {})) if (!words.has(name)) words.set(name, value);
  return Object.fromEntries(inOrder(words, order ?? []));
}

/** The fields that an order names first, in that order, and the others behind them. */
function inOrder(words: ReadonlyMap<string, unknown>, order: readonly unknown[]): [string, unknown][] {
  const named = new Set(order.filter((name) => typeof name === "string").filter((name) => words.has(name)));
  const first = [...named].map((name): [string, unknown] => [name, words.get(name)]);
  return [...first, ...[...words].filter(([name]) => !named.has(name))];
}

/** A place that two cells tell; null for any other value. */
function placeOf(value: unknown): { latitude: number; longitude: number } | null {
  if (!isFields(value)) return null;
  const { latitude, longitude } = value;
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  const place = { latitude, longitude };
  return isExact(place, value) ? place : null;
}

function numberOf(cell: string): unknown {
  return cell.trim() === "" ? null : Number(cell);
}

/** The value of a cell with JSON: null for an empty cell, the text itself for what is no JSON. */
function jsonOf(cell: string): unknown {
  if (cell === "") return null;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function isExact(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
