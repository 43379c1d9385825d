import {
  avifBytes,
  bigEndian,
  bmpBytes,
  gifBytes,
  gifSubBlocks,
  heicBytes,
  isoBox,
  isoFullBox,
  joined,
  jpegBytes,
  jpegSegment,
  littleEndian,
  pngBytes,
  pngChunk,
  riffChunk,
  tiffBytes,
  tiffStructureBytes,
  webpBytes,
  webpFile,
} from "../images/index.ts";

const size = { width: 16, height: 8 };

/** Bytes with others put in at a place. */
function spliced(bytes: Uint8Array, at: number, ...pieces: (Uint8Array | string)[]): Uint8Array {
  return joined(bytes.subarray(0, at), ...pieces, bytes.subarray(at));
}

/** Bytes with others put over them from a place on. */
export function overwritten(bytes: Uint8Array, at: number, piece: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(piece, at);
  return copy;
}

/** The same piece again and again. */
export function repeated(piece: Uint8Array | string, count: number): Uint8Array {
  const one = joined(piece);
  const all = new Uint8Array(one.length * count);
  for (let index = 0; index < count; index++) all.set(one, index * one.length);
  return all;
}

/**
 * Files that are made to be walked for long, by name. `count` is how many pieces of nothing each has: twice as many may
 * take twice the work and no more.
 */
export const endless: Readonly<Record<string, (count: number) => Promise<Uint8Array> | Uint8Array>> = {
  "JPEG of empty APPn segments": (count) => jpegBytes({ ...size, extra: repeated("\xff\xe5\0\x02", count) }),
  "JPEG of fill bytes": (count) => jpegBytes({ ...size, extra: repeated("\xff", count * 4) }),
  "JPEG of restart markers": (count) => jpegBytes({ ...size, extra: repeated("\xff\xd0", count) }),
  "JPEG of Photoshop segments": (count) =>
    jpegBytes({ ...size, extra: repeated(jpegSegment(0xed, "Photoshop 3.0\0"), count) }),
  "JPEG of EXIF segments": (count) =>
    jpegBytes({ ...size, extra: repeated(jpegSegment(0xe1, "Exif\0\0II*\0\x08\0\0\0\0\0"), count) }),
  "JPEG of pieces of EXIF": (count) =>
    jpegBytes({ ...size, extra: repeated(jpegSegment(0xe1, "Exif\0\0piece"), count) }),
  "JPEG of pieces of extended XMP": (count) =>
    jpegBytes({
      ...size,
      extra: repeated(
        jpegSegment(0xe1, "http://ns.adobe.com/xmp/extension/\0", new Uint8Array(41)),
        count / 8,
      ),
    }),
  "JPEG of packets of XMP": (count) =>
    jpegBytes({
      ...size,
      extra: repeated(jpegSegment(0xe1, "http://ns.adobe.com/xap/1.0/\0<rdf:RDF/>"), count / 40),
    }),
  "PNG of raw profiles": async (count) =>
    pngBytes({
      ...size,
      chunksBefore: [repeated(pngChunk("tEXt", "Raw profile type exif\0exif 9 49492a00"), count / 8)],
    }),
  "HEIC of items of metadata": (count) =>
    heicBytes({
      ...size,
      items: Array.from({ length: count / 40 }, () => ({
        info: "Exif\0",
        bytes: new Uint8Array(1),
        describes: [1],
      })),
    }),
  "HEIC of references": (count) =>
    heicBytes({
      ...size,
      references: Array.from({ length: count / 20 }, (_, at) => ({
        type: "dimg",
        from: 1,
        to: [at, at + 1],
      })),
    }),
  "PNG of empty chunks": async (count) =>
    pngBytes({ ...size, chunksBefore: [repeated(pngChunk("prIV"), count)] }),
  "PNG of empty chunks behind the picture": async (count) =>
    pngBytes({ ...size, chunksBehind: [repeated(pngChunk("prIV"), count)] }),
  "PNG of empty IDAT": async (count) =>
    pngBytes({ ...size, chunksBefore: [repeated(pngChunk("IDAT"), count)] }),
  "PNG of texts behind the picture": async (count) =>
    pngBytes({ ...size, chunksBehind: [repeated(pngChunk("tEXt", "eXIf\0tEXt"), count)] }),
  "GIF of empty comments": (count) => gifBytes({ ...size, extensions: [repeated("!\xfe\0", count)] }),
  "GIF of one comment in blocks of one byte": (count) =>
    gifBytes({ ...size, extensions: [joined("!\xfe", repeated("\x01x", count), "\0")] }),
  "GIF of many frames": (count) => gifBytes({ ...size, frames: Math.ceil(count / 40) }),
  "WebP of chunks of size 0": (count) =>
    webpBytes({ ...size, chunksBefore: [repeated(riffChunk("JUNK"), count)] }),
  "WebP animation of empty frames": (count) =>
    webpBytes({ ...size, flags: 2, chunksBefore: [repeated(riffChunk("ANMF", "EXIFXMP "), count)] }),
  "HEIC of boxes of 8 bytes": (count) => spliced(heicBytes(size), 24, repeated(isoBox("free"), count)),
  "HEIC of boxes of size 1": (count) =>
    spliced(heicBytes(size), 24, repeated(joined(bigEndian(4, 1), "free", bigEndian(8, 16)), count)),
  "HEIC of nested boxes": (count) =>
    joined(heicBytes(size).subarray(0, 24), nestedBoxes("meta", Math.min(count, 20_000))),
  "AVIF of as many properties": (count) =>
    avifBytes({ ...size, properties: [repeated(isoBox("free"), count)] }),
  "TIFF of as many directories": (count) => chainedTiff(count),
  "TIFF whose first page has as many below it": (count) => {
    const values = Array.from({ length: Math.min(count, 20_000) }, (_, at) => 8 + 2 * at);
    return tiffBytes({ ...size, fields: [{ tag: 330, value: { type: 4, values } }] });
  },
};

