import { cleanText } from "../blocks/clean-text.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { dublinCore } from "../blocks/xmp/namespaces.ts";

/** The keywords of XMP, else of IPTC, else those that Windows writes into EXIF; at least one. */
export const keywords: FactExtractor<readonly string[]> = [
  ({ xmp }) => cleaned((xmp?.items(dublinCore, "subject") ?? []).map(({ text }) => text)),
  ({ iptc }) => cleaned(iptc?.keywords ?? []),
  ({ exif }) => cleaned((exif?.text("XPKeywords") ?? "").split(";")),
];

/** Keywords without control characters, blanks around them, and repetitions; null for none. */
function cleaned(texts: readonly string[]): readonly string[] | null {
  const words = new Set(texts.flatMap((text) => cleanText(text)?.replaceAll(/\s+/gu, " ") ?? []));
  return words.size === 0 ? null : [...words];
}
