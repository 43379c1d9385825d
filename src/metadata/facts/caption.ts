import { cleanText } from "../clean-text.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { dublinCore } from "./namespaces.ts";

/** What the file says of its picture in words: XMP's description, else IPTC's caption, else EXIF's. */
export const caption: FactExtractor<string> = [
  ({ xmp }) => {
    const items = xmp?.items(dublinCore, "description") ?? [];
    // Of several languages the default one, which is the first where the packet keeps to the rules.
    const item = items.find(({ language }) => language?.toLowerCase() === "x-default") ?? items[0];
    return cleanText(item?.text ?? null);
  },
  ({ iptc }) => cleanText(iptc?.caption ?? null),
  ({ exif }) => cleanText(exif?.text("ImageDescription") ?? null),
];
