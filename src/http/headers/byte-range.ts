import type { ByteRange } from "../../core/byte-range.ts";

/** What a `Range` header asks of an object: a part, the whole, or something that it does not have. */
export type RangeRequest =
  | { readonly kind: "part"; readonly range: ByteRange }
  | { readonly kind: "whole" }
  | { readonly kind: "unsatisfiable" };

/** One range takes a few dozen characters; whatever is longer asks for many, or for trouble. */
const longestRange = 1024;

/**
 * Reads a `Range` header (RFC 9110 §14.2) for an object of `sizeBytes`. The whole is answered where there is no header,
 * where its unit or form is unknown, where it asks for several parts, and where it has more than 1,024 characters: a
 * server may ignore the field (§14.2). Blanks beside the numbers are borne with.
 */
export function parseRange(header: string | undefined, sizeBytes: number): RangeRequest {
  const positions = header === undefined || header.length > longestRange ? null : positionsOf(header.trim());
  if (positions === null) return { kind: "whole" };
  const { first, last } = positions;
  if (first === "") return last === "" ? { kind: "whole" } : suffix(Number(last), sizeBytes);
  const offset = Number(first);
  const end = last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== "" && Number(last) < offset) return { kind: "whole" };
  if (offset >= sizeBytes) return { kind: "unsatisfiable" };
  return { kind: "part", range: { offset, length: end - offset + 1 } };
}

/** The digits on both sides of the hyphen; null where the header is not one range of bytes. */
function positionsOf(header: string): { readonly first: string; readonly last: string } | null {
  const hyphen = header.indexOf("-");
  if (!/^bytes=/i.test(header) || hyphen < 0) return null;
  const first = header.slice("bytes=".length, hyphen).trim();
  const last = header.slice(hyphen + 1).trim();
  return /^\d*$/.test(first) && /^\d*$/.test(last) ? { first, last } : null;
}

/** `bytes=-N`: the last N bytes, or all there are. */
function suffix(length: number, sizeBytes: number): RangeRequest {
  if (length === 0 || sizeBytes === 0) return { kind: "unsatisfiable" };
  const wanted = Math.min(length, sizeBytes);
  return { kind: "part", range: { offset: sizeBytes - wanted, length: wanted } };
}
