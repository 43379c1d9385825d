import { corrupt, unsupported } from "../../types.ts";
import { type Chroma, readChroma } from "../chroma.ts";
import { type BlockGrid, readBlocks } from "./blocks.ts";
import { codingNames, type Compression, compressions, type Kind, type Meaning, meanings } from "./codings.ts";
import type { PageFields } from "./fields.ts";

/** The sample that tells how opaque a pixel is, and whether the others are multiplied by it (TIFF 6.0 §18). */
export interface Alpha {
  readonly sample: number;
  readonly isPremultiplied: boolean;
}

/** A picture of a TIFF file, as far as its directory tells: all of it can be decoded. */
export interface Page {
  readonly width: number;
  readonly height: number;
  /** Bits a sample, 1 to 16. */
  readonly bits: number;
  /** Samples a pixel, of which the first ones are its colours. */
  readonly samples: number;
  readonly kind: Kind;
  /** How many samples are colours. */
  readonly colours: number;
  /** What each colour is combined with, by exclusive or, to have white at the top and zero in the middle. */
  readonly masks: readonly number[];
  readonly alpha: Alpha | null;
  readonly littleEndian: boolean;
  readonly compression: Compression;
  /** Whether samples are stored as differences to the pixel before (TIFF 6.0 §14). */
  readonly hasDifferences: boolean;
  /** Whether bits are stored from the lowest on (FillOrder 2). */
  readonly isReversed: boolean;
  /** Whether each sample has blocks of its own (PlanarConfiguration 2). */
  readonly isPlanar: boolean;
  readonly blocks: BlockGrid;
  /** 256 or fewer colours of a palette, four bytes each. */
  readonly palette: Uint8Array | null;
  readonly chroma: Chroma | null;
  readonly jpegTables: Uint8Array | null;
}

const tags = {
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  samplesPerPixel: 277,
  planarConfiguration: 284,
  predictor: 317,
  colourMap: 320,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
} as const;

/** More samples a pixel than this are a measurement rather than a picture. */
const maxSamples = 32;

/** Reads a directory; what it tells of that we cannot decode is `unsupported`, what makes no sense `corrupt`. */
export function readPage(fields: PageFields, file: Uint8Array): Page {
  const [width, height] = [fields.number(tags.imageWidth) ?? 0, fields.number(tags.imageLength) ?? 0];
  if (width < 1 || height < 1) throw corrupt("The TIFF does not tell its size.");
  const samples = fields.number(tags.samplesPerPixel) ?? 1;
  if (samples < 1) throw corrupt("The TIFF has no samples.");
  if (samples > maxSamples) {
    throw unsupported("component_count", `TIFF with ${samples} samples a pixel is not decoded here.`);
  }
  const compression = readCompression(fields);
  const meaning = readMeaning(fields, samples, compression);
  const bits = readBits(fields, meaning.kind, compression);
  const colours = meaning.masks.length;
  if (samples < colours) throw corrupt("The TIFF has fewer samples a pixel than its colours need.");
  const isPlanar = samples > 1 && fields.number(tags.planarConfiguration) === 2;
  const chroma = meaning.kind === "ycc" ? readChroma(fields, bits) : null;
  const isHalved = chroma !== null && compression !== "jpeg" && (chroma.across > 1 || chroma.down > 1);
  if (isHalved && (isPlanar || samples > colours || bits !== 8)) throw unusual("chroma of less resolution");
  const hasDifferences = compression === "lzw" || compression === "deflate" ? readPredictor(fields) : false;
  if (hasDifferences && (isHalved || (bits !== 8 && bits !== 16))) throw unusual("such differences");
  return {
    width,
    height,
    bits,
    samples,
    ...meaning,
    colours,
    alpha: readAlpha(fields, colours, samples),
    littleEndian: fields.littleEndian,
    compression,
    hasDifferences,
    isReversed: compression !== "jpeg" && fields.number(tags.fillOrder) === 2,
    isPlanar,
    blocks: readBlocks(fields, file, {
      width,
      height,
      planes: isPlanar ? samples : 1,
      isPlain: compression === "none",
    }),
    palette: meaning.kind === "palette" ? readPalette(fields, bits) : null,
    chroma,
    jpegTables: fields.bytes(tags.jpegTables),
  };
}

