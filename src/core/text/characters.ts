/**
 * Characters that only deceive in a name or a keyword, since two that differ in them look alike, or one looks like
 * what it is not. From Unicode 17:
 *
 * - controls (category Cc, among them NEL and the rest of C1), and the line and paragraph separator (UAX #14, class BK);
 * - the controls of direction: U+061C, U+200E, U+200F, U+202A-U+202E, U+2066-U+2069 (UAX #9 §2);
 * - what is never seen (Default_Ignorable_Code_Point, DerivedCoreProperties.txt) or only reserves a place: the soft
 *   hyphen, U+034F, the fillers of Hangul and Khmer, the selectors and the separator of Mongolian, the zero width space,
 *   U+2060-U+2064, U+206A-U+206F, the byte order mark, the marks of annotations, and tags (U+E0000-U+E007F).
 *
 * Not among them, as scripts and emoji need them: the zero width joiner and non-joiner (U+200D, U+200C; UTS #39 §3.1.1)
 * and the variation selectors U+FE00-U+FE0F and U+E0100-U+E01EF.
 */
const deceptive =
  /[\u{34f}\u{17b4}\u{17b5}\u{180b}-\u{180e}\p{Cc}\u{ad}\u{61c}\u{115f}\u{1160}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{206f}\u{3164}\u{feff}\u{ffa0}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu;

/** The flag of England and its kind: a black flag, the region in tags, and their end (UTS #51, ED-14a). */
const regionFlags = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu;

/** The first character of a text that only deceives there, as `U+202E`; null where there is none. */
export function deceptiveCharacter(text: string): string | null {
  const [found] = text.replaceAll(regionFlags, "").match(deceptive) ?? [];
  const point = found?.codePointAt(0);
  return point === undefined ? null : `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A text without the characters that only deceive; flags keep their tags. */
export function withoutDeceptive(text: string): string {
  const flags = text.match(regionFlags) ?? [];
  const between = text.split(regionFlags).map((part) => part.replaceAll(deceptive, ""));
  return between.map((part, index) => part + (flags[index] ?? "")).join("");
}

/** Whether nobody would see anything of a text: blanks, joiners and variation selectors alone, or nothing at all. */
export function isInvisible(text: string): boolean {
  return /^[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}\s\u{200c}-\u{200d}]*$/u.test(text);
}

/** What breaks a line, moves a terminal's cursor, turns or hides what stands beside it, or is no character. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A text in which every character that is not seen as itself is written as JSON would escape it (RFC 8259 §7). */
export function withHiddenEscaped(text: string): string {
  return text.replaceAll(hidden, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(""),
  );
}

const shortEscapes: ReadonlyMap<number, string> = new Map([
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
]);

function escaped(unit: number): string {
  return shortEscapes.get(unit) ?? `\\u${unit.toString(16).padStart(4, "0")}`;
}