/** Boxes within one another, each of the next but for its head. */
function nestedBoxes(type: string, depth: number): Uint8Array {
  const bytes = new Uint8Array(depth * 12);
  for (let level = 0; level < depth; level++) {
    bytes.set(joined(bigEndian(4, (depth - level) * 12), type, bigEndian(4, 0)), level * 12);
  }
  return bytes;
}

function chainedTiff(count: number): Uint8Array {
  const directory = (index: number): Uint8Array =>
    joined(littleEndian(2, 1, 256, 3), littleEndian(4, 1, 20, 8 + 18 * (index + 1)));
  return joined(
    "II*\0",
    littleEndian(4, 8),
    ...Array.from({ length: Math.min(count, 20_000) }, (_, at) => directory(at)),
  );
}

const orientationField = { tag: 0x01_12, value: { type: 3, values: [6] } } as const;

/** EXIF blocks whose directories lead nowhere good, by name; each is also tried as a whole TIFF file. */
export const exifBlocks: Readonly<Record<string, () => Uint8Array>> = {
  "a directory that follows itself": () =>
    joined("II*\0", littleEndian(4, 8), littleEndian(2, 0), littleEndian(4, 8)),
  "a directory whose EXIF directory is itself": () =>
    joined(
      "II*\0",
      littleEndian(4, 8),
      littleEndian(2, 2),
      pointer(0x8769, 8),
      pointer(0x8825, 8),
      littleEndian(4, 8),
    ),
  "a directory of 65,535 fields": () =>
    joined(
      "II*\0",
      littleEndian(4, 8),
      littleEndian(2, 65_535),
      repeated(pointer(0x010f, 8), 65_535),
      littleEndian(4, 8),
    ),
  "a directory that says 65,535 fields and has none": () =>
    joined("II*\0", littleEndian(4, 8), littleEndian(2, 65_535)),
  "fields whose values are beyond the file": () =>
    joined(
      "II*\0",
      littleEndian(4, 8),
      littleEndian(2, 1),
      field(0x010e, 2, 0xffffffff, 0xfffffff0),
      littleEndian(4, 0),
    ),
  "fields whose counts overflow": () =>
    joined(
      "II*\0",
      littleEndian(4, 8),
      littleEndian(2, 1),
      field(0x9286, 12, 0x20000001, 8),
      littleEndian(4, 0),
    ),
  "fields of a type that there is not": () =>
    joined("II*\0", littleEndian(4, 8), littleEndian(2, 1), field(0x010f, 0xffff, 4, 8), littleEndian(4, 0)),
  "many fields that share one long value": () => {
    const fields = Array.from({ length: 2000 }, (_, index) => field(0x010e + index, 2, 60_000, 8));
    return joined(
      "II*\0",
      littleEndian(4, 60_008),
      repeated("x", 60_000),
      littleEndian(2, 2000),
      ...fields,
      littleEndian(4, 0),
    );
  },
  "directories in directories": () => {
    let inner: Parameters<typeof tiffStructureBytes>[0]["directories"][number] = [orientationField];
    for (let depth = 0; depth < 500; depth++) inner = [{ tag: 0x8769, value: { directory: inner } }];
    return tiffStructureBytes({ directories: [inner] });
  },
};

function pointer(tag: number, target: number): Uint8Array {
  return field(tag, 4, 1, target);
}

function field(tag: number, type: number, count: number, value: number): Uint8Array {
  return joined(littleEndian(2, tag, type), littleEndian(4, count, value));
}

