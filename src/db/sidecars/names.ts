import { extensionOf } from "../../core/media-type.ts";

/** How the name of a sidecar ends; a path key of Dropbox has the first only. */
const endings = [".xmp", ".XMP"] as const;

/** The path keys at which the sidecar of a photo may lie, the one that counts first at the beginning. */
export function sidecarPathsOf(pathKey: string): string[] {
  const extension = extensionOf(pathKey);
  const stem = extension === null ? null : pathKey.slice(0, -1 - extension.length);
  return [pathKey, stem].flatMap((name) => (name === null ? [] : endings.map((ending) => name + ending)));
}