function unusual(what: string) {
  return unsupported("unsupported_coding", `TIFF with ${what} is not decoded here.`);
}

function readCompression(fields: PageFields): Compression {
  const number = fields.number(tags.compression) ?? 1;
  const known = compressions.get(number);
  if (known !== undefined) return known;
  throw unusual(`${codingNames.get(number) ?? `compression ${number}`} coding`);
}

function readMeaning(fields: PageFields, samples: number, compression: Compression): Meaning {
  // Without the field, which is required, most take what is likely.
  const likely = samples < 3 ? 1 : compression === "jpeg" ? 6 : 2;
  const photometric = fields.number(tags.photometric) ?? likely;
  const meaning = meanings.get(photometric);
  if (meaning === undefined) throw unusual(`photometric interpretation ${photometric}`);
  if (meaning.kind === "inks" && (fields.number(tags.inkSet) ?? 1) !== 1)
    throw unusual("inks other than CMYK");
  if (compression === "jpeg" && (meaning.kind === "lab" || meaning.kind === "palette")) {
    throw unusual(`a JPEG coding of photometric interpretation ${photometric}`);
  }
  return meaning;
}

function readBits(fields: PageFields, kind: Kind, compression: Compression): number {
  const [bits = 1, ...others] = fields.numbers(tags.bitsPerSample);
  if (others.some((other) => other !== bits)) throw unusual("samples of different bits");
  const most = kind === "palette" ? 8 : 16;
  const least = kind === "ycc" || kind === "lab" ? 8 : 1;
  if (bits < least || bits > most || (compression === "jpeg" && bits !== 8)) {
    throw unsupported("sample_precision", `TIFF with ${bits} bits a sample is not decoded here.`);
  }
  // 1: unsigned integers, 4: undefined (TIFF 6.0 §19). Lab has its signs by itself.
  const formats = fields.numbers(tags.sampleFormat);
  if (kind !== "lab" && formats.some((format) => format !== 1 && format !== 4)) {
    throw unusual("signed or floating-point samples");
  }
  return bits;
}

function readPredictor(fields: PageFields): boolean {
  const predictor = fields.number(tags.predictor) ?? 1;
  if (predictor !== 1 && predictor !== 2) throw unusual(`predictor ${predictor}`);
  return predictor === 2;
}

/** TIFF 6.0 §18: of the samples beyond the colours those of kinds 1 and 2 are alpha; what another is nobody knows. */
function readAlpha(fields: PageFields, colours: number, samples: number): Alpha | null {
  const kinds = fields.numbers(tags.extraSamples).slice(0, samples - colours);
  const index = kinds.findIndex((kind) => kind === 1 || kind === 2);
  return index < 0 ? null : { sample: colours + index, isPremultiplied: kinds[index] === 1 };
}

/** TIFF 6.0 §5: all reds, all greens, all blues, 16 bits each; some writers put levels of 8 bits there. */
function readPalette(fields: PageFields, bits: number): Uint8Array {
  const values = fields.numbers(tags.colourMap, 768);
  const entries = 2 ** bits;
  if (values.length < 3 * entries) throw corrupt("The palette of the TIFF is missing or cut short.");
  const shift = values.every((value) => value < 256) ? 0 : 8;
  const palette = new Uint8Array(entries * 4);
  for (let i = 0; i < entries; i++) {
    for (let c = 0; c < 3; c++) palette[i * 4 + c] = (values[c * entries + i] ?? 0) >> shift;
  }
  return palette;
}
