/** A piece of a text in which a search has found something. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

const open = "\u{E000}";
const close = "\u{E001}";

/** Stands where the beginning of a text has been cut off. */
const cutMark = "… ";

/** The fields whose matches tell most; any other comes behind them. */
const telling = ["title", "description", "keywords"];

/** How many characters stand before the first match in a line that may be short. */
const mostBefore = 16;

/**
 * The line that says what a search has found in a photo, from a little before its first match on; null where the search
 * tells nothing.
 */
export function foundLine(highlight: Readonly<Record<string, string>> | null): readonly Piece[] | null {
  const fields = Object.entries(highlight ?? {}).filter(([, text]) => text.includes(open));
  const rank = (field: string): number =>
    (telling.indexOf(field) + telling.length + 1) % (telling.length + 1);
  const [best] = fields.toSorted(([a], [b]) => rank(a) - rank(b));
  return best === undefined ? null : fromFirstMatch(piecesOf(best[1]));
}

/** The words of a line, for a name in which they are heard: what is seen is said (WCAG 2.2 §2.5.3). */
export function wordsOf(line: readonly Piece[]): string {
  return line
    .map(({ text }) => text)
    .join("")
    .replace(cutMark, "");
}

/** A text in pieces, by its marks. What stands between two marks is a match. */
export function piecesOf(marked: string): Piece[] {
  const [before = "", ...parts] = marked.replaceAll(/\s+/g, " ").split(open);
  const pieces = parts.flatMap((part) => {
    const end = part.indexOf(close);
    return [
      { text: end < 0 ? part : part.slice(0, end), isMatch: true },
      { text: end < 0 ? "" : part.slice(end + 1), isMatch: false },
    ];
  });
  return [{ text: before, isMatch: false }, ...pieces].filter(({ text }) => text !== "");
}

function fromFirstMatch(pieces: readonly Piece[]): Piece[] {
  const [first, ...rest] = pieces;
  if (first === undefined || first.isMatch || first.text.length <= mostBefore) return [...pieces];
  const cut = first.text.slice(-mostBefore);
  const words = cut.includes(" ") ? cut.slice(cut.indexOf(" ") + 1) : cut;
  return [{ text: cutMark + words, isMatch: false }, ...rest];
}
