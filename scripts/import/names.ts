import { isUtf8 } from "node:buffer";
import { join, sep } from "node:path";

/** A path of the file system: text, or bytes where they are no UTF-8, as names on Linux may be. */
export type FilePath = string | Buffer;

/** A name in a folder, and the segment of object keys that it becomes. */
export interface Entry {
  /** As the file system has it. */
  readonly name: Buffer;
  /** As keys have it, before they are made NFC. */
  readonly segment: string;
  /** Whether the segment is an escape of a name that is no UTF-8. */
  readonly isEscaped: boolean;
}

/** A character of a name, or a byte that is part of none. */
interface Piece {
  readonly bytes: Buffer;
  readonly isText: boolean;
}

/**
 * The segments of all names in a folder, in their order. A name in UTF-8 is its own segment. In one that is not, each byte
 * that is part of no character becomes `%` and two hexadecimal digits, and so does each `%`: undoing the percent-encoding
 * (RFC 3986 §2.1) gives the bytes of the name. Where another file in the folder really has that name, more characters
 * are escaped from the front on, until none has it; the escape is undone in the same way.
 */
export function entriesOf(names: readonly Buffer[]): Entry[] {
  const texts = names.filter((name) => isUtf8(name)).map((name) => name.toString());
  const taken = new Set(texts.map((text) => text.normalize("NFC")));
  const entries = names.map((name) =>
    isUtf8(name)
      ? { name, segment: name.toString(), isEscaped: false }
      : { name, segment: freeEscape(name, taken), isEscaped: true },
  );
  return entries.sort((a, b) => (a.segment < b.segment ? -1 : 1));
}

/** The path of what is in a folder. */
export function pathIn(folder: FilePath, name: Buffer): FilePath {
  if (typeof folder === "string" && isUtf8(name)) return join(folder, name.toString());
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), name]);
}

/**
 * The first escape that no other file is called. Where every one is the name of a file, the last is taken, and the file is
 * then told to have the key of another.
 */
function freeEscape(name: Buffer, taken: ReadonlySet<string>): string {
  let segment = "";
  for (segment of escapesOf(piecesOf(name))) if (!taken.has(segment.normalize("NFC"))) break;
  return segment;
}

/** The escapes of a name, the one to prefer first; digits may be of either case (RFC 3986 §2.1). */
function* escapesOf(pieces: readonly Piece[]): Generator<string> {
  for (const encode of [percentEncoded, (bytes: Buffer) => percentEncoded(bytes).toLowerCase()]) {
    for (let more = 0; more <= pieces.length; more += 1) {
      yield pieces
        .map(({ bytes, isText }, index) => (isText && index >= more ? bytes.toString() : encode(bytes)))
        .join("");
    }
  }
}

function percentEncoded(bytes: Buffer): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

function piecesOf(name: Buffer): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < name.length;) {
    const character = name.subarray(at, at + characterLength(name.readUInt8(at)));
    const isCharacter = character.length > 0 && isUtf8(character);
    const bytes = isCharacter ? character : name.subarray(at, at + 1);
    pieces.push({ bytes, isText: isCharacter && bytes.toString() !== "%" });
    at += bytes.length;
  }
  return pieces;
}

/** How many bytes a character has by its first one (RFC 3629 §3); 0 for a byte that begins none. */
function characterLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