/** Files that say more of themselves than can be, by name. */
export const boastful: Readonly<Record<string, () => Promise<Uint8Array> | Uint8Array>> = {
  "JPEG of 65,535 × 65,535": () => jpegSized(65_535, 65_535),
  "JPEG of 65,500 × 3,000, few bytes and restarts": () =>
    jpegSized(65_500, 3000, jpegSegment(0xdd, bigEndian(2, 1))),
  "JPEG of 0 × 8": () => jpegSized(0, 8),
  "JPEG of 8 × 0": () => jpegSized(8, 0),
  "PNG of 2³¹ − 1 each way": async () => pngSized(0x7fffffff, 0x7fffffff),
  "PNG of 2³² − 1 each way": async () => pngSized(0xffffffff, 0xffffffff),
  "PNG of 190 megapixels and one row": async () => pngSized(19_000, 10_000),
  "PNG of 0 × 0": async () => pngSized(0, 0),
  "GIF whose screen is 65,535 × 65,535": () =>
    gifBytes({ ...size, screen: { width: 65_535, height: 65_535 } }),
  "GIF whose screen is 14,000 × 14,000": () =>
    gifBytes({ ...size, screen: { width: 14_000, height: 14_000 } }),
  "GIF whose frame is 65,535 × 2,000": () => gifSized(65_535, 2000),
  "GIF whose frame lies outside of its screen": () => gifBytes({ ...size, screen: { width: 1, height: 1 } }),
  "lossless WebP of 16,384 × 12,000": () => webpFile(riffChunk("VP8L", losslessHead(16_384, 12_000))),
  "lossy WebP of 16,383 × 12,000": () =>
    webpFile(riffChunk("VP8 ", "\x10\0\0\x9d\x01\x2a", littleEndian(2, 16_383, 12_000), new Uint8Array(64))),
  "extended WebP whose canvas is 2²⁴ each way": () =>
    webpFile(
      riffChunk("VP8X", littleEndian(4, 0), littleEndian(3, 0xffffff, 0xffffff)),
      riffChunk("VP8L", losslessHead(8, 8)),
    ),
  "bitmap of 2³¹ − 1 × 1": () => bmpSized(0x7fffffff, 1),
  "bitmap of 14,000 × 14,000": () => bmpSized(14_000, 14_000),
  "bitmap of −2³¹ rows": () => bmpSized(8, -0x80000000),
  "TIFF of 2³² − 1 each way": () => tiffSized(0xffffffff),
  "TIFF of 14,000 × 14,000": () => tiffSized(14_000),
  "HEIC of 2³² − 1 each way": () => heicBytes({ width: 0xffffffff, height: 0xffffffff }),
  "AVIF of 14,000 × 14,000": () => avifBytes({ width: 14_000, height: 14_000 }),
  "HEIC whose box goes on to 2⁶⁴ − 1": () =>
    joined(
      heicBytes(size).subarray(0, 24),
      bigEndian(4, 1),
      "meta",
      repeated("\xff", 8),
      new Uint8Array(100),
    ),
  "HEIC whose box is of size 0, which is the rest": () =>
    joined(heicBytes(size).subarray(0, 24), bigEndian(4, 0), "meta", bigEndian(4, 0), isoBox("free")),
  "HEIC whose box is smaller than its head": () =>
    joined(heicBytes(size).subarray(0, 24), bigEndian(4, 7), "meta", new Uint8Array(100)),
  "HEIC that says 65,535 items and has none": () =>
    joined(
      heicBytes(size).subarray(0, 24),
      isoFullBox("meta", 0, 0, isoFullBox("iinf", 0, 0, bigEndian(2, 65_535))),
    ),
};

function jpegSized(width: number, height: number, extra?: Uint8Array): Uint8Array {
  const bytes = jpegBytes({ ...size, ...(extra === undefined ? {} : { extra }) });
  const frame = bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xc0);
  return overwritten(bytes, frame + 5, bigEndian(2, height, width));
}

async function pngSized(width: number, height: number): Promise<Uint8Array> {
  const bytes = await pngBytes(size);
  return joined(
    bytes.subarray(0, 8),
    pngChunk("IHDR", bigEndian(4, width, height), bigEndian(1, 8, 2, 0, 0, 0)),
    bytes.subarray(33),
  );
}

function gifSized(width: number, height: number): Uint8Array {
  const frame = joined(
    ",",
    littleEndian(2, 0, 0, width, height),
    "\0\x02",
    gifSubBlocks(littleEndian(1, 0x84, 0x51)),
  );
  return joined("GIF89a", littleEndian(2, width, height), "\x81\0\0", new Uint8Array(12), frame, ";");
}

function losslessHead(width: number, height: number): Uint8Array {
  return joined("\x2f", littleEndian(4, (width - 1) | ((height - 1) << 14)), new Uint8Array(64));
}

function bmpSized(width: number, height: number): Uint8Array {
  return overwritten(bmpBytes(size), 18, littleEndian(4, width, height));
}

function tiffSized(side: number): Uint8Array {
  const bytes = tiffBytes(size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = view.getUint32(4, true);
  for (let index = 0; index < 2; index++) {
    const at = start + 2 + index * 12;
    view.setUint16(at + 2, 4, true);
    view.setUint32(at + 8, side, true);
  }
  return bytes;
}
