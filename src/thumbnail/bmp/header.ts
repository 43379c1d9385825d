import { ByteView } from "../../metadata/byte-view.ts";
import { corrupt, unsupported } from "../types.ts";

/** What the head of a bitmap file tells (Microsoft, "Bitmap Header Types"; OS/2 Presentation Manager). */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Whether the first row that is stored is the upper one. */
  readonly isTopDown: boolean;
  /** Bits a pixel: 1, 2, 4 or 8 of an index, 16, 24 or 32 of colours. */
  readonly bits: number;
  /** Whether rows are run-length coded, of indices of 4 or 8 bits. */
  readonly isRunLength: boolean;
  /** Where red, green, blue and alpha lie in a pixel of 16 or 32 bits; alpha is 0 where there is none. */
  readonly masks: readonly [number, number, number, number];
  /** 256 × RGBX. */
  readonly palette: Uint8Array;
  /** Where the pixels begin in the file. */
  readonly pixelsAt: number;
  readonly profile: Uint8Array | undefined;
}

const fileHeaderBytes = 14;
const coreBytes = 12;
/** OS/2's second header, in full and as short as it may be; its numbers for codings are others. */
const os2Sizes: ReadonlySet<number> = new Set([16, 64]);
const codings = { rgb: 0, rle8: 1, rle4: 2, bitFields: 3, alphaBitFields: 6 } as const;
const v2Bytes = 52;
const v3Bytes = 56;
const v5Bytes = 124;
/** LCS: `MBED`, a profile in the file. */
const embeddedProfile = 0x4d_42_45_44;

/** Reads the head of a bitmap; codings that we do not decode are `unsupported`. */
export function readBmp(bytes: Uint8Array): BmpHeader {
  const view = new ByteView(bytes);
  const dibBytes = view.u32(fileHeaderBytes, true);
  if (!view.startsWith("BM") || !view.has(fileHeaderBytes, dibBytes) || dibBytes < coreBytes) {
    throw corrupt("The file does not begin like a bitmap.");
  }
  const dib = view.part(fileHeaderBytes);
  const isCore = dibBytes === coreBytes;
  const height = isCore ? dib.u16(6, true) : dib.i32(8, true);
  const bits = dib.u16(isCore ? 10 : 14, true);
  const coding = isCore || dibBytes < 20 ? codings.rgb : dib.u32(16, true);
  checkCoding(coding, bits, os2Sizes.has(dibBytes));
  const width = isCore ? dib.u16(4, true) : dib.i32(4, true);
  if (width < 1 || height === 0) throw corrupt("The bitmap does not tell its size.");
  const hasFields = coding === codings.bitFields || coding === codings.alphaBitFields;
  // Windows' first header has its masks behind it, the later ones have them inside.
  const fieldBytes = hasFields && dibBytes < v2Bytes ? (coding === codings.alphaBitFields ? 16 : 12) : 0;
  const hasAlphaMask = dibBytes >= v3Bytes || fieldBytes === 16;
  const paletteAt = dibBytes + fieldBytes;
  const told = isCore ? 0 : dibBytes >= 36 ? dib.u32(32, true) : 0;
  const entries = bits > 8 ? 0 : Math.min(told || 2 ** bits, 2 ** bits);
  const entryBytes = isCore ? 3 : 4;
  const declaredAt = view.u32(10, true);
  const leastAt = fileHeaderBytes + paletteAt;
  return {
    width,
    height: Math.abs(height),
    isTopDown: height < 0,
    bits,
    isRunLength: coding === codings.rle8 || coding === codings.rle4,
    masks: hasFields
      ? [dib.u32(40, true), dib.u32(44, true), dib.u32(48, true), hasAlphaMask ? dib.u32(52, true) : 0]
      : defaultMasks(bits),
    palette: readPalette(dib.part(paletteAt), entries, entryBytes),
    pixelsAt: declaredAt >= leastAt ? declaredAt : leastAt + entries * entryBytes,
    profile: dibBytes >= v5Bytes ? readProfile(dib) : undefined,
  };
}

function checkCoding(coding: number, bits: number, isOs2: boolean): void {
  const isPlain = coding === codings.rgb && [1, 2, 4, 8, 16, 24, 32].includes(bits);
  const isRuns = (coding === codings.rle8 && bits === 8) || (coding === codings.rle4 && bits === 4);
  const hasFields = coding === codings.bitFields || coding === codings.alphaBitFields;
  const isFields = !isOs2 && hasFields && (bits === 16 || bits === 32);
  if (isPlain || isRuns || isFields) return;
  throw unsupported(
    "unsupported_coding",
    `A bitmap of coding ${coding} with ${bits} bits a pixel is not decoded here.`,
  );
}

/** Without masks of its own a bitmap has 5 bits a colour in 16, 8 in 32, and what is left means nothing. */
function defaultMasks(bits: number): readonly [number, number, number, number] {
  return bits === 16 ? [0x7c_00, 0x03_e0, 0x00_1f, 0] : [0xff_00_00, 0xff_00, 0xff, 0];
}

/** Blue, green, red, and from Windows' headers on a byte that means nothing. */
function readPalette(view: ByteView, entries: number, entryBytes: number): Uint8Array {
  const palette = new Uint8Array(1024);
  for (let i = 0; i < entries; i++) {
    for (let c = 0; c < 3; c++) palette[i * 4 + c] = view.u8(i * entryBytes + 2 - c);
  }
  return palette;
}

function readProfile(dib: ByteView): Uint8Array | undefined {
  const [offset, length] = [dib.u32(112, true), dib.u32(116, true)];
  const isThere = dib.u32(56, true) === embeddedProfile && length > 0 && dib.has(offset, length);
  return isThere ? dib.part(offset, length).bytes : undefined;
}
