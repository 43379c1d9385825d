import { cleanText } from "../blocks/clean-text.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { dublinCore } from "../blocks/xmp/namespaces.ts";
import { inLanguages } from "./in-languages.ts";

/** What the file says of its picture in words: XMP's description, else IPTC's caption, else EXIF's. */
export const caption: FactExtractor<string> = [
  ({ xmp }) => cleanText(inLanguages(xmp, dublinCore, "description")),
  ({ iptc }) => cleanText(iptc?.caption ?? null),
  ({ exif }) => cleanText(exif?.text("ImageDescription") ?? null),
];
