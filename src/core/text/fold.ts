import { inNormalForm } from "./normal-form.ts";

/**
 * Marks that search does not tell apart, as accents, and the points of Hebrew and Arabic. Kept are those of the scripts
 * whose vowel signs are letters for who writes them (Brahmic scripts and Thaana; Unicode 17, chapters 12 to 17), and the
 * voicing of kana (U+3099, U+309A). Dropped as well: the Arabic stroke that only draws a word out (U+0640), and what is
 * never seen: the soft hyphen, the zero width space and joiner, controls of direction, the byte order mark, tags. The zero
 * width non-joiner stays: where Persian has it, it parts a word.
 */
const dropped =
  /(?![\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Thaana}\p{Script=Balinese}\p{Script=Javanese}\p{Script=Sundanese}\p{Script=Cham}\p{Script=Tai_Tham}\p{Script=Tai_Viet}\p{Script=Limbu}\p{Script=Meetei_Mayek}\p{Script=Lepcha}\p{Script=Newa}\p{Script=Tirhuta}\p{Script=Chakma}\p{Script=Buginese}\p{Script=Batak}\p{Script=Tagalog}\p{Script=Hanunoo}\p{Script=Buhid}\p{Script=Tagbanwa}\p{Script=Saurashtra}\p{Script=Syloti_Nagri}\p{Script=Rejang}\p{Script=Kayah_Li}\p{Script=Grantha}\p{Script=Sharada}\p{Script=Kaithi}\p{Script=Modi}\u3099\u309a])\p{M}|[\u{640}\u{ad}\u{200b}\u{200d}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{2069}\u{feff}\u{e0000}-\u{e007f}]/gu;

/** Letters that do not decompose, with what people type who have not got them on their keyboard; lower case. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ["ς", "σ"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["ħ", "h"],
  ["ŧ", "t"],
  ["þ", "th"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ı", "i"],
  ["ŋ", "n"],
  ["ƀ", "b"],
  ["ɓ", "b"],
  ["ƈ", "c"],
  ["ȼ", "c"],
  ["ɖ", "d"],
  ["ɗ", "d"],
  ["ɇ", "e"],
  ["ƒ", "f"],
  ["ǥ", "g"],
  ["ɠ", "g"],
  ["ɨ", "i"],
  ["ɉ", "j"],
  ["ƙ", "k"],
  ["ƚ", "l"],
  ["ɲ", "n"],
  ["ƥ", "p"],
  ["ɍ", "r"],
  ["ƭ", "t"],
  ["ʉ", "u"],
  ["ʋ", "v"],
  ["ƴ", "y"],
  ["ɏ", "y"],
  ["ƶ", "z"],
]);

const plainable = /[ςøłđðħŧþæœıŋƀɓƈȼɖɗɇƒǥɠɨɉƙƚɲƥɍƭʉʋƴɏƶ]/gu;

/**
 * A text as search compares it: without accents, case, and forms that only look different (NFKD, UAX #15), and with plain
 * letters for those that many keyboards lack. Folding twice changes nothing more.
 *
 * Lower case is made of upper case, as it is then the full case folding (ß and SS both become ss); it is made of lower
 * case before, as ẞ has no other upper case than itself.
 */
export function foldText(text: string): string {
  const bare = inNormalForm(text, "NFKD").replaceAll(dropped, "");
  const lower = bare.toLowerCase().toUpperCase().toLowerCase();
  return inNormalForm(lower.replaceAll(plainable, (letter) => plainLetters.get(letter) ?? letter));
}
