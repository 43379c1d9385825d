import { corrupt, unsupported, type Writable } from "../types.ts";
import type { FrameComponent, JpegState, Scan } from "./header.ts";
import { huffmanSpec } from "./standard.ts";

/** A 16-bit big-endian number; what lies behind the end counts as 0. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Takes what a marker segment says into `state`; those that do not concern the picture are passed over. */
export function readSegment(code: number, body: Uint8Array, state: Writable<JpegState>): void {
  if (code === 0xc4) readHuffman(body, state);
  else if (code === 0xdb) readQuant(body, state);
  else if (code === 0xdd) state.restartInterval = wordAt(body, 0);
  else if (code === 0xe0) state.isJfif ||= startsWith(body, "JFIF\0");
  else if (code === 0xe2) readProfile(body, state);
  else if (code === 0xee) readAdobe(body, state);
  else if (isFrame(code)) readFrame(code, body, state);
}

function isFrame(code: number): boolean {
  return (code >= 0xc0 && code <= 0xcf && code !== 0xc8 && code !== 0xcc) || code === 0xde || code === 0xf7;
}

function startsWith(body: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (body[i] !== text.charCodeAt(i)) return false;
  return true;
}

function readProfile(body: Uint8Array, state: Writable<JpegState>): void {
  if (startsWith(body, "ICC_PROFILE\0")) state.icc.set(body[12] ?? 0, body.subarray(14));
}

function readAdobe(body: Uint8Array, state: Writable<JpegState>): void {
  if (startsWith(body, "Adobe") && body.length >= 12) state.adobeTransform = body[11];
}

function readQuant(body: Uint8Array, state: Writable<JpegState>): void {
  let at = 0;
  while (at < body.length) {
    const head = body[at] ?? 0;
    const wide = head >> 4 !== 0;
    const size = wide ? 128 : 64;
    if (at + 1 + size > body.length || (head & 15) > 3) throw corrupt("A quantisation table is cut short.");
    const table = new Float32Array(64);
    for (let k = 0; k < 64; k++) table[k] = wide ? wordAt(body, at + 1 + 2 * k) : (body[at + 1 + k] ?? 0);
    state.quant[head & 15] = table;
    at += 1 + size;
  }
}

function readHuffman(body: Uint8Array, state: Writable<JpegState>): void {
  let at = 0;
  while (at + 17 <= body.length) {
    const head = body[at] ?? 0;
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const values = body.subarray(at + 17, at + 17 + total);
    if (total > 256 || values.length < total || (head & 15) > 3)
      throw corrupt("A Huffman table is cut short.");
    const tables = head >> 4 === 0 ? state.dc : state.ac;
    tables[head & 15] = huffmanSpec(counts, values);
    at += 17 + total;
  }
}

function rejectCoding(code: number): void {
  if (code === 0xc3 || code === 0xf7) {
    throw unsupported("lossless_coding", "Lossless JPEG is not decoded here.");
  }
  if (code === 0xde || (code >= 0xc5 && code <= 0xc7) || code >= 0xcd) {
    throw unsupported("hierarchical_coding", "Hierarchical JPEG is not decoded here.");
  }
  if (code >= 0xc9) throw unsupported("arithmetic_coding", "Arithmetic-coded JPEG is not decoded here.");
}

function readFrame(code: number, body: Uint8Array, state: Writable<JpegState>): void {
  if (state.frame !== undefined) throw corrupt("The file has two frame headers.");
  rejectCoding(code);
  const count = body[5] ?? 0;
  if (body.length < 6 + 3 * count) throw corrupt("The frame header is cut short.");
  if (body[0] !== 8)
    throw unsupported("sample_precision", `JPEG with ${body[0]} bits a sample is not decoded here.`);
  if (count !== 1 && count !== 3 && count !== 4) {
    throw unsupported("component_count", `JPEG with ${count} components is not decoded here.`);
  }
  const components: FrameComponent[] = [];
  for (let at = 6; at < 6 + 3 * count; at += 3) {
    const sampling = body[at + 1] ?? 0;
    const component = { id: body[at] ?? 0, h: sampling >> 4, v: sampling & 15, quant: body[at + 2] ?? 0 };
    const { h, v, quant } = component;
    if (h < 1 || h > 4 || v < 1 || v > 4 || quant > 3)
      throw corrupt("The frame header has impossible values.");
    components.push(component);
  }
  const width = wordAt(body, 3);
  if (width === 0) throw corrupt("The frame header has no width.");
  state.frame = { width, height: wordAt(body, 1), progressive: code === 0xc2, components };
}

/** Reads a scan header (T.81 B.2.3). */
export function readScan(body: Uint8Array, state: JpegState): Scan {
  const { frame } = state;
  if (frame === undefined) throw corrupt("A scan comes before the frame header.");
  const count = body[0] ?? 0;
  if (count < 1 || count > frame.components.length || body.length < 4 + 2 * count) {
    throw corrupt("A scan header is cut short.");
  }
  const members: Scan["members"] = [];
  for (let at = 1; at < 1 + 2 * count; at += 2) {
    const component = frame.components.findIndex(
      ({ id }, index) => id === body[at] && members.every((member) => member.component !== index),
    );
    const tables = body[at + 1] ?? 0;
    if (component < 0 || (tables & 15) > 3 || tables >> 4 > 3)
      throw corrupt("A scan header has impossible values.");
    members.push({ component, dc: tables >> 4, ac: tables & 15 });
  }
  const tail = 1 + 2 * count;
  const approximation = body[tail + 2] ?? 0;
  const scan = {
    members,
    from: body[tail] ?? 0,
    to: body[tail + 1] ?? 0,
    high: approximation >> 4,
    shift: approximation & 15,
  };
  if (!frame.progressive) return { ...scan, from: 0, to: 63, high: 0, shift: 0 };
  checkBand(scan);
  return scan;
}

/** G.1.1.1: DC stands alone, a band is of one component. */
function checkBand({ from, to, shift, members }: Scan): void {
  const isSound = from === 0 ? to === 0 : from <= to && to <= 63 && members.length === 1;
  if (!isSound || shift > 13) throw corrupt("A progressive scan has impossible values.");
}
