/**
 * Cells of CSV (RFC 4180). A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a return as a formula:
 * such a text gets an apostrophe before it, and so does a text that looks like one with such an apostrophe, so that what is
 * read back is what was written.
 */

const formula = /^'*[=+\-@\t\r\n]/;
const escapedFormula = /^'+[=+\-@\t\r\n]/;
const number = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A value as a cell shows it: a number stays a number. */
export type CellValue = string | number | null;

/** A row with its line end. */
export function csvRow(values: readonly CellValue[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

/** A cell as it stands in a row. */
function csvCell(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = harmless(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that no spreadsheet takes for a formula. A text that is a number is none. */
function harmless(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}

/** The text that a cell stands for, without the apostrophe that made it harmless. */
export function textOfCell(cell: string): string {
  return escapedFormula.test(cell) ? cell.slice(1) : cell;
}

/** The cells of a row without its line end; null for a row whose quotes do not match. */
export function csvCells(row: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; ;) {
    const { cell, end } = row.startsWith('"', at) ? quotedCell(row, at) : plainCell(row, at);
    if (cell === null) return null;
    cells.push(cell);
    if (end >= row.length) return cells;
    if (row[end] !== ",") return null;
    at = end + 1;
  }
}

interface ReadCell {
  readonly cell: string | null;
  /** Where the comma behind the cell stands, or the end of the row. */
  readonly end: number;
}

function plainCell(row: string, at: number): ReadCell {
  const comma = row.indexOf(",", at);
  const end = comma === -1 ? row.length : comma;
  return { cell: row.slice(at, end), end };
}

function quotedCell(row: string, at: number): ReadCell {
  let from = at + 1;
  for (let quote = row.indexOf('"', from); quote !== -1; quote = row.indexOf('"', from)) {
    if (row[quote + 1] !== '"') {
      return { cell: row.slice(at + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    from = quote + 2;
  }
  return { cell: null, end: row.length };
}
