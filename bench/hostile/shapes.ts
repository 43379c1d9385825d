/** Repeats a text to exactly so many characters. */
export function filled(text: string, length: number): string {
  return text
    .repeat(Math.ceil(length / text.length))
    .slice(0, length)
    .toWellFormed();
}

/** A text that takes about so many bytes when it is escaped. */
export function fitted(
  length: number,
  text: (length: number) => string,
  escape: (text: string) => string,
): string {
  const bytes = Buffer.byteLength(escape(text(length)));
  return bytes <= length ? escape(text(length)) : escape(text(Math.floor((length * length) / bytes)));
}

/** Pieces one after the other, to about so many characters. */
export function repeated(length: number, piece: (index: number) => string): string {
  const pieces: string[] = [];
  for (let index = 0, total = 0; total < length; index++) {
    const next = piece(index);
    pieces.push(next);
    total += next.length;
  }
  return pieces.join("");
}

/** What a part of a request is filled with, a class of characters each; all of it may stand in a header. */
export const fills: readonly (readonly [name: string, text: string])[] = [
  ["letters", "a"],
  ["digits", "9"],
  ["blanks", " "],
  ["tabs", "\t"],
  ["commas", ","],
  ["quotes", '"'],
  ["backslashes", "\\"],
  ["hyphens", "-"],
  ["equals", "="],
  ["semicolons", ";"],
  ["colons", ":"],
  ["words", "a "],
  ["quoted words", '"a" '],
  ["lists", "0-0, "],
  ["tags", 'W/"a", '],
];

/** What may stand in a query or a body beside {@link fills}. */
export const textFills: typeof fills = [
  ["carriage returns", "\r"],
  ["accents", "\u0301"],
  ["accented letters", "e\u0301"],
  ["emoji", "\u{1f468}\u200d"],
  ["markup", "<a>"],
  ["brackets", "("],
  ["exclusions", "-a "],
  ["prefixes", "a* "],
];

/** A few of them, for what is likely not read at all. */
export const fewFills: typeof fills = fills.filter(([name]) =>
  ["letters", "blanks", "commas", "quotes", "hyphens"].includes(name),
);

/** A text of about so many characters. */
export interface Shape {
  readonly name: string;
  readonly text: (length: number) => string;
}

/**
 * A seed with a run of one class of characters before or between its tokens, or two runs about a sign, ended by a
 * letter that fits nothing, so that whoever tries all ways to match must try them all; and always with one behind it.
 */
export function shapesOf(seed: string, classes: typeof fills, thorough: boolean): Shape[] {
  const tokens = seed.match(/\w+|\W/g) ?? [];
  const within = thorough ? [...tokens.entries()] : [];
  return classes.flatMap(([name, text]) => {
    const shape = (where: string, first: number, second: number, end: string): Shape => ({
      name: `\`${seed}\` with ${name} ${where}`,
      text: (length) =>
        around(tokens, [first, second], filled(text, first === second ? length : length >> 1), end),
    });
    return [
      shape("behind", tokens.length, tokens.length, ""),
      ...within.map(([index]) => shape(`before token ${index + 1}`, index, index, "")),
      ...within
        .filter(([, token]) => /\W/.test(token))
        .map(([index, token]) => shape(`about \`${token}\`, and x`, index, index + 1, "x")),
    ];
  });
}

/** The tokens with a run before one of them, and another one before a later one. */
function around(
  tokens: readonly string[],
  [first, second]: readonly [number, number],
  run: string,
  end: string,
): string {
  const between = first === second ? "" : `${tokens.slice(first, second).join("")}${run}`;
  return `${tokens.slice(0, first).join("")}${run}${between}${tokens.slice(second).join("")}${end}`;
}
