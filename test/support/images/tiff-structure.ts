import { bigEndian, joined, latin1, littleEndian } from "./bytes.ts";

/** One field of a directory: a type number of TIFF 6.0 §2, and its values. */
export interface TiffFieldContent {
  readonly tag: number;
  /**
   * Text (ASCII type), bytes (undefined type unless given), numbers of a type, a directory that the field
   * points to, or data, or several, whose places in the structure the field tells (strips).
   */
  readonly value:
    | string
    | Uint8Array
    | { readonly type: number; readonly values: readonly number[] }
    | { readonly type: number; readonly bytes: Uint8Array }
    | { readonly directory: readonly TiffFieldContent[]; readonly pointerType?: number }
    | { readonly data: Uint8Array }
    | { readonly parts: readonly Uint8Array[] };
}

/** What a TIFF structure is made of; `directories` follow one another (first image, thumbnail). */
export interface TiffStructure {
  readonly directories: readonly (readonly TiffFieldContent[])[];
  readonly littleEndian?: boolean;
  readonly big?: boolean;
}

const valueBytes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 4,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 4,
  13: 4,
  16: 8,
  17: 8,
  129: 1,
};

/** Numbers of type FLOAT or DOUBLE. */
function floats(type: 11 | 12, values: readonly number[], little: boolean): Uint8Array {
  const width = type === 11 ? 4 : 8;
  const view = new DataView(new ArrayBuffer(width * values.length));
  for (const [index, value] of values.entries()) {
    if (type === 11) view.setFloat32(index * width, value, little);
    else view.setFloat64(index * width, value, little);
  }
  return new Uint8Array(view.buffer);
}

/** A TIFF structure: a whole TIFF file, or the block that EXIF is. Rationals take two numbers a value. */
export function tiffStructureBytes({
  directories,
  littleEndian: little = true,
  big = false,
}: TiffStructure): Uint8Array {
  const order = little ? littleEndian : bigEndian;
  const pointerBytes = big ? 8 : 4;
  const headBytes = big ? 16 : 8;
  const pieces: Uint8Array[] = [];
  let end = headBytes;
  const append = (bytes: Uint8Array): number => {
    const offset = end;
    pieces.push(bytes);
    if (bytes.length % 2 === 1) pieces.push(new Uint8Array(1));
    end += bytes.length + (bytes.length % 2);
    return offset;
  };
  const contentOf = ({ value }: TiffFieldContent): { type: number; count: number; bytes: Uint8Array } => {
    if (typeof value === "string") {
      const bytes = joined(new TextEncoder().encode(value), "\0");
      return { type: 2, count: bytes.length, bytes };
    }
    if (value instanceof Uint8Array) return { type: 7, count: value.length, bytes: value };
    if ("data" in value)
      return { type: big ? 16 : 4, count: 1, bytes: order(pointerBytes, append(value.data)) };
    if ("parts" in value) {
      const places = value.parts.map(append);
      return { type: big ? 16 : 4, count: places.length, bytes: order(pointerBytes, ...places) };
    }
    if ("directory" in value) {
      const type = value.pointerType ?? (big ? 16 : 4);
      const offset = directory(value.directory, 0);
      return { type, count: 1, bytes: order(valueBytes[type] ?? pointerBytes, offset) };
    }
    if ("bytes" in value) return { type: value.type, count: value.bytes.length, bytes: value.bytes };
    if (value.type === 11 || value.type === 12) {
      const bytes = floats(value.type, value.values, little);
      return { type: value.type, count: value.values.length, bytes };
    }
    const isRational = value.type === 5 || value.type === 10;
    const bytes = order(valueBytes[value.type] ?? 1, ...value.values);
    return { type: value.type, count: value.values.length / (isRational ? 2 : 1), bytes };
  };
  const directory = (fields: readonly TiffFieldContent[], next: number): number => {
    const table = fields.map((field) => {
      const { type, count, bytes } = contentOf(field);
      const inline = bytes.length <= pointerBytes;
      const padded = inline
        ? joined(bytes, new Uint8Array(pointerBytes - bytes.length))
        : order(pointerBytes, append(bytes));
      return joined(order(2, field.tag, type), order(pointerBytes, count), padded);
    });
    return append(joined(order(big ? 8 : 2, fields.length), ...table, order(pointerBytes, next)));
  };
  // The last directory is written first, because each tells where the next one is.
  const first = directories.toReversed().reduce((next, fields) => directory(fields, next), 0);
  const head = big ? joined(order(2, 43, 8, 0), order(8, first)) : joined(order(2, 42), order(4, first));
  return joined(latin1(little ? "II" : "MM"), head, ...pieces);
}

/** An EXIF block with nothing but an orientation, which may be an invalid one. */
export function orientationExif(orientation: number, littleEndian = true): Uint8Array {
  return tiffStructureBytes({
    littleEndian,
    directories: [[{ tag: 0x01_12, value: { type: 3, values: [orientation] } }]],
  });
}
