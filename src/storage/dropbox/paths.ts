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
