/** A piece of a document: where it lies in its bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a document is made of; `span` is a text's or section's content, a tag's name, an instruction behind `<?`. */
export type Token =
  | { readonly kind: "text" | "section" | "close" | "instruction" | "document_type"; readonly span: Span }
  | {
      readonly kind: "open";
      readonly span: Span;
      readonly attributes: Span;
      /** Whether the element ends where it begins. */
      readonly isEmpty: boolean;
    };

/** An attribute's name, and its value without quotes. */
export interface Attribute {
  readonly name: Span;
  readonly value: Span;
}

const [tab, lineFeed, carriageReturn, blank] = [0x09, 0x0a, 0x0d, 0x20];
const [doubleQuote, apostrophe, slash, less, equals, greater] = [0x22, 0x27, 0x2f, 0x3c, 0x3d, 0x3e];
const [exclamation, question] = [0x21, 0x3f];

/** What ends a piece of markup; it is searched for by its last code. */
type Delimiter = readonly number[];

const endOfComment: Delimiter = [0x2d, 0x2d, greater];
const endOfSection: Delimiter = [0x5d, 0x5d, greater];
const endOfDeclaration: Delimiter = [greater];
const endOfQuotes: Delimiter = [doubleQuote];
const endOfApostrophes: Delimiter = [apostrophe];

function isSpace(code: number | undefined): boolean {
  return code === blank || code === lineFeed || code === tab || code === carriageReturn || code === 0;
}

/** A letter of ASCII, an underscore or a colon: names of XMP begin with nothing else. */
function beginsName(code: number | undefined): boolean {
  if (code === undefined) return false;
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x5f || code === 0x3a;
}

/**
 * Takes a document apart, well-formed or not: what is no markup is text, so that nothing of it ends the reading. Each
 * byte is looked at a bounded number of times: what was once searched for in vain is not searched for again, and where a
 * tag turns out to be none the reading goes on behind all that was looked at.
 */
export class XmlScanner {
  readonly #bytes: Uint8Array;
  readonly #missing = new Set<Delimiter>();
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Where the next token begins, and the last one has ended. */
  get position(): number {
    return this.#at;
  }

  /** The next token; null at the end. */
  next(): Token | null {
    const start = this.#at;
    if (start >= this.#bytes.length) return null;
    const token = this.#bytes[start] === less ? this.#markup(start) : null;
    if (token !== null) return token;
    const next = this.#bytes.indexOf(less, start + 1);
    return this.#text(start, next === -1 ? this.#bytes.length : next);
  }

  #text(start: number, end: number): Token {
    this.#at = end;
    return { kind: "text", span: { start, end } };
  }

  /** The markup at a bracket; null where it is none. */
  #markup(start: number): Token | null {
    const first = this.#bytes[start + 1];
    if (first === exclamation) return this.#declaration(start + 2);
    if (first === question) return this.#instruction(start);
    if (first === slash) return this.#tag(start, start + 2);
    return beginsName(first) ? this.#tag(start, start + 1) : null;
  }

  /** An instruction; text up to the next bracket where it comes to no end before that. */
  #instruction(start: number): Token {
    let at = start + 2;
    while (at < this.#bytes.length && this.#bytes[at] !== less) {
      if (this.#bytes[at] === greater && this.#bytes[at - 1] === question) {
        this.#at = at + 1;
        return { kind: "instruction", span: { start: start + 2, end: at - 1 } };
      }
      at++;
    }
    return this.#text(start, at);
  }

  #declaration(start: number): Token | null {
    const name = String.fromCharCode(...this.#bytes.subarray(start, start + 7)).toUpperCase();
    if (name.startsWith("--")) return this.#until("instruction", start + 2, endOfComment);
    if (name === "[CDATA[") return this.#until("section", start + 7, endOfSection);
    return this.#until(name === "DOCTYPE" ? "document_type" : "instruction", start, endOfDeclaration);
  }

  /** What goes on to a delimiter; null where that does not come. */
  #until(
    kind: "instruction" | "section" | "document_type",
    start: number,
    delimiter: Delimiter,
  ): Token | null {
    const end = this.#find(start, delimiter);
    if (end === -1) return null;
    this.#at = end + delimiter.length;
    return { kind, span: { start, end } };
  }

  /** Where a delimiter is from a place on; -1 where it does not come. */
  #find(from: number, delimiter: Delimiter): number {
    if (this.#missing.has(delimiter)) return -1;
    const last = delimiter.length - 1;
    const code = delimiter[last] ?? 0;
    for (let at = this.#bytes.indexOf(code, from + last); at !== -1; at = this.#bytes.indexOf(code, at + 1)) {
      if (last === 0 || delimiter.every((each, by) => this.#bytes[at - last + by] === each)) return at - last;
    }
    this.#missing.add(delimiter);
    return -1;
  }

  /** A tag whose name begins at `nameStart`; text up to where it turns out to be none. */
  #tag(start: number, nameStart: number): Token {
    let end = nameStart;
    while (!isDelimiter(this.#bytes[end])) end++;
    const span = { start: nameStart, end };
    const { at, isClosed } = this.#tagEnd(end);
    if (!isClosed) return this.#text(start, at);
    this.#at = at + 1;
    if (this.#bytes[start + 1] === slash) return { kind: "close", span };
    const isEmpty = at > end && this.#bytes[at - 1] === slash;
    return { kind: "open", span, attributes: { start: end, end: isEmpty ? at - 1 : at }, isEmpty };
  }

  /** The bracket that ends a tag, outside of quotes; else where another tag begins or quotes do not end. */
  #tagEnd(from: number): { at: number; isClosed: boolean } {
    let at = from;
    for (; at < this.#bytes.length; at++) {
      const code = this.#bytes[at];
      if (code === greater) return { at, isClosed: true };
      if (code === less) return { at, isClosed: false };
      if (code !== doubleQuote && code !== apostrophe) continue;
      const end = this.#find(at + 1, code === doubleQuote ? endOfQuotes : endOfApostrophes);
      if (end === -1) return { at: at + 1, isClosed: false };
      at = end;
    }
    return { at, isClosed: false };
  }
}

function isDelimiter(code: number | undefined): boolean {
  return code === undefined || code === greater || code === slash || code === less || isSpace(code);
}

/**
 * The attributes in a tag; what is none is passed over.
 *
 * @yields each attribute
 */
export function* attributesIn(bytes: Uint8Array, { start, end }: Span): Generator<Attribute, void, void> {
  let at = start;
  while (at < end) {
    if (!beginsName(bytes[at])) {
      at++;
      continue;
    }
    const name = { start: at, end: at };
    while (at < end && bytes[at] !== equals && !isSpace(bytes[at])) at++;
    name.end = at;
    while (at < end && isSpace(bytes[at])) at++;
    if (bytes[at] !== equals) continue;
    at++;
    while (at < end && isSpace(bytes[at])) at++;
    const quote = bytes[at];
    if (quote !== doubleQuote && quote !== apostrophe) continue;
    const close = bytes.indexOf(quote, at + 1);
    if (close === -1 || close > end) return;
    yield { name, value: { start: at + 1, end: close } };
    at = close + 1;
  }
}
