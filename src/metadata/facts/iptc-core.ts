import { cleanName, cleanText } from "../blocks/clean-text.ts";
import type { ExifName } from "../blocks/exif-fields.ts";
import type { IptcTextName } from "../blocks/iptc.ts";
import type { FactExtractor, FileMetadata } from "./fact-extractor.ts";
import { dublinCore, photoshopNamespace, rightsNamespace } from "../blocks/xmp/namespaces.ts";
import { inLanguages } from "./in-languages.ts";
import { ratingOf } from "./rating.ts";

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
  /** Stars, 1 to 5: programs and cameras write 0 for a picture that has none. */
  readonly rating: number | null;
}

/** IPTC Photo Metadata Standard, Core; each field by XMP, else IPTC-IIM, else EXIF. */
export const iptcCore: FactExtractor<IptcCore> = [
  (metadata) => {
    const told = {
      title: line(
        inLanguages(metadata.xmp, dublinCore, "title"),
        iptc(metadata, "title"),
        exif(metadata, "XPTitle"),
      ),
      creator: line(
        people((metadata.xmp?.items(dublinCore, "creator") ?? []).map(({ text }) => text)),
        iptc(metadata, "creator"),
        exif(metadata, "Artist"),
        exif(metadata, "XPAuthor"),
      ),
      credit: line(simple(metadata, "Credit"), iptc(metadata, "credit")),
      copyright: text(
        inLanguages(metadata.xmp, dublinCore, "rights"),
        iptc(metadata, "copyright"),
        exifCopyright(metadata),
      ),
      usageTerms: text(inLanguages(metadata.xmp, rightsNamespace, "UsageTerms")),
      city: line(simple(metadata, "City"), iptc(metadata, "city")),
      state: line(simple(metadata, "State"), iptc(metadata, "state")),
      country: line(simple(metadata, "Country"), iptc(metadata, "country")),
      rating: ratingOf(metadata),
    };
    return Object.values(told).some((value) => value !== null) ? told : null;
  },
];

/** The first text of which something is left. */
function text(...sources: readonly (string | null)[]): string | null {
  for (const source of sources) {
    const cleaned = cleanText(source);
    if (cleaned !== null) return cleaned;
  }
  return null;
}

/** The same for what is to be one line. */
function line(...sources: readonly (string | null)[]): string | null {
  return text(...sources)?.replaceAll(/\s+/gu, " ") ?? null;
}

/** A property of Photoshop's schema. */
function simple({ xmp }: FileMetadata, name: string): string | null {
  return xmp?.items(photoshopNamespace, name).find(({ text }) => text.trim() !== "")?.text ?? null;
}

function iptc({ iptc }: FileMetadata, name: IptcTextName): string | null {
  return iptc?.text(name) ?? null;
}

function exif({ exif }: FileMetadata, name: ExifName): string | null {
  return exif?.text(name) ?? null;
}

/** Several people as EXIF has them in one text (EXIF 3.0 §4.6.5.4, Artist). */
function people(names: readonly string[]): string | null {
  const told = new Set(names.flatMap((name) => line(name) ?? []));
  return told.size === 0 ? null : [...told].join("; ");
}

/** EXIF 3.0 §4.6.5.4, Copyright: the photographer's, and behind a null the editor's; a blank for the first where only the second is told. */
function exifCopyright({ exif }: FileMetadata): string | null {
  const [photographer = "", editor = ""] = exif?.texts("Copyright")[0] ?? [];
  // What is behind the null may be noise, which the first is cleaned of.
  return people([photographer, cleanName(editor) ?? ""]);
}
