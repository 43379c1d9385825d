/**
 * Paths as Dropbox tells them begin with a slash and contain the provider's root. What is relative to the root is found
 * by counting folders, not by comparing: the root may be spelt otherwise, and Dropbox's way of lowering letters is its own.
 */

/** How many folders a root is deep: 0 for the empty one, 2 for `/a/b`. */
export function depthOf(root: string): number {
  return root.split("/").length - 1;
}

/** A path without its first `depth` folders and without a slash at its beginning; null for what is not below them. */
export function relativePath(path: string, depth: number): string | null {
  const rest = path.split("/").slice(depth + 1);
  return rest.length === 0 || rest[0] === "" ? null : rest.join("/");
}

/** Compares by bytes of UTF-8, which is the order of code points; JavaScript's own is that of UTF-16. */
export function compareUtf8(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points from U+10000 up, so they come after all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
