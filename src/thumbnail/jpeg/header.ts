import { corrupt } from "../types.ts";
import { readScan, readSegment, wordAt } from "./segments.ts";
import { type HuffmanSpec, standardTables } from "./standard.ts";

/** A component as the frame header declares it (T.81 B.2.2). */
export interface FrameComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly quant: number;
}

/** The frame header. A height of 0 is told later, by DNL (B.2.5). */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: FrameComponent[];
}

/** A scan header (B.2.3); components are indices into the frame's. */
export interface Scan {
  readonly members: { component: number; dc: number; ac: number }[];
  readonly from: number;
  readonly to: number;
  readonly high: number;
  readonly shift: number;
}

/** What the marker segments have said so far. */
export interface JpegState {
  readonly frame: Frame | undefined;
  /** Dequantisation factors in zigzag order. */
  readonly quant: (Float32Array | undefined)[];
  readonly dc: HuffmanSpec[];
  readonly ac: HuffmanSpec[];
  /** MCUs between restart markers, 0 for none. */
  readonly restartInterval: number;
  /** Colour transform of Adobe's APP14, if there is one. */
  readonly adobeTransform: number | undefined;
  readonly isJfif: boolean;
  /** Chunks of the ICC profile by number (ICC.1, B.4). */
  readonly icc: Map<number, Uint8Array>;
}

/** What a file means before it has said anything. */
export function initialState(): JpegState {
  const { dcLuma, dcChroma, acLuma, acChroma } = standardTables;
  return {
    frame: undefined,
    quant: [undefined, undefined, undefined, undefined],
    dc: [dcLuma, dcChroma, dcLuma, dcChroma],
    ac: [acLuma, acChroma, acLuma, acChroma],
    restartInterval: 0,
    adobeTransform: undefined,
    isJfif: false,
    icc: new Map(),
  };
}

/** Position behind the SOI, which may have garbage before it. */
export function findStart(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 2 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff) return at + 2;
  }
  throw corrupt("There is no JPEG in this file.");
}

/** A scan and where its bits begin. */
export interface FoundScan {
  readonly scan: Scan;
  readonly dataAt: number;
}

/**
 * Reads marker segments from `at` on into `state`, up to the next scan. Undefined: no further scan, be it that
 * the picture or the file ends. What follows the picture (gain maps, further pictures) is not looked at.
 */
export function nextScan(bytes: Uint8Array, at: number, state: JpegState): FoundScan | undefined {
  let position = at;
  for (;;) {
    position = findMarker(bytes, position);
    const code = bytes[position + 1];
    if (code === undefined || code === 0xd9) return undefined;
    position += 2;
    if (isStandalone(code)) continue;
    const length = wordAt(bytes, position);
    if (length < 2 || position + length > bytes.length) return undefined;
    const body = bytes.subarray(position + 2, position + length);
    position += length;
    if (code === 0xda) return { scan: readScan(body, state), dataAt: position };
    readSegment(code, body, state);
  }
}

/** Position of the next marker's 0xFF at or after `at`, the file's length if there is none. */
export function findMarker(bytes: Uint8Array, at: number): number {
  for (let found = bytes.indexOf(0xff, at); found >= 0; found = bytes.indexOf(0xff, found + 1)) {
    const code = bytes[found + 1];
    if (code !== undefined && code !== 0 && code !== 0xff) return found;
  }
  return bytes.length;
}

/** Position of the next marker that ends a scan: any but the restart markers. */
export function findScanEnd(bytes: Uint8Array, at: number): number {
  let found = findMarker(bytes, at);
  while (isRestart(bytes[found + 1])) found = findMarker(bytes, found + 2);
  return found;
}

/** The height that a DNL segment behind the first scan tells; 0 if there is none. */
export function findHeight(bytes: Uint8Array, dataAt: number): number {
  const at = findScanEnd(bytes, dataAt);
  return bytes[at + 1] === 0xdc && at + 6 <= bytes.length ? wordAt(bytes, at + 4) : 0;
}

function isRestart(code: number | undefined): boolean {
  return code !== undefined && code >= 0xd0 && code <= 0xd7;
}

function isStandalone(code: number): boolean {
  return code === 0x01 || code === 0xd8 || isRestart(code);
}

/** The ICC profile that the segments carry, put together; undefined if there is none or a part is missing. */
export function profileOf(state: JpegState): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (let number = 1; number <= state.icc.size; number++) {
    const part = state.icc.get(number);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  if (parts.length === 0) return undefined;
  const profile = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    profile.set(part, at);
    at += part.length;
  }
  return profile;
}
