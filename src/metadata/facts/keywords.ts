import { cleanText } from "../clean-text.ts";
import { dublinCore } from "./caption.ts";
import type { FactExtractor } from "./fact-extractor.ts";

/** The keywords of XMP, else of IPTC, else those that Windows writes into EXIF; at least one. */
export const keywords: FactExtractor<readonly string[]> = [
  ({ xmp }) => cleaned((xmp?.items(dublinCore, "subject") ?? []).map(({ text }) => text)),
  ({ iptc }) => cleaned(iptc?.keywords ?? []),
  ({ exif }) => cleaned(windowsText(exif?.numbers("XPKeywords") ?? []).split(";")),
];

/** Keywords without control characters, blanks around them, and repetitions; null for none. */
function cleaned(texts: readonly string[]): readonly string[] | null {
  const words = new Set(texts.flatMap((text) => cleanText(text)?.replaceAll(/\s+/gu, " ") ?? []));
  return words.size === 0 ? null : [...words];
}

/** Windows' own fields are bytes of UTF-16, whatever the byte order of the block, with a null at the end. */
function windowsText(bytes: readonly number[]): string {
  return new TextDecoder("utf-16le").decode(Uint8Array.from(bytes)).split("\0", 1).join("");
}
