import { ByteView } from "../byte-view.ts";
import { cleanText, decodeLatin, decodeUtf8OrLatin } from "./clean-text.ts";

/** What IPTC's envelope and application records tell (IIM 4.2 §5 and §6), as far as facts are made of it. */
export interface IptcTags {
  readonly caption: string | null;
  readonly keywords: readonly string[];
  /** A text by its name; null where it is missing. Several creators are told with semicolons between. */
  text(name: IptcTextName): string | null;
}

/** Texts of the application record beside caption and keywords. */
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

/** IIM 4.2 §6: the numbers of datasets in record 2. */
const textNumbers: Readonly<Record<IptcTextName, number>> = {
  title: 5,
  creator: 80,
  credit: 110,
  copyright: 116,
  city: 90,
  state: 95,
  country: 101,
  dateCreated: 55,
  timeCreated: 60,
};
const keywordsNumber = 25;
const captionNumber = 120;
const wantedNumbers: ReadonlySet<number> = new Set([
  ...Object.values(textNumbers),
  keywordsNumber,
  captionNumber,
]);

const iptcResource = 0x0404;
// Ends a walk over resources that are all empty; Photoshop writes some dozens.
const maxResources = 1000;
// A record that is made of empty keywords has no more of them than this.
const maxDatasets = 20_000;
/** The signatures of a resource that are seen: Photoshop's own, and those of other programs that write resources as it does. */
const resourceSignatures: ReadonlySet<number> = new Set(
  ["8BIM", "PHUT", "AgHg", "MeSa", "DCSR"].map((name) => new ByteView(new TextEncoder().encode(name)).u32(0)),
);
const datasetMarker = 0x1c;
// ISO/IEC 2022: Latin-1 as the set of the upper half. UTF-8, the other one in use, is recognised by itself.
const latinEscapes: ReadonlySet<string> = new Set(["\x1b-A", "\x1b.A", "\x1b/A"]);

/**
 * The first IPTC record that is not empty in Photoshop's image resource blocks (Adobe's file format specification), null
 * without one. Where a resource does not begin at the place to which the one before it leads, the next signature is
 * searched for: not every writer pads names and data to an even length.
 */
export function findIptc(resources: Uint8Array): Uint8Array | null {
  const view = new ByteView(resources);
  let at = nextResource(view, 0);
  for (let count = 0; count < maxResources && at !== null; count++) {
    const { dataAt, size } = resourceData(view, at);
    const record = view.part(dataAt, size).bytes;
    if (view.u16(at + 4) === iptcResource && record.includes(datasetMarker)) return record;
    // What says that it goes on beyond the end is damaged, and others may stand in it.
    at = nextResource(view, view.has(dataAt, size) ? dataAt + size : at + 4);
  }
  return null;
}

/** Where a resource's data lies. Its name, behind a length, is padded to an even length, which not every writer does. */
function resourceData(view: ByteView, at: number): { dataAt: number; size: number } {
  const nameEnd = at + 7 + view.u8(at + 6);
  const unpadded = { dataAt: nameEnd + 4, size: view.u32(nameEnd) };
  const sizeAt = nameEnd + ((nameEnd - at) % 2);
  const padded = { dataAt: sizeAt + 4, size: view.u32(sizeAt) };
  const isUnpadded = !view.has(padded.dataAt, padded.size) && view.has(unpadded.dataAt, unpadded.size);
  return isUnpadded ? unpadded : padded;
}

/** Where the next signature of a resource is, from a place on. */
function nextResource(view: ByteView, from: number): number | null {
  for (let at = from; view.has(at, 12); at++) {
    if (resourceSignatures.has(view.u32(at))) return at;
  }
  return null;
}

/** Whether the bytes begin with a dataset of IPTC, be it that each four of them are in the wrong order. */
export function isIptc(bytes: Uint8Array): boolean {
  return beginsRecord(bytes) || beginsRecord(swapped(bytes.subarray(0, 8)));
}

/** Decodes IIM datasets, in the character set that they tell, else in UTF-8 or Windows-1252, whichever they are. */
export function decodeIptc(bytes: Uint8Array): IptcTags {
  // TIFF may hold the record as numbers of 32 bits, and some have turned it into the other byte order as such.
  const isSwapped = !beginsRecord(bytes) && beginsRecord(swapped(bytes.subarray(0, 8)));
  const { characterSet, values } = readDatasets(new ByteView(isSwapped ? swapped(bytes) : bytes));
  const decode = latinEscapes.has(characterSet) ? decodeLatin : decodeUtf8OrLatin;
  // A dataset that is written twice may be blank the first time.
  const texts = (number: number): string[] =>
    (values.get(number) ?? []).map(decode).filter((text) => cleanText(text) !== null);
  return {
    caption: texts(captionNumber)[0] ?? null,
    keywords: texts(keywordsNumber),
    text: (name) => {
      const all = texts(textNumbers[name]);
      return (name === "creator" && all.length > 1 ? all.join("; ") : all[0]) ?? null;
    },
  };
}

interface Datasets {
  readonly characterSet: string;
  /** Of record 2, by number. */
  readonly values: ReadonlyMap<number, readonly Uint8Array[]>;
}

/** IIM 4.2 §3: datasets behind one another; what is between them, such as padding, is passed over. */
function readDatasets(view: ByteView): Datasets {
  let characterSet = "";
  const values = new Map<number, Uint8Array[]>();
  let at = view.bytes.indexOf(datasetMarker);
  for (let count = 0; count < maxDatasets && at !== -1 && view.has(at, 5); count++) {
    const [record, number] = [view.u8(at + 1), view.u8(at + 2)];
    const { header, length } = datasetSize(view, at);
    if (record === 0 || record > 9 || !view.has(at + header, length)) {
      at = view.bytes.indexOf(datasetMarker, at + 1);
      continue;
    }
    const { bytes } = view.part(at + header, length);
    if (record === 1 && number === 90) characterSet = decodeLatin(bytes.subarray(0, 8));
    if (record === 2 && wantedNumbers.has(number)) added(values, number).push(bytes);
    at = view.bytes.indexOf(datasetMarker, at + header + length);
  }
  return { characterSet, values };
}

/** The values of a dataset so far. */
function added(values: Map<number, Uint8Array[]>, number: number): Uint8Array[] {
  const found = values.get(number) ?? [];
  values.set(number, found);
  return found;
}

/** IIM 4.2 §1.6: a length of two bytes, or, with its highest bit set, how many bytes the length itself has. */
function datasetSize(view: ByteView, at: number): { header: number; length: number } {
  const length = view.u16(at + 3);
  if (length < 0x80_00) return { header: 5, length };
  const width = length & 0x7f_ff;
  const wide = width === 2 ? view.u16(at + 5) : view.u32(at + 5);
  return { header: 5 + width, length: width === 2 || width === 4 ? wide : Number.POSITIVE_INFINITY };
}

function beginsRecord(bytes: Uint8Array): boolean {
  const [marker, record = 0] = bytes;
  return marker === datasetMarker && record >= 1 && record <= 9;
}

/** Each four bytes in reverse. */
function swapped(bytes: Uint8Array): Uint8Array {
  const turned = new Uint8Array(bytes.length - (bytes.length % 4));
  for (let at = 0; at < turned.length; at++) turned[at] = bytes[at ^ 3] ?? 0;
  return turned;
}
