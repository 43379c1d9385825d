import { ownNamespace } from "../blocks/xmp/namespaces.ts";
import type { XmpPacket } from "../blocks/xmp/xmp.ts";

/** The property that carries all of `object_metadata` as JSON (RFC 8259); long ones in pieces, in their order. */
export const ownProperty = "ObjectMetadata";

/** UTF-16 units of a piece: readers bound the bytes of one value, of which a character may take five (`&amp;`). */
const pieceUnits = 16_000;
/** How far a cut moves, so that no blank is at the edge of a piece, where a program may trim it. */
const maxShift = 1000;
/** Our own words have 64 KiB and eight levels; older ones may have somewhat more. */
const maxUnits = 1024 * 1024;
const maxDepth = 64;

/**
 * Controls beyond ASCII, what ends lines or is a mark of byte order, what XML 1.0 §2.2 cannot hold, and the character for
 * what could not be decoded: readers take a text with it for another encoding's.
 */
const fragile = /[\u007f-\u009f\u2028\u2029\ufeff\ufffd-\uffff]/gu;

/**
 * Words as JSON without a character that is lost on its way through XML: JSON itself escapes the controls of ASCII and
 * surrogates that stand alone. In one piece, or in several whose texts follow each other.
 */
export function ownPieces(words: Readonly<Record<string, unknown>>): readonly string[] {
  const json = JSON.stringify(words).replaceAll(
    fragile,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const pieces: string[] = [];
  for (let at = 0; at < json.length;) {
    const end = cutOf(json, at);
    pieces.push(json.slice(at, end));
    at = end;
  }
  return pieces;
}

function cutOf(json: string, from: number): number {
  const end = from + pieceUnits;
  if (end >= json.length) return json.length;
  for (let at = end; at > end - maxShift; at--) if (isCut(json, at)) return at;
  return isPair(json, end) ? end - 1 : end;
}

function isCut(json: string, at: number): boolean {
  return !isPair(json, at) && json[at - 1] !== " " && json[at] !== " ";
}

/** Whether a place is between the two halves of a character. */
function isPair(json: string, at: number): boolean {
  return (json.codePointAt(at - 1) ?? 0) > 0xff_ff;
}

/** The words that a packet carries as JSON; null where there are none, or what is there is not ours any more. */
export function ownWords(xmp: XmpPacket): Record<string, unknown> | null {
  const json = xmp
    .items(ownNamespace, ownProperty)
    .map(({ text }) => text)
    .join("");
  if (json === "" || json.length > maxUnits || !isShallow(json)) return null;
  try {
    const words: unknown = JSON.parse(json);
    return isFields(words) ? words : null;
  } catch {
    return null;
  }
}

/** Whether no walk over the value of a JSON text goes deep: brackets are counted before anything is made of them. */
function isShallow(json: string): boolean {
  let depth = 0;
  let isInside = false;
  for (let at = 0; at < json.length; at++) {
    const code = json[at];
    if (isInside) {
      if (code === "\\") at++;
      else if (code === '"') isInside = false;
    } else if (code === '"') isInside = true;
    else if (code === "{" || code === "[") {
      depth++;
      if (depth > maxDepth) return false;
    } else if (code === "}" || code === "]") depth--;
  }
  return true;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
