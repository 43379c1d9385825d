/**
 * Compares texts as SQLite and R2 sort keys: by their bytes of UTF-8, which is the order of code points; JavaScript's own
 * is that of UTF-16. Negative, zero or positive, as `sort` wants it.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = rankOf(a.charCodeAt(at)) - rankOf(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates of UTF-16 stand for code points that come after all those that need none. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
