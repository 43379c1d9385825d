/** Why a file cannot come in, as far as that is known before it is sent. */
export type Unfit = "sidecar" | "noPhoto" | "tooLarge" | "empty";

/** The extensions of what the service takes in; a file without one is judged by its bytes. */
const extensions: ReadonlySet<string> = new Set(
  "jpg jpeg jpe jfif png apng gif webp heic hif heif avif avifs tif tiff bmp dib".split(" "),
);

/** Why a file cannot come in; null where nothing speaks against it. `most` is the largest size, null while not known. */
export function judge(
  { path, size }: { readonly path: string; readonly size: number },
  most: number | null,
): Unfit | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const extension = dot === -1 ? "" : name.slice(dot + 1).toLowerCase();
  if (extension === "xmp") return "sidecar";
  if (extension !== "" && !/\s/u.test(extension) && !extensions.has(extension)) return "noPhoto";
  if (size === 0) return "empty";
  return most !== null && size > most ? "tooLarge" : null;
}
