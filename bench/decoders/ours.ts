import sharp from "sharp";
import { FileParts } from "../../src/metadata/file-parts.ts";
import { readImageHeaderWith } from "../../src/metadata/headers/header.ts";
import { makeThumbnail } from "../../src/thumbnail/thumbnail.ts";
import type { MadeThumbnail, ThumbnailSize } from "../../src/thumbnail/types.ts";
import type { RgbRaster } from "./raster.ts";

/** What the service makes of a file at one size of the thumbnail. */
export type Ours =
  | { readonly outcome: "no photo" }
  | {
      readonly outcome: "made";
      readonly mediaType: string;
      readonly shown: string;
      readonly picture: RgbRaster;
    }
  | {
      readonly outcome: "unsupported" | "failed";
      readonly mediaType: string;
      readonly shown: string;
      readonly code: string;
      readonly detail: string;
    };

/** Reads the header and makes the thumbnail by the code that ingest reads and makes it with. */
export async function oursOf(bytes: Uint8Array, size: ThumbnailSize): Promise<Ours> {
  const parts = FileParts.whole(bytes);
  const result = await readImageHeaderWith(parts, ({ offset, length }) =>
    Promise.resolve(bytes.subarray(offset, offset + length)),
  );
  if (result.kind === "unsupported") return { outcome: "no photo" };
  if (result.kind === "invalid") {
    const { mediaType } = result;
    return {
      outcome: "failed",
      mediaType,
      shown: "0 × 0",
      code: "invalid",
      detail: `The file ${result.reason}.`,
    };
  }
  const { mediaType, width, height, orientation, shownWidth, shownHeight } = result.header;
  const shown = `${shownWidth} × ${shownHeight}`;
  const facts = { contentType: mediaType, width, height, orientation: orientation ?? 1 };
  const made = await makeThumbnail(bytes, facts, { size, fit: "contain" }, { withPixels: true });
  if (made.outcome === "made") return { outcome: "made", mediaType, shown, picture: await pictureOf(made) };
  return { outcome: made.outcome, mediaType, shown, code: made.reason.code, detail: made.reason.detail };
}

/** The pixels that were encoded; where the JPEG carries a profile, they are what the profile makes of them. */
async function pictureOf({ width, height, jpeg, pixels }: MadeThumbnail): Promise<RgbRaster> {
  const { icc } = await sharp(jpeg).metadata();
  if (icc === undefined && pixels !== undefined) return { width, height, rgb: pixels };
  const { data, info } = await sharp(jpeg)
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
