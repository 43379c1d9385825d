import { type Facts, readFacts } from "../../../src/metadata/facts.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/header.ts";
import { exifBytes, type ExifContent, jpegBytes, type JpegContent } from "../../support/images/index.ts";

/** The facts of a file that tells none. */
export const nothing: Facts = {
  takenAt: null,
  camera: null,
  exposure: null,
  location: null,
  caption: null,
  keywords: null,
  iptcCore: null,
};

/** The facts of a file that is in memory; all null where it is no image. */
export async function factsOf(file: Uint8Array): Promise<Facts> {
  const parts = FileParts.whole(file);
  const header = readImageHeader(parts);
  if (header.kind !== "header") return nothing;
  const result = await readFacts(parts, header.header);
  if (result.kind !== "facts") throw new Error("wants more of a file that is there as a whole");
  return result.facts;
}

/** The facts of a small JPEG with this metadata. */
export async function factsOfJpeg(content: Partial<JpegContent>): Promise<Facts> {
  return await factsOf(jpegBytes({ width: 8, height: 8, ...content }));
}

/** The facts of a small JPEG with these fields of EXIF. */
export async function factsOfExif(content: ExifContent): Promise<Facts> {
  return await factsOfJpeg({ exif: exifBytes(content) });
}
