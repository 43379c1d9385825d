import { decodeLatin } from "../clean-text.ts";

// Longer ones are unknown anyway, or have more zeros than anybody writes.
const references = /&(#?\w{1,12});/gu;
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
// XML 1.0 §2.2: what may not be in a document, though some write it; and the controls that it discourages.
const forbidden = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;
const maxOtherBytes = 4 * 1024 * 1024;

/**
 * Text of a document: line ends made alike (XML 1.0 §2.11), references resolved, forbidden characters left out. An
 * ampersand that begins no reference is one itself, and so are the entities that a document would have to declare.
 */
export function decodeText(bytes: Uint8Array): string {
  return withoutReferences(decodeSection(bytes));
}

/** The value of an attribute; its white space is blanks (XML 1.0 §3.3.3). */
export function decodeAttribute(bytes: Uint8Array): string {
  return withoutReferences(decodeSection(bytes).replaceAll(/[\t\n]/gu, " "));
}

/** A CDATA section: as text, but without references. */
export function decodeSection(bytes: Uint8Array): string {
  return decodeUtf8(bytes).replaceAll(/\r\n?/gu, "\n").replaceAll(forbidden, "");
}

function withoutReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(references, (whole, name: string) => {
    if (!name.startsWith("#")) return named[name] ?? whole;
    const isHex = name.startsWith("#x") || name.startsWith("#X");
    const digits = name.slice(isHex ? 2 : 1);
    if (!(isHex ? /^[\da-f]+$/iu : /^\d+$/u).test(digits)) return whole;
    const code = Number.parseInt(digits, isHex ? 16 : 10);
    const isCharacter = code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
    return isCharacter ? String.fromCodePoint(code).replaceAll(forbidden, "") : "";
  });
}

/**
 * Text that should be UTF-8. One with a flaw is UTF-8 still where it has other characters of several bytes; where all of
 * them are flaws it is Windows-1252.
 */
function decodeUtf8(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (!text.includes("\ufffd")) return text;
  return /[\u0080-\ufffc\ufffe-\u{10ffff}]/u.test(text) ? text : decodeLatin(bytes);
}

/**
 * A packet in UTF-8, whichever Unicode encoding it has (ISO 16684-1 §7.1), told by how its first bracket is written: the
 * mark of the byte order may be missing, and nulls may stand in front. Of other encodings than UTF-8 four MiB are read.
 */
export function asUtf8(bytes: Uint8Array): Uint8Array {
  const bracket = bytes.indexOf(0x3c);
  const behind = [1, 2, 3].map((by) => bytes[bracket + by] ?? 0);
  const before = [1, 2, 3].map((by) => bytes[bracket - by] ?? 0);
  const zeros = (codes: readonly number[]): boolean => codes.every((code) => code === 0);
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (bracket === -1 || (behind[0] !== 0 && before[0] !== 0)) return bytes;
  const part = bytes.subarray(0, maxOtherBytes);
  if (bracket >= 3 && zeros(before) && zeros(behind.slice(0, 2))) {
    return fromUtf32(part, (bracket + 1) % 4, false);
  }
  if (zeros(behind)) return fromUtf32(part, bracket % 4, true);
  // Plain text with nulls in front has none behind its first bracket.
  if (behind[0] !== 0 && behind[1] !== 0) return bytes;
  const isBig = mark === 0xfe_ff || (mark !== 0xff_fe && bracket % 2 === 1);
  return new TextEncoder().encode(new TextDecoder(isBig ? "utf-16be" : "utf-16le").decode(part));
}

function fromUtf32(bytes: Uint8Array, start: number, littleEndian: boolean): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = start; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, littleEndian);
    pieces.push(code <= 0x10_ff_ff ? String.fromCodePoint(code) : "\ufffd");
  }
  return new TextEncoder().encode(pieces.join(""));
}
