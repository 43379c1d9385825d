/** A line of a file, or a row of CSV, which may have line ends in quotes. */
export interface TextLine {
  /** From 1: the number of the line, or of the first line of the row. */
  readonly number: number;
  /** In bytes. */
  readonly size: number;
  /** Without the line end; null for a line that is too long. */
  readonly bytes: Uint8Array | null;
}

/** How lines are told apart. */
export interface LineOptions {
  /** True where a line end in double quotes ends no line (RFC 4180 §2.6). */
  readonly quoted: boolean;
  /** A longer line is passed over, to the next line end of whatever kind, so that no line takes the memory. */
  readonly maxBytes: number;
}

const [lineFeed, carriageReturn, quote] = [0x0a, 0x0d, 0x22];

/** The lines of a text that comes in pieces: those of each piece together. No more is kept than one line. */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  options: LineOptions,
): AsyncGenerator<readonly TextLine[]> {
  const splitter = new LineSplitter(options);
  for await (const piece of pieces) yield splitter.take(piece);
  yield splitter.finish();
}

class LineSplitter {
  readonly #options: LineOptions;
  /** The beginning of a line whose end has not come yet. */
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #isQuoted = false;
  #isTooLong = false;
  /** The line that comes next, and how many line ends it has had in quotes. */
  #number = 1;
  #inner = 0;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  take(piece: Uint8Array): TextLine[] {
    const lines: TextLine[] = [];
    let from = 0;
    for (let end = this.#endIn(piece, from); end !== -1; end = this.#endIn(piece, from)) {
      this.#keep(piece.subarray(from, end));
      lines.push(this.#close());
      from = end + 1;
    }
    this.#keep(piece.slice(from));
    return lines;
  }

  /** The last line, which may have no line end. */
  finish(): TextLine[] {
    return this.#keptBytes === 0 && !this.#isTooLong ? [] : [this.#close()];
  }

  /** Where the line ends that begins, or goes on, at `from`; -1 where the piece does not have its end. */
  #endIn(piece: Uint8Array, from: number): number {
    if (!this.#options.quoted) return piece.indexOf(lineFeed, from);
    for (let at = from; at < piece.length; at++) {
      if (piece[at] === quote) this.#isQuoted = !this.#isQuoted;
      else if (piece[at] === lineFeed) {
        const isEnd = !this.#isQuoted || this.#keptBytes + at - from > this.#options.maxBytes;
        if (isEnd || this.#isTooLong) return at;
        this.#inner += 1;
      }
    }
    return -1;
  }

  #keep(bytes: Uint8Array): void {
    this.#keptBytes += bytes.length;
    if (this.#keptBytes > this.#options.maxBytes) {
      this.#isTooLong = true;
      this.#kept = [];
    } else if (bytes.length > 0) this.#kept.push(bytes);
  }

  #close(): TextLine {
    const bytes = this.#isTooLong ? null : withoutReturn(joined(this.#kept, this.#keptBytes));
    const line = { number: this.#number, size: this.#keptBytes, bytes };
    this.#number += this.#inner + 1;
    this.#inner = 0;
    this.#kept = [];
    this.#keptBytes = 0;
    this.#isQuoted = false;
    this.#isTooLong = false;
    return line;
  }
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function withoutReturn(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
}
