import { ByteView } from "./byte-view.ts";
import { decodeUtf8OrLatin } from "./blocks/clean-text.ts";
import { integerAt, typeBytes } from "./tiff-directory.ts";

/** The values of one field as they are stored: whole values of a type, in the byte order of their block. */
export interface TiffValue {
  readonly type: number;
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
}

/** The types that hold bytes, and so may hold a text: BYTE, ASCII, SBYTE, UNDEFINED, and UTF-8 of EXIF 3.0 §4.6.2. */
const byteTypes: ReadonlySet<number> = new Set([1, 2, 6, 7, 129]);
const textTypes: ReadonlySet<number> = new Set([2, 129]);

/** What stands before a text of UserComment's form (EXIF 3.0 §4.6.6.5), and what it says of the text behind it. */
const codeBytes = 8;
const characterCodes: Readonly<Record<string, "bytes" | "utf16" | "jis">> = {
  "ASCII\0\0\0": "bytes",
  "\0\0\0\0\0\0\0\0": "bytes",
  "UNICODE\0": "utf16",
  "JIS\0\0\0\0\0": "jis",
};

/**
 * The texts of a field, split at nulls: of whichever type that holds bytes, with or without a character code before them,
 * UTF-8 where they are that, else Windows-1252. None where the type holds no bytes.
 */
export function textsOf({ type, bytes, littleEndian }: TiffValue): readonly string[] {
  if (!byteTypes.has(type)) return [];
  const code = characterCodes[new ByteView(bytes).text(0, Math.min(codeBytes, bytes.length))];
  const rest = code === undefined ? bytes : bytes.subarray(codeBytes);
  if (code === "utf16") return decodeUtf16(rest, littleEndian).split("\0");
  if (code === "jis") return decodeJis(rest).split("\0");
  return splitAtNulls(rest).map(decodeUtf8OrLatin);
}

/** The texts of one of Windows' own fields: UTF-16, unless the type says that they are text as others write it. */
export function wideTextsOf(value: TiffValue): readonly string[] {
  if (textTypes.has(value.type)) return textsOf(value);
  return byteTypes.has(value.type) ? new TextDecoder("utf-16le").decode(value.bytes).split("\0") : [];
}

// Texts are few, and so are the nulls between them; what follows is of no use to anybody.
const maxTexts = 4;

/** Each text is decoded by itself: what is behind the first null may be anything. */
function splitAtNulls(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  while (pieces.length < maxTexts && start <= bytes.length) {
    const end = bytes.indexOf(0, start);
    pieces.push(bytes.subarray(start, end === -1 ? bytes.length : end));
    start = end === -1 ? bytes.length + 1 : end + 1;
  }
  return pieces;
}

/**
 * UTF-16 of a text without a word on its byte order: EXIF does not say which, and writers differ. A mark decides, then
 * on which side the zeros of letters below 256 are, then the order of the block.
 */
function decodeUtf16(bytes: Uint8Array, littleEndian: boolean): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  let surplus = 0;
  for (const [at, byte] of bytes.entries()) if (byte === 0) surplus += at % 2 === 0 ? -1 : 1;
  const isLittle = surplus === 0 ? littleEndian : surplus > 0;
  return new TextDecoder(isLittle ? "utf-16le" : "utf-16be").decode(bytes);
}

/** JIS X 0208, whose sets are switched by escapes; whoever wrote it without them wrote Shift JIS. */
function decodeJis(bytes: Uint8Array): string {
  return new TextDecoder(bytes.includes(0x1b) ? "iso-2022-jp" : "shift_jis").decode(bytes);
}

const decimal = /^([+-]?\d+(?:\.\d*)?)(?:\/(\d+(?:\.\d*)?))?$/u;
const separators = /[\s,;]+/u;
// Nobody writes more than three numbers into a text.
const maxTextLength = 128;

/**
 * The numbers of a field: of any type that holds numbers, rationals divided out (0/0 is NaN), and of texts that are nothing
 * but numbers. None where a value is none.
 */
export function numbersOf(value: TiffValue): readonly number[] {
  const { type, bytes, littleEndian } = value;
  if (textTypes.has(type)) return numbersOfText(value);
  if (type === 7) return bytes.length === 1 ? [...bytes] : numbersOfText(value);
  const view = new ByteView(bytes);
  const width = typeBytes[type] ?? bytes.length + 1;
  return Array.from({ length: Math.floor(bytes.length / width) }, (_, index) =>
    numberAt(view, index * width, type, littleEndian),
  );
}

function numberAt(view: ByteView, at: number, type: number, littleEndian: boolean): number {
  if (type === 5) return view.u32(at, littleEndian) / view.u32(at + 4, littleEndian);
  if (type === 10) return view.i32(at, littleEndian) / view.i32(at + 4, littleEndian);
  // 5.6 is 5.599999904632568 in 32 bits, which hold seven digits.
  if (type === 11) return Number(view.f32(at, littleEndian).toPrecision(7));
  if (type === 12) return view.f64(at, littleEndian);
  return integerAt(view, at, type, littleEndian) ?? Number.NaN;
}

function numbersOfText(value: TiffValue): number[] {
  const text = (textsOf(value)[0] ?? "").trim();
  if (text === "" || text.length > maxTextLength) return [];
  const numbers = text.split(separators).map((word) => {
    const match = decimal.exec(word);
    return match === null ? null : Number(match[1]) / Number(match[2] ?? 1);
  });
  return numbers.every((number) => number !== null) ? numbers : [];
}
