import { AppError } from "../../core/errors.ts";
import type { MediaType } from "../../core/media-type.ts";
import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeader } from "../../metadata/headers/header.ts";
import { sniffBytes, sniffMediaType } from "../../metadata/headers/sniff.ts";
import {
  cameraRaw,
  isCameraRawHead,
  isCameraRawKey,
  notAnImage,
  type UnacceptedReason,
} from "../../metadata/headers/tiff/camera-raw.ts";
import { headBytes } from "../processing/look.ts";
import { bodyBrokeOff, type Upload } from "./body.ts";

/** Reads just enough of a body to tell its type, of a TIFF enough to tell most camera raws; `rest` is what follows. */
export async function readHead(body: ReadableStream): Promise<{ head: Uint8Array; rest: ReadableStream }> {
  const reader = body.getReader();
  let head = new Uint8Array(0);
  try {
    while (head.length < wantedBytes(head)) {
      const result: ReadableStreamReadResult<unknown> = await reader.read();
      if (!(result.value instanceof Uint8Array)) break;
      const joined = new Uint8Array(head.length + result.value.length);
      joined.set(head);
      joined.set(result.value, head.length);
      head = joined;
    }
  } catch (cause) {
    throw bodyBrokeOff(cause);
  }
  reader.releaseLock();
  return { head, rest: body };
}

function wantedBytes(head: Uint8Array): number {
  return head.length >= sniffBytes && sniffMediaType(head) === "image/tiff" ? headBytes : sniffBytes;
}

/** Names that clients use for accepted types. HEIC is a kind of HEIF, and its files carry either name. */
const aliases: ReadonlyMap<string, MediaType> = new Map([
  ["image/jpg", "image/jpeg"],
  ["image/pjpeg", "image/jpeg"],
  ["image/apng", "image/png"],
  ["image/x-ms-bmp", "image/bmp"],
  ["image/x-bmp", "image/bmp"],
  ["image/tif", "image/tiff"],
  ["image/heif", "image/heic"],
]);

/** The type by the first bytes; what the client declares must agree with it. */
export function judgeType(head: Uint8Array, upload: Upload): MediaType {
  const { declaredType } = upload;
  const sniffed = sniffMediaType(head);
  const reason = unacceptedReason(head, sniffed, upload);
  if (reason !== null) throw new AppError("unsupported_media_type", reason.detail);
  if (sniffed === null) throw new AppError("unsupported_media_type", notAnImage.detail);
  const declared = declaredType?.split(";")[0]?.trim().toLowerCase() ?? "";
  const says = aliases.get(declared) ?? declared;
  if (says === "" || says === "application/octet-stream") return sniffed;
  if (says !== (aliases.get(sniffed) ?? sniffed)) {
    throw new AppError(
      "unsupported_media_type",
      `The header Content-Type differs from the type of the photo, ${sniffed}.`,
    );
  }
  return sniffed;
}

/**
 * Why a body is refused, as far as its head tells. Where the directories of a TIFF lie further back its name decides; a
 * raw without such a name is recognised when it is processed.
 */
function unacceptedReason(
  head: Uint8Array,
  sniffed: MediaType | null,
  { objectKey, sizeBytes }: Upload,
): UnacceptedReason | null {
  if (sniffed === null) return isCameraRawHead(head) ? cameraRaw : notAnImage;
  if (sniffed !== "image/tiff") return null;
  const result = readImageHeader(new FileParts(head, sizeBytes));
  if (result.kind === "unsupported") return result.reason;
  return result.kind === "need_range" && isCameraRawKey(objectKey) ? cameraRaw : null;
}
