import type { Row, Value } from "./export-reader.ts";

/** D1 refuses a statement over 100 KB; what stands round a value is within the rest. */
const maxStatementBytes = 90_000;
/** Of a long text a statement carries so much: 45 KB where each is a character of three bytes. */
const pieceCharacters = 15_000;

/** A value that may be far longer than a statement comes in pieces, which lie here until its row is put together. */
export const piecesBegin =
  "CREATE TABLE backup_pieces (cell INTEGER, part INTEGER, text TEXT, PRIMARY KEY (cell, part));";
/** The last statement of a backup. */
export const piecesEnd = "DROP TABLE backup_pieces;";

/** The statements, one a line, that bring a row back exactly. */
export function statementsFor({ table, columns, values }: Row): string[] {
  const whole = insert(table, columns, values.map(sqlOf));
  if (Buffer.byteLength(whole) <= maxStatementBytes) return [whole];
  const pieces = values.map((value) =>
    typeof value === "string" && value.length > pieceCharacters / columns.length ? piecesOf(value) : [],
  );
  const cells = values.map((value, cell) =>
    (pieces[cell]?.length ?? 0) > 0
      ? `(SELECT group_concat(text, '' ORDER BY part) FROM backup_pieces WHERE cell = ${cell})`
      : sqlOf(value),
  );
  return [
    ...pieces.flatMap((parts, cell) =>
      parts.map((text, part) => `INSERT INTO backup_pieces VALUES (${cell}, ${part}, ${sqlOf(text)});`),
    ),
    insert(table, columns, cells),
    "DELETE FROM backup_pieces;",
  ];
}

function insert(table: string, columns: readonly string[], cells: readonly string[]): string {
  return `INSERT INTO ${name(table)} (${columns.map(name).join(", ")}) VALUES (${cells.join(", ")});`;
}

function name(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + pieceCharacters, text.length);
    // A character of two code units stays whole.
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

const marked = [
  { character: "\n", letter: "n", code: 10 },
  { character: "\r", letter: "r", code: 13 },
  { character: "\0", letter: "0", code: 0 },
];

/**
 * A value as SQL. A line break would end a line of the file and a NUL the statement, so a mark stands for each, one that
 * the text does not hold: an export's own `\n` stands for both a line break and these two characters.
 */
function sqlOf(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return value.sql;
  let text = value;
  const calls: { mark: string; code: number }[] = [];
  for (const { character, letter, code } of marked) {
    if (!value.includes(character)) continue;
    let mark = `\\${letter}`;
    for (let count = 0; value.includes(mark); count += 1) mark = `\\${letter}${count}.`;
    text = text.replaceAll(character, mark);
    calls.push({ mark, code });
  }
  const literal = `'${text.replaceAll("'", "''")}'`;
  return calls.reduce((sql, { mark, code }) => `replace(${sql}, '${mark}', char(${code}))`, literal);
}
