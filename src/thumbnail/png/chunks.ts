import { corrupt, type Writable } from "../types.ts";

/** The header (PNG 3rd ed., 11.2.1). */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

/** What is said of the colours, not yet looked at: of each kind the first chunk that stands before the palette. */
export interface PngColourChunks {
  /** cICP (PNG 3rd ed., 11.3.2.6). */
  readonly codePoints: Uint8Array | undefined;
  /** iCCP behind its name and method byte: a compressed ICC profile (11.3.2.3). */
  readonly compressedProfile: Uint8Array | undefined;
  /** sRGB (11.3.2.5). */
  readonly isSrgb: boolean;
  /** gAMA (11.3.2.2). */
  readonly gamma: Uint8Array | undefined;
  /** cHRM (11.3.2.1). */
  readonly chromaticities: Uint8Array | undefined;
}

/** What stands before the pixels, and the pieces of compressed data. */
export interface PngFile {
  readonly header: PngHeader;
  /** RGB triples (11.2.2). */
  readonly palette: Uint8Array | undefined;
  /** tRNS as it is (11.3.1.1). */
  readonly transparency: Uint8Array | undefined;
  readonly colours: PngColourChunks;
  /** The bodies of the IDAT chunks: the still picture, whatever frames follow. */
  readonly data: Uint8Array[];
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Samples a pixel of each colour type, and the depths it may have (table 12). */
const colourTypes: Readonly<Record<number, { samples: number; depths: number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** Samples a pixel of a colour type. */
export function samplesOf(colour: number): number {
  return colourTypes[colour]?.samples ?? 1;
}

/** Reads the chunks up to the end of the picture's data. Checksums are not looked at. */
export function readChunks(bytes: Uint8Array): PngFile {
  if (signature.some((value, i) => bytes[i] !== value)) throw corrupt("The file does not begin like a PNG.");
  let header: PngHeader | undefined;
  const file: Omit<PngFile, "header"> = {
    palette: undefined,
    transparency: undefined,
    colours: {
      codePoints: undefined,
      compressedProfile: undefined,
      isSrgb: false,
      gamma: undefined,
      chromaticities: undefined,
    },
    data: [],
  };
  for (const { name, body } of chunksOf(bytes)) {
    if (file.data.length > 0 && name !== "IDAT") break;
    if (name === "IHDR") header ??= readHeader(body);
    else takeChunk(file, name, body);
  }
  if (header === undefined || file.data.length === 0) throw corrupt("The file has no picture data.");
  return { header, ...file };
}

function takeChunk(file: Writable<Omit<PngFile, "header">>, name: string, body: Uint8Array): void {
  if (name === "IDAT") file.data.push(body);
  else if (name === "PLTE") file.palette = body;
  else if (name === "tRNS") file.transparency = body;
  // Behind the palette they are out of place (table 7), and libpng does not see them either.
  else if (file.palette === undefined) takeColourChunk(file.colours, name, body);
}

function takeColourChunk(colours: Writable<PngColourChunks>, name: string, body: Uint8Array): void {
  if (name === "cICP") colours.codePoints ??= body;
  else if (name === "iCCP") colours.compressedProfile ??= body.subarray(body.indexOf(0) + 2);
  else if (name === "sRGB") colours.isSrgb = true;
  else if (name === "gAMA") colours.gamma ??= body;
  else if (name === "cHRM") colours.chromaticities ??= body;
}

/** Bits of a sample of colour: those of a palette have 8. */
export function sampleDepth({ colour, depth }: PngHeader): number {
  return colour === 3 ? 8 : depth;
}

/** Length, type, body, checksum, one chunk after the other (5.3); the last may be cut short. */
function* chunksOf(bytes: Uint8Array): Generator<{ name: string; body: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { name, body: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

function readHeader(body: Uint8Array): PngHeader {
  if (body.length < 13) throw corrupt("The header is cut short.");
  const view = new DataView(body.buffer, body.byteOffset, 13);
  const header = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: view.getUint8(8),
    colour: view.getUint8(9),
    interlaced: view.getUint8(12) === 1,
  };
  const isKnown = colourTypes[header.colour]?.depths.includes(header.depth) ?? false;
  if (!isKnown || header.width < 1 || header.height < 1 || view.getUint8(12) > 1) {
    throw corrupt("The header has impossible values.");
  }
  return header;
}
