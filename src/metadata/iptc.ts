import type { ExpandedTags } from "exifreader";
import { ByteView } from "./byte-view.ts";
import { decodeLatin, decodeUtf8OrLatin } from "./clean-text.ts";

/** What IPTC's envelope and application records tell (IIM 4.2 §5 and §6), as far as facts are made of it. */
export interface IptcTags {
  readonly caption: string | null;
  readonly keywords: readonly string[];
  /** A dataset that is one text; of several by-lines all. Null where there is none. */
  text(name: IptcTextName): string | null;
}

/** The datasets that are one text, by what facts call them. */
export type IptcTextName =
  | "title"
  | "creator"
  | "credit"
  | "copyright"
  | "city"
  | "state"
  | "country"
  | "dateCreated"
  | "timeCreated";

// The library's names of 2:05, 2:80, 2:110, 2:116, 2:90, 2:95, 2:101, 2:55 and 2:60.
const textNames: Readonly<Record<IptcTextName, string>> = {
  title: "Object Name",
  creator: "By-line",
  credit: "Credit",
  copyright: "Copyright Notice",
  city: "City",
  state: "Province/State",
  country: "Country/Primary Location Name",
  dateCreated: "Date Created",
  timeCreated: "Time Created",
};

const iptcResource = 0x0404;
// Ends a walk over resources that are all empty; Photoshop writes some dozens.
const maxResources = 1000;
const captionName = "Caption/Abstract";
const keywordsName = "Keywords";
const characterSetName = "Coded Character Set";
// ISO/IEC 2022: Latin-1 as the set of the upper half. UTF-8, the other one in use, is recognised by itself.
const latinEscapes: ReadonlySet<string> = new Set(["\x1b-A", "\x1b.A", "\x1b/A"]);

/** The IPTC record in Photoshop's image resource blocks (Adobe's file format specification), null without one. */
export function findIptc(resources: Uint8Array): Uint8Array | null {
  const view = new ByteView(resources);
  let at = 0;
  for (let count = 0; count < maxResources && view.startsWith("8BIM", at); count++) {
    // A name behind its length follows the id; both name and data are padded to an even length.
    const nameBytes = 1 + view.u8(at + 6);
    const sizeAt = at + 6 + nameBytes + (nameBytes % 2);
    const size = view.u32(sizeAt);
    if (view.u16(at + 4) === iptcResource) return view.part(sizeAt + 4, size).bytes;
    at = sizeAt + 4 + size + (size % 2);
  }
  return null;
}

/** Decodes IIM datasets, in the character set that they tell, else in UTF-8 or Windows-1252, whichever they are. */
export async function decodeIptc(record: Uint8Array): Promise<IptcTags> {
  const { loadView } = await import("exifreader");
  let tags: ExpandedTags = {};
  try {
    tags = loadView(asTiff(record), {
      expanded: true,
      includeTags: { iptc: [captionName, keywordsName, characterSetName, ...Object.values(textNames)] },
    });
  } catch {
    // Nothing is told, then.
  }
  const datasets = new Map<string, unknown>(Object.entries(tags.iptc ?? {}));
  const characterSet = decodeLatin(bytesOf(datasets.get(characterSetName))[0] ?? new Uint8Array(0));
  const decode = latinEscapes.has(characterSet) ? decodeLatin : decodeUtf8OrLatin;
  const texts = (name: string): string[] => bytesOf(datasets.get(name)).map(decode);
  return {
    caption: texts(captionName)[0] ?? null,
    keywords: texts(keywordsName),
    text: (name) => texts(textNames[name]).join("; ") || null,
  };
}

/** The library takes IPTC from files only; a TIFF of one field is the smallest of them (TIFF 6.0, tag 33723). */
function asTiff(record: Uint8Array): DataView {
  const head = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0xbb, 0x83, 1, 0, 0, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0];
  const bytes = new Uint8Array(head.length + record.length);
  bytes.set(head);
  bytes.set(record, head.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(14, record.length, true);
  return view;
}

/** The bytes of a dataset, or of each of several. */
function bytesOf(dataset: unknown): Uint8Array[] {
  const datasets: unknown[] = Array.isArray(dataset) ? dataset : [dataset];
  return datasets.flatMap((item) => {
    if (typeof item !== "object" || item === null || !("value" in item) || !Array.isArray(item.value))
      return [];
    return [Uint8Array.from(item.value, Number)];
  });
}
