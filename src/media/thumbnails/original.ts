import type { MediaObject } from "../../db/media/record.ts";
import { AppError, busy } from "../../core/errors.ts";
import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeader } from "../../metadata/headers/header.ts";
import type { Services } from "../../services.ts";
import { isolateMemory, usualDecodeBytes } from "../../thumbnail/budget.ts";
import type { MadeThumbnail, ThumbnailSize, Variant } from "../../thumbnail/types.ts";
import { objectMissing } from "../failures.ts";
import { orientedHeaderOf, rangeReader } from "../processing/look.ts";
import { maxWholeBytes, readBytes } from "../processing/read-bytes.ts";
import { providerOf } from "../providers.ts";
import { makePicture } from "./make.ts";
import type { Sides } from "./variant.ts";

/** What of a record, and of where its object is now, tells of which picture a thumbnail is made. */
export type PicturedMedia = Pick<
  MediaObject,
  "provider" | "pathKey" | "providerRef" | "version" | "fileSize" | "contentType"
>;

/** Which variant of a picture of this size is to be made, and the largest that it may be, for which room is kept. */
export interface Choice {
  readonly largest: ThumbnailSize;
  readonly variantOf: (original: Sides) => Variant;
}

/** A thumbnail that was made, and which. */
export interface MadeVariant extends Pick<MadeThumbnail, "jpeg" | "width" | "height"> {
  readonly variant: Variant;
}

/**
 * Reads the original and makes a thumbnail of it. The account is charged with the original before it is read. Throws
 * `object_missing`, `thumbnail_unavailable`, `busy`, or what the storage fails with.
 */
export async function makeOfOriginal(
  services: Services,
  media: PicturedMedia,
  choice: Choice,
): Promise<MadeVariant> {
  const { fileSize, pathKey, version } = media;
  if (fileSize > maxWholeBytes(services.config)) throw unavailable("The file is too large for a thumbnail.");
  const provider = providerOf(services, media.provider);
  return isolateMemory.withAccount(async (account) => {
    account.takeInput(fileSize, usualDecodeBytes(media.contentType, choice.largest));
    const read = await readBytes(account, fileSize, { provider, pathKey, version });
    if (read.kind === "missing") throw objectMissing();
    if (read.kind === "changed") {
      throw unavailable(
        "The object has changed in the storage. The service has not processed the new bytes yet.",
      );
    }
    const { bytes } = read;
    const parts = FileParts.whole(bytes);
    const result = readImageHeader(parts);
    if (result.kind === "unsupported") throw unavailable(result.reason.detail);
    if (result.kind !== "header") throw unavailable("The service cannot read the file as a photo.");
    const { width, height } = result.header;
    if (width * height > services.config.maxPixels)
      throw unavailable("The photo has too many pixels for a thumbnail.");
    const look = { provider, media, account };
    const file = { account, parts, header: result.header, readRange: rangeReader(look) };
    const header = await orientedHeaderOf(file);
    const variant = choice.variantOf({ width: header.shownWidth, height: header.shownHeight });
    const made = await makePicture({ bytes, header, provider, object: media, account }, { variant });
    if (made.outcome === "made") return { ...made, variant };
    throw made.reason.code === "busy" ? busy() : unavailable(made.reason.detail);
  });
}

/** Why there can be no thumbnail. */
export function unavailable(detail: string): AppError {
  return new AppError("thumbnail_unavailable", detail);
}
