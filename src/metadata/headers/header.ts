import type { MediaType } from "../../core/media-type.ts";
import { cameraRaw, isCameraRawHead, notAnImage, type UnacceptedReason } from "./tiff/camera-raw.ts";
import { advance, type FileParts } from "../file-parts.ts";
import { type ByteRange } from "../../core/byte-range.ts";
import { readBmpHeader } from "./bmp.ts";
import { readGifHeader } from "./gif.ts";
import { readHeifHeader } from "./heif/heif.ts";
import { readJpegHeader } from "./jpeg.ts";
import { readPngHeader } from "./png.ts";
import { readTiffHeader } from "./tiff/tiff.ts";
import { readWebpHeader } from "./webp.ts";
import type { HeaderReading, ImageHeader } from "./image-header.ts";
import { sniffBytes, sniffMediaType } from "./sniff.ts";

/** What `readImageHeader` answers. */
export type HeaderResult =
  | { readonly kind: "header"; readonly header: ImageHeader }
  | { readonly kind: "need_range"; readonly offset: number; readonly length: number }
  | { readonly kind: "unsupported"; readonly reason: UnacceptedReason }
  | { readonly kind: "invalid"; readonly mediaType: MediaType; readonly reason: string };

/** Reads a range of the file that is being looked at; shorter only where the file ends. */
export type ReadRange = (range: ByteRange) => Promise<Uint8Array>;

const scattered = "has its header scattered over too many places";

const headers: Readonly<Record<MediaType, (mediaType: MediaType, totalBytes: number) => HeaderReading>> = {
  "image/jpeg": (_, totalBytes) => readJpegHeader(totalBytes),
  "image/png": (_, totalBytes) => readPngHeader(totalBytes),
  "image/gif": () => readGifHeader(),
  "image/webp": (_, totalBytes) => readWebpHeader(totalBytes),
  "image/heic": readHeifHeader,
  "image/heif": readHeifHeader,
  "image/avif": readHeifHeader,
  "image/tiff": (_, totalBytes) => readTiffHeader(totalBytes),
  "image/bmp": () => readBmpHeader(),
};

/**
 * What the file says about its image, from the parts that have been read and never by a decode:
 * - `header`: everything it tells;
 * - `need_range`: read this range, `add` it to the parts, and call again (a few times at the most);
 * - `unsupported`: it is of no accepted type, by its first bytes, or because it is a camera raw;
 * - `invalid`: it is of a type, but broken; `reason` completes a sentence that begins with "the file".
 */
export function readImageHeader(parts: FileParts): HeaderResult {
  const first = { offset: 0, length: sniffBytes };
  const head = parts.find(first);
  if (head === null) return { kind: "need_range", ...parts.readAhead(first) };
  const mediaType = sniffMediaType(head);
  if (mediaType === null) {
    return { kind: "unsupported", reason: isCameraRawHead(head) ? cameraRaw : notAnImage };
  }
  const progress = advance(headers[mediaType](mediaType, parts.totalBytes), parts);
  if (progress.kind === "need_range") return progress;
  if (progress.kind === "exhausted") return { kind: "invalid", mediaType, reason: scattered };
  const outcome = progress.value;
  if ("cameraRaw" in outcome) return { kind: "unsupported", reason: cameraRaw };
  if ("reason" in outcome) return { kind: "invalid", mediaType, reason: outcome.reason };
  return { kind: "header", header: outcome };
}

/** `readImageHeader` with the ranges that it needs read by the caller's function and added to the parts. */
export async function readImageHeaderWith(
  parts: FileParts,
  readRange: ReadRange,
): Promise<Exclude<HeaderResult, { kind: "need_range" }>> {
  for (;;) {
    const result = readImageHeader(parts);
    if (result.kind !== "need_range") return result;
    parts.add(result, await readRange({ offset: result.offset, length: result.length }));
  }
}
