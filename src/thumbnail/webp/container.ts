import { corrupt } from "../types.ts";

/** A coded picture of a WebP file: a still one, or the first of an animation. */
export interface WebpFrame {
  /** `VP8L` (RFC 9649 §3), or a key frame of VP8 (RFC 6386) with or without a plane of alpha. */
  readonly coding: "lossy" | "lossless";
  readonly width: number;
  readonly height: number;
  /** The bitstream: what is in the chunk. */
  readonly data: Uint8Array;
  /** The content of `ALPH` (RFC 9649 §2.7.1.2) of a lossy picture. */
  readonly alpha: Uint8Array | null;
}

/** What a thumbnail needs of a file. */
export interface WebpFile {
  /** Size of the canvas, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly frame: WebpFrame;
  /** Where the frame's upper left corner lies on the canvas, in pixels. */
  readonly x: number;
  readonly y: number;
  /** The ICC profile of `ICCP` as it is. */
  readonly profile: Uint8Array | null;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const alphaFlag = 0x10;
const frameHeadBytes = 16;
/** A profile above this is left out. */
const maxProfileBytes = 1024 * 1024;

/**
 * Reads a WebP file as far as its first picture (RFC 9649 §2.5 to §2.7). The first frame of an animation is placed on
 * its canvas; what lies beyond the canvas, or has another size than its head says, is corrupt, as it is for libwebp's
 * demuxer. Chunks that are not known are passed over.
 */
export function readWebpFile(bytes: Uint8Array): WebpFile {
  let canvas: Canvas | null = null;
  let alpha: Uint8Array | null = null;
  let profile: Uint8Array | null = null;
  for (const { type, data } of chunksOf(bytes.subarray(12))) {
    if (type === "VP8X") canvas ??= readCanvas(data);
    else if (type === "ICCP" && data.length <= maxProfileBytes) profile ??= data;
    else if (type === "ALPH") alpha ??= data;
    else if (type === "ANMF" && canvas !== null) return { ...placeFrame(canvas, data), profile };
    else if (type === "VP8 " || type === "VP8L") {
      const frame = readFrame({ type, data }, canvas?.hasAlpha === true ? alpha : null);
      const { width, height } = canvas ?? frame;
      if (width !== frame.width || height !== frame.height)
        throw corrupt("The picture has another size than told.");
      return { width, height, frame, x: 0, y: 0, profile };
    }
  }
  throw corrupt("The file has no picture.");
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

/** RFC 9649 §2.7: flags, three bytes that are reserved, both sizes less one. */
function readCanvas(data: Uint8Array): Canvas {
  if (data.length < 10) throw corrupt("The header is cut short.");
  return {
    width: 1 + u24(data, 4),
    height: 1 + u24(data, 7),
    hasAlpha: ((data[0] ?? 0) & alphaFlag) !== 0,
  };
}

/** RFC 9649 §2.7.1.1: half of each offset, both sizes less one, the duration, flags; then the frame's own chunks. */
function placeFrame(canvas: Canvas, data: Uint8Array): Omit<WebpFile, "profile"> {
  if (data.length < frameHeadBytes) throw corrupt("The first frame is cut short.");
  const [x, y] = [2 * u24(data, 0), 2 * u24(data, 3)];
  const [width, height] = [1 + u24(data, 6), 1 + u24(data, 9)];
  if (x + width > canvas.width || y + height > canvas.height)
    throw corrupt("The first frame leaves the canvas.");
  const frame = readFirstFrame(data.subarray(frameHeadBytes));
  if (frame.width !== width || frame.height !== height)
    throw corrupt("The first frame has another size than told.");
  return { width: canvas.width, height: canvas.height, frame, x, y };
}

function readFirstFrame(bytes: Uint8Array): WebpFrame {
  let alpha: Uint8Array | null = null;
  for (const { type, data } of chunksOf(bytes)) {
    if (type === "ALPH") alpha ??= data;
    else if (type === "VP8 " || type === "VP8L") return readFrame({ type, data }, alpha);
  }
  throw corrupt("The first frame has no picture.");
}

/** Reads the size that a bitstream begins with; `ALPH` beside a lossless one counts for nothing. */
function readFrame({ type, data }: Chunk, alpha: Uint8Array | null): WebpFrame {
  if (type === "VP8L") {
    // RFC 9649 §3.4: a signature, fourteen bits each of both sizes less one.
    if (data.length < 5 || data[0] !== 0x2f) throw corrupt("The lossless picture has no header.");
    const bits = u16(data, 1) | (u16(data, 3) << 16);
    const [width, height] = [1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff)];
    return { coding: "lossless", width, height, data, alpha: null };
  }
  // RFC 6386 §9.1: three bytes with the frame's kind, a start code, and both sizes below two bits of scaling.
  const isKeyFrame = data.length >= 10 && ((data[0] ?? 1) & 1) === 0 && u24(data, 3) === 0x2a019d;
  if (!isKeyFrame) throw corrupt("The lossy picture has no header.");
  const [width, height] = [u16(data, 6) & 0x3fff, u16(data, 8) & 0x3fff];
  if (width === 0 || height === 0) throw corrupt("The lossy picture is empty.");
  return { coding: "lossy", width, height, data, alpha };
}

/** RFC 9649 §2.3: a type and a length before each chunk, a byte behind one of odd length; the last may be cut short. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk, void, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    at += 8 + length + (length % 2);
  }
}

/**
 * A frame as a file of its own with nothing else in it, in pieces that follow one another: in the simple form, or in
 * the extended one where it has a plane of alpha (RFC 9649 §2.5 to §2.7). So the decoder sees no chunk that it has no
 * need of.
 */
export function frameFile({ coding, width, height, data, alpha }: WebpFrame): Uint8Array[] {
  const picture = chunkOf(coding === "lossy" ? "VP8 " : "VP8L", data);
  const canvas = Uint8Array.of(alphaFlag, 0, 0, 0, ...low(3, width - 1), ...low(3, height - 1));
  const chunks =
    alpha === null ? picture : [...chunkOf("VP8X", canvas), ...chunkOf("ALPH", alpha), ...picture];
  const length = 4 + chunks.reduce((sum, piece) => sum + piece.length, 0);
  return [Uint8Array.of(...latin1("RIFF"), ...low(4, length), ...latin1("WEBP")), ...chunks];
}

function chunkOf(type: string, data: Uint8Array): Uint8Array[] {
  return [Uint8Array.of(...latin1(type), ...low(4, data.length)), data, new Uint8Array(data.length % 2)];
}

function latin1(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** A number in so many bytes, the lowest first. */
function low(count: number, value: number): number[] {
  return Array.from({ length: count }, (_, index) => (value >>> (8 * index)) & 255);
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function u24(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) | ((bytes[at + 2] ?? 0) << 16);
}
