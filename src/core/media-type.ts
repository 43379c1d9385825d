/** The media types that are taken in. SVG, PDF, JPEG XL and the like are not among them. */
export const mediaTypes = [
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
  "image/heic",
  "image/heif",
  "image/avif",
  "image/tiff",
  "image/bmp",
] as const;

/** An accepted media type. */
export type MediaType = (typeof mediaTypes)[number];

/** The file name extensions of each accepted type, without the dot, the usual one first. */
export const mediaTypeExtensions: Readonly<Record<MediaType, readonly [string, ...string[]]>> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png", "apng"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "image/heic": ["heic", "hif"],
  "image/heif": ["heif"],
  "image/avif": ["avif", "avifs"],
  "image/tiff": ["tif", "tiff"],
  "image/bmp": ["bmp", "dib"],
};

const imageExtensions: ReadonlySet<string> = new Set(Object.values(mediaTypeExtensions).flat());

/** Whether a string, such as the essence of a `Content-Type`, is an accepted media type. */
export function isMediaType(text: string): text is MediaType {
  const accepted: readonly string[] = mediaTypes;
  return accepted.includes(text);
}

/**
 * The extension of an object key: what follows the last dot of its last segment, in lower case and
 * without the dot. Null where nothing follows, or where it holds white space ("Mr. Smith"), which no
 * file type's extension does.
 */
export function extensionOf(key: string): string | null {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const extension = dot === -1 ? "" : name.slice(dot + 1).toLowerCase();
  return extension === "" || /\s/u.test(extension) ? null : extension;
}

/** Whether an object key names a sidecar, the words of a photo beside it in a file of their own: never a media object. */
export function isSidecarKey(key: string): boolean {
  return extensionOf(key) === "xmp";
}

/**
 * What an object key's name says about the object: `image` has an image's extension, `other` has
 * another's and is not for ingest, `unknown` has none and is judged by its bytes.
 */
export function kindOfKey(key: string): "image" | "unknown" | "other" {
  const extension = extensionOf(key);
  if (extension === null) return "unknown";
  return imageExtensions.has(extension) ? "image" : "other";
}
