import type { ByteRange } from "../storage/provider.ts";

/** What a `Range` header asks of an object: a part, the whole, or something that it does not have. */
export type RangeRequest =
  | { readonly kind: "part"; readonly range: ByteRange }
  | { readonly kind: "whole" }
  | { readonly kind: "unsatisfiable" };

/**
 * Reads a `Range` header (RFC 9110 §14.2) for an object of `sizeBytes`. The whole is answered where there is no header,
 * where its unit or form is unknown, and where it asks for several parts, as the RFC allows.
 */
export function parseRange(header: string | undefined, sizeBytes: number): RangeRequest {
  const [, first = "", last = ""] = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header?.trim() ?? "") ?? [];
  if (first === "") return last === "" ? { kind: "whole" } : suffix(Number(last), sizeBytes);
  const offset = Number(first);
  const end = last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== "" && Number(last) < offset) return { kind: "whole" };
  if (offset >= sizeBytes) return { kind: "unsatisfiable" };
  return { kind: "part", range: { offset, length: end - offset + 1 } };
}

/** `bytes=-N`: the last N bytes, or all there are. */
function suffix(length: number, sizeBytes: number): RangeRequest {
  if (length === 0 || sizeBytes === 0) return { kind: "unsatisfiable" };
  const wanted = Math.min(length, sizeBytes);
  return { kind: "part", range: { offset: sizeBytes - wanted, length: wanted } };
}
