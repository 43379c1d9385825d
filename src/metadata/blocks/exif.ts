import { ByteView } from "../byte-view.ts";
import {
  type ExifName,
  mainFields,
  photoFields,
  photoPointer,
  positionFields,
  positionPointer,
  wideFields,
} from "./exif-fields.ts";
import { advance, FileParts, type Reading } from "../file-parts.ts";
import { readDirectory, type TiffField, tiffSignature, typeBytes } from "../tiff-directory.ts";
import { numbersOf, textsOf, type TiffValue, wideTextsOf } from "../tiff-values.ts";

/** Fields of EXIF by their names in the standard (EXIF 3.0 §4.6), whatever the type in which they are written. */
export interface ExifTags {
  /** A text up to its first null; null where the field is missing, blank, or no text. */
  text(name: ExifName): string | null;
  /**
   * Everything a field tells: of each directory in which it stands, its own before others, all texts between nulls; none
   * where it is missing.
   */
  texts(name: ExifName): readonly (readonly string[])[];
  /** The numbers of a field: rationals divided out, so that 0/0 is NaN; none where it is missing, or no number. */
  numbers(name: ExifName): readonly number[];
}

/** The directories of a block, by which fields are looked up in them. */
interface Directories {
  readonly main: ReadonlyMap<number, TiffValue>;
  readonly photo: ReadonlyMap<number, TiffValue>;
  readonly position: ReadonlyMap<number, TiffValue>;
}

const nothing: ReadonlyMap<number, TiffValue> = new Map();

/** Decodes a structure that `copyExif` made; of anything else it tells nothing. */
export function decodeExif(structure: Uint8Array): ExifTags {
  const progress = advance(readDirectories(structure), FileParts.whole(structure));
  const directories =
    progress.kind === "done" ? progress.value : { main: nothing, photo: nothing, position: nothing };
  const texts = (name: ExifName): (readonly string[])[] => {
    const { tag, values } = valuesOf(directories, name);
    return values.map(wideFields.has(tag) ? wideTextsOf : textsOf).filter((each) => each.length > 0);
  };
  return {
    texts,
    text: (name) => texts(name).find(([first = ""]) => first.trim() !== "")?.[0] ?? null,
    numbers: (name) =>
      valuesOf(directories, name)
        .values.map(numbersOf)
        .find((numbers) => numbers.length > 0) ?? [],
  };
}

/** The values of a field, that of its own directory first. */
function valuesOf(
  { main, photo, position }: Directories,
  name: ExifName,
): { readonly tag: number; readonly values: readonly TiffValue[] } {
  const [tag, directories] = isIn(mainFields, name)
    ? [mainFields[name], [main, photo]]
    : isIn(photoFields, name)
      ? [photoFields[name], [photo, main]]
      : [positionFields[name], [position]];
  return { tag, values: directories.flatMap((directory) => directory.get(tag) ?? []) };
}

function isIn<T extends object>(fields: T, name: ExifName): name is ExifName & keyof T {
  return Object.hasOwn(fields, name);
}

// The copy is in memory as a whole: there is nothing to wait for, and no offset in it that is not its own.
function* readDirectories(structure: Uint8Array): Reading<Directories> {
  const block = { offset: 0, length: structure.length };
  const signature = tiffSignature(new ByteView(structure));
  if (signature === null) return { main: nothing, photo: nothing, position: nothing };
  const { littleEndian } = signature;
  const valueOf = ({ type, count, valueOffset }: TiffField): TiffValue => {
    const end = valueOffset + count * (typeBytes[type] ?? 0);
    return { type, bytes: structure.subarray(valueOffset, end), littleEndian };
  };
  const directory = function* (offset: number): Reading<ReadonlyMap<number, TiffValue>> {
    const fields = yield* readDirectory(block, signature, offset);
    return new Map([...(fields ?? [])].map(([tag, field]) => [tag, valueOf(field)]));
  };
  const main = yield* directory(signature.firstDirectory);
  const pointed = function* (tag: number): Reading<ReadonlyMap<number, TiffValue>> {
    const pointer = main.get(tag);
    return pointer === undefined ? nothing : yield* directory(numbersOf(pointer)[0] ?? 0);
  };
  return { main, photo: yield* pointed(photoPointer), position: yield* pointed(positionPointer) };
}
