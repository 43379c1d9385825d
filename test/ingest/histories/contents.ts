import { kindOfKey } from "../../../src/core/media-type.ts";
import { jpegBytes, joined } from "../../support/images/index.ts";

/** What looking at certain bytes comes to. */
interface Looks {
  readonly state: "ready" | "failed" | "unsupported";
  /** The words that the file brings. */
  readonly caption: string | null;
}

/** Bytes by number: other number, other bytes, other hash. */
export interface Content extends Looks {
  readonly bytes: Uint8Array;
  /** Whether the service takes them as an upload. */
  readonly isUploadable: boolean;
  /** Whether they are stored in parts, so that the storage cannot tell their hash. */
  readonly isMultipart: boolean;
}

/** How many of the numbers histories use whose outcome is known exactly. */
export const contentCount = 8;

/** How many all others use: the last are stored in parts. What is beyond is for those that need many objects. */
export const wildContentCount = 10;

/**
 * Photos, one of them with a caption, a broken one, and what is no photo. Most are none, since a thumbnail takes longer
 * than all else.
 */
function makeContent(number: number): Content {
  const isMultipart = number >= contentCount && number < wildContentCount;
  return { ...bytesOf(number), isMultipart };
}

function bytesOf(number: number): Omit<Content, "isMultipart"> {
  switch (number) {
    case 0:
    case 1:
    case 2:
      return { bytes: photo(8 + 8 * number), state: "ready", caption: null, isUploadable: true };
    case 3:
      return { bytes: photo(8, "of the file"), state: "ready", caption: "of the file", isUploadable: true };
    case 8:
      return { bytes: photo(32), state: "ready", caption: null, isUploadable: true };
    case 4:
      return { bytes: photo(8).slice(0, 12), state: "failed", caption: null, isUploadable: true };
    default:
      return {
        bytes: joined(`no photo ${number}`),
        state: "unsupported",
        caption: null,
        isUploadable: false,
      };
  }
}

function photo(width: number, caption?: string): Uint8Array {
  const picture = { width, height: 8 };
  return jpegBytes(caption === undefined ? picture : { ...picture, xmp: captionXmp(caption) });
}

function captionXmp(caption: string): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">${caption}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>`;
}

const made = new Map<number, Content>();

/** The content with this number. */
export function contentOf(number: number): Content {
  const known = made.get(number) ?? makeContent(number);
  made.set(number, known);
  return known;
}

const folders = ["a/", "b/", "b/c/"] as const;
const names = ["1.jpg", "2.jpg", "bare"] as const;

/** The keys of small histories: the same names in each folder, so that folders can be renamed; and one to be ignored. */
export const smallKeys: readonly string[] = [
  ...folders.flatMap((folder) => names.map((name) => folder + name)),
  "b/notes.txt",
];

/** What a run may be limited to: all, folders, one that holds another. */
export const prefixes = ["", ...folders] as const;

/** Whether an ingest takes in what has this key, or only what is on record already. */
export function isTaken(key: string): boolean {
  return kindOfKey(key) !== "other";
}
