/**
 * How many combining marks in a row are put into order together. Ordering takes the square of their number: a quarter of
 * a million of them took a minute. No writing has more than 30 (UAX #15 §13, Stream-Safe Text Format).
 */
const longestRun = 64;

/** Up to {@link longestRun} marks, and what stands before them. */
const pieces = /\P{M}*\p{M}{0,64}/gu;

/**
 * Text in a Unicode normal form (UAX #15), in time that grows with its length. Where there are more marks in a row than
 * any writing has, only so many of them are put into order with one another; none is lost.
 */
export function inNormalForm(text: string, form: "NFC" | "NFKD" = "NFC"): string {
  if (text.length <= longestRun || !hasLongRun(text)) return text.normalize(form);
  return Array.from(text.matchAll(pieces), ([piece]) => piece.normalize(form)).join("");
}

function hasLongRun(text: string): boolean {
  for (const [run] of text.matchAll(/\p{M}+/gu)) if (run.length > longestRun) return true;
  return false;
}
