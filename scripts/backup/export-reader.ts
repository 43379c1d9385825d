import { Failure } from "../failure.ts";

/** A value as the database has it; bytes are as the export writes them (`X'…'`). */
export type Value = string | number | null | { readonly sql: string };

/** A row of an export. */
export interface Row {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly Value[];
}

/** The statements of an SQL file, one after the other, without the semicolon; a chunk may end anywhere. */
export async function* statementsOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let text = "";
  let quote = "";
  let at = 0;
  for await (const chunk of chunks) {
    text += chunk;
    let start = 0;
    for (; at < text.length; at += 1) {
      const character = text.charAt(at);
      // A quote within a literal is doubled, which ends it and begins it again.
      if (quote !== "") quote = character === quote ? "" : quote;
      else if (character === "'" || character === '"') quote = character;
      else if (character === ";") {
        yield text.slice(start, at).trim();
        start = at + 1;
      }
    }
    text = text.slice(start);
    at = text.length;
  }
  if (text.trim() !== "") throw new Failure("The export breaks off in the middle of a statement.");
}

/** The row that an export's statement inserts; undefined for a statement that inserts none. */
export function rowOf(statement: string): Row | undefined {
  if (!statement.startsWith("INSERT INTO ")) return undefined;
  const reader = new Reader(statement, "INSERT INTO ".length);
  const table = reader.identifier();
  const columns = reader.list(() => reader.identifier());
  reader.expect("VALUES");
  const values = reader.list(() => reader.value());
  if (columns.length !== values.length) reader.refuse();
  return { table, columns, values };
}

/** Reads the one form that exports write; anything else is a failure, so that nothing is kept half. */
class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  refuse(): never {
    throw new Failure(
      `The export holds what is not understood: ${this.#text.slice(this.#at, this.#at + 40)}`,
    );
  }

  expect(word: string): void {
    if (!this.#takes(word)) this.refuse();
  }

  list<T>(item: () => T): T[] {
    this.expect("(");
    const items = [item()];
    while (this.#takes(",")) items.push(item());
    this.expect(")");
    return items;
  }

  identifier(): string {
    return this.#quoted('"');
  }

  value(): Value {
    if (this.#takes("NULL")) return null;
    if (this.#takes("X'")) {
      this.#at -= 1;
      return { sql: `X'${this.#quoted("'")}'` };
    }
    if (this.#isNext("'") || this.#isNext("replace(")) return this.#textValue();
    this.#skipSpaces();
    const [number] = /^-?[0-9.]+(?:e[-+]?[0-9]+)?/i.exec(this.#text.slice(this.#at, this.#at + 64)) ?? [];
    if (number === undefined) this.refuse();
    this.#at += number.length;
    // Beyond what JavaScript counts exactly the digits themselves are kept.
    return Number.isSafeInteger(Number(number)) ? Number(number) : { sql: number };
  }

  /** A literal, or `replace(literal, '\n', char(10))`, by which an export keeps a statement on one line. */
  #textValue(): string {
    if (!this.#takes("replace(")) return this.#quoted("'");
    const text = this.#textValue();
    this.expect(",");
    const token = this.#quoted("'");
    this.expect(",");
    this.expect("char(");
    const code = this.value();
    this.expect(")");
    this.expect(")");
    if (typeof code !== "number") this.refuse();
    return text.replaceAll(token, String.fromCharCode(code));
  }

  #quoted(quote: string): string {
    this.expect(quote);
    let text = "";
    for (;;) {
      const end = this.#text.indexOf(quote, this.#at);
      if (end < 0) this.refuse();
      text += this.#text.slice(this.#at, end);
      this.#at = end + 1;
      if (this.#text.charAt(this.#at) !== quote) return text;
      text += quote;
      this.#at += 1;
    }
  }

  #skipSpaces(): void {
    while (this.#text.charAt(this.#at) === " ") this.#at += 1;
  }

  #isNext(word: string): boolean {
    this.#skipSpaces();
    return this.#text.startsWith(word, this.#at);
  }

  #takes(word: string): boolean {
    const isNext = this.#isNext(word);
    if (isNext) this.#at += word.length;
    return isNext;
  }
}
