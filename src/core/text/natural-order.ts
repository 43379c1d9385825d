import { compareKeys } from "./key-order.ts";

/**
 * The root order of Unicode (UTS 10) with runs of digits as numbers: letters first, then accents, then case. The same for
 * every language, so that a page and the one behind it agree whoever asks.
 */
const collator = new Intl.Collator("und", {
  numeric: true,
  sensitivity: "variant",
  ignorePunctuation: false,
});

/**
 * Compares names as people sort them: `img2` before `img10`. Total: names that look the same to the collator (another
 * normal form, characters that it ignores, zeros in front of a number) go by their code points.
 */
export function compareNaturally(a: string, b: string): number {
  return collator.compare(a, b) || compareKeys(a, b);
}
