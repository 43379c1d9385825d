import { AppError } from "../../core/errors.ts";
import type { PictureRow } from "../../db/copies/pictures.ts";
import type { FoundPictures, PictureQuery } from "../../protocol/picture-finder.ts";
import type { Services } from "../../services.ts";
import { leastQuality } from "../../thumbnail/likeness/likeness.ts";
import { hasPreview } from "../thumbnails/version.ts";

/** After how many seconds to ask an index again that is being built, and one that does not answer. */
const againAfter = { building: 30, silence: 5 } as const;

/** A record whose picture can be told from others. */
export type PicturedRow = PictureRow & { readonly pictureHash: string; readonly thumbnailVersion: string };

/**
 * Whether a record was processed, and its picture is not too flat to be told from others. Older code that goes on during a
 * deploy writes versions of an older generation and leaves the hash of the picture before.
 */
export function isPictured<Row extends PictureRow>(row: Row): row is Row & PicturedRow {
  return (
    row.state === "ready" &&
    row.thumbnailVersion !== null &&
    hasPreview(row.thumbnailVersion) &&
    row.pictureHash !== null &&
    (row.pictureQuality ?? 0) >= leastQuality
  );
}

/** Asks the index of pictures for neighbours; throws `busy` where it does not answer. */
export async function askIndex(services: Services, queries: readonly PictureQuery[]): Promise<FoundPictures> {
  try {
    return await services.pictures.find(queries);
  } catch (cause) {
    // Where no index is bound the service says so itself.
    if (cause instanceof AppError) throw cause;
    const detail =
      "The index of pictures does not answer at this moment. Send the request again in a few seconds.";
    throw new AppError("busy", detail, { cause, retryAfterSeconds: againAfter.silence });
  }
}

/** 503 while the index of pictures is being built, when its answers may lack pictures. */
export function indexIsBuilding(): AppError {
  const detail = "The index of pictures is being built. Send the request again in half a minute.";
  return new AppError("busy", detail, { retryAfterSeconds: againAfter.building });
}
