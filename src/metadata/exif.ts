import type { ExpandedTags } from "exifreader";
import { decodeLatin } from "./clean-text.ts";

/** Fields of EXIF by their names in the standard (EXIF 3.0 §4.6). */
export interface ExifTags {
  /** A text up to its first null; null where the field is missing or of another type. */
  text(name: string): string | null;
  /** The numbers of a field: rationals divided out, so that 0/0 is NaN; none where it is missing. */
  numbers(name: string): readonly number[];
}

/**
 * Decodes a structure that `copyExif` made. The library is loaded here, and not before; whatever it
 * stumbles over in a damaged block means that the block tells nothing.
 */
export async function decodeExif(structure: Uint8Array): Promise<ExifTags> {
  const { loadView } = await import("exifreader");
  const view = new DataView(structure.buffer, structure.byteOffset, structure.byteLength);
  let tags: ExpandedTags = {};
  try {
    tags = loadView(view, { expanded: true, computed: true, includeTags: { exif: true } });
  } catch {
    // Nothing is told, then.
  }
  const values = new Map<string, unknown>(
    Object.entries(tags.exif ?? {}).map(([name, tag]) => [name, computed(tag)]),
  );
  return {
    text: (name) => textOf(values.get(name)),
    numbers: (name) => numbersOf(values.get(name)),
  };
}

/** A tag's value with rationals divided out. */
function computed(tag: unknown): unknown {
  return typeof tag === "object" && tag !== null && "computed" in tag ? tag.computed : undefined;
}

// Latin-1's control characters, which is where Windows-1252 has its quotes and dashes.
const undecoded = /[\x80-\x9f]/u;
const beyondLatin = /[^\0-\xff]/u;

/** Whether a text is bytes that the library could not read as UTF-8. */
function isUndecoded(text: string): boolean {
  return undecoded.test(text) && !beyondLatin.test(text);
}

/** The library splits texts at nulls, and leaves bytes that are not UTF-8 as one character each. */
function textOf(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first !== "string" || !isUndecoded(first)) return typeof first === "string" ? first : null;
  return decodeLatin(Uint8Array.from(first, (character) => character.charCodeAt(0)));
}

/** A denominator of 0 is null to the library. */
function numbersOf(value: unknown): number[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((item) => {
    if (typeof item === "number") return [item];
    return item === null ? [Number.NaN] : [];
  });
}
