import type { FactExtractor } from "./fact-extractor.ts";

/** What people wrote into a file beside its caption and its keywords, by the names of IPTC Core; at least one is told. */
export interface IptcCore {
  readonly title: string | null;
  readonly creator: string | null;
  readonly credit: string | null;
  readonly copyright: string | null;
  readonly usageTerms: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly country: string | null;
  /** Stars, 0 to 5. */
  readonly rating: number | null;
}

/** IPTC Photo Metadata Standard, Core; each field by XMP, else IPTC-IIM, else EXIF. */
export const iptcCore: FactExtractor<IptcCore> = [];
