import { ByteView } from "../../../metadata/byte-view.ts";
import { advance, FileParts } from "../../../metadata/file-parts.ts";
import { readTiffPages, type TiffDirectory } from "../../../metadata/headers/tiff/pages.ts";
import { integerAt, type TiffSignature, tiffSignature } from "../../../metadata/tiff-directory.ts";
import { corrupt, unsupported } from "../../types.ts";

/** Bytes of a value of the types of which numbers are read (TIFF 6.0 §2). */
const valueBytes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 5: 8, 7: 1, 13: 4, 16: 8, 18: 8 };
const rationalType = 5;

/** Values of a field; null beyond the last. */
export interface NumberList {
  readonly length: number;
  readonly at: (index: number) => number | null;
}

/** The fields of the directory whose picture is shown, and their values out of the whole file. */
export class PageFields {
  readonly littleEndian: boolean;
  readonly #view: ByteView;
  readonly #fields: TiffDirectory;

  constructor(bytes: Uint8Array, { littleEndian }: TiffSignature, fields: TiffDirectory) {
    this.littleEndian = littleEndian;
    this.#view = new ByteView(bytes);
    this.#fields = fields;
  }

  /** The first value of a field of integers; null where there is none. */
  number(tag: number): number | null {
    return this.list(tag).at(0);
  }

  /** The first values of a field of integers or of rationals; none where there is no such field. */
  numbers(tag: number, most = 64): number[] {
    const { length, at } = this.list(tag);
    return Array.from({ length: Math.min(length, most) }, (_, i) => at(i) ?? 0);
  }

  /** A field of integers or of rationals, whose values are read one by one; without any where there is no such field. */
  list(tag: number): NumberList {
    const field = this.#fields.get(tag);
    if (field === undefined) return { length: 0, at: () => null };
    const { type, count, valueOffset } = field;
    const bytes = valueBytes[type];
    if (bytes === undefined) throw corrupt(`The field ${tag} of the TIFF is of an impossible type.`);
    if (!this.#view.has(valueOffset, count * bytes))
      throw corrupt(`The field ${tag} of the TIFF is cut short.`);
    return {
      length: count,
      at: (index) => (index < count ? this.#valueAt(valueOffset + index * bytes, type) : null),
    };
  }

  /** The bytes of a field; null where there is none, or they are not in the file. */
  bytes(tag: number): Uint8Array | null {
    const field = this.#fields.get(tag);
    const length = (field?.count ?? 0) * (valueBytes[field?.type ?? 0] ?? 0);
    if (field === undefined || length === 0 || !this.#view.has(field.valueOffset, length)) return null;
    return this.#view.part(field.valueOffset, length).bytes;
  }

  #valueAt(at: number, type: number): number {
    if (type === rationalType) {
      return this.#view.u32(at, this.littleEndian) / this.#view.u32(at + 4, this.littleEndian);
    }
    if (type === 7) return this.#view.u8(at);
    return integerAt(this.#view, at, type, this.littleEndian) ?? 0;
  }
}

/** Finds the directory whose picture a TIFF file shows. */
export function findPage(bytes: Uint8Array): PageFields {
  const signature = tiffSignature(new ByteView(bytes));
  if (signature === null) throw corrupt("The file does not begin like a TIFF.");
  const reading = readTiffPages({ offset: 0, length: bytes.length }, signature);
  const progress = advance(reading, FileParts.whole(bytes));
  const pages = progress.kind === "done" ? progress.value : null;
  if (pages === null) throw corrupt("The file has no first image directory.");
  if (pages === "camera_raw") throw unsupported("unsupported_coding", "Camera raws are not decoded here.");
  return new PageFields(bytes, signature, pages.shown);
}
