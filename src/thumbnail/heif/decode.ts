import { maxPixels } from "../budget.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../raster/decoder.ts";
import { fitPicture, type Geometry } from "../raster/geometry.ts";
import { unsupported } from "../types.ts";
import { decodeAv1 } from "./av1.ts";
import { type HeifPicture, readContainer } from "./container.ts";
import { decodeHevc } from "./hevc.ts";

/** Files above this are stored and served, not decoded here: the decoders have a copy of them beside the pixels. */
const maxFileBytes = 16 * 1024 * 1024;

const types = new Set(["image/heic", "image/heif", "image/avif"]);

/**
 * HEIC and AVIF (ISO/IEC 23008-12, AV1 Image File Format): the primary item, cropped by its clean aperture and turned
 * as the facts say, which have the container's rotation and mirroring in them. HEVC by libheif, tile by tile, AV1 by
 * dav1d; each instance is for one file.
 */
export const heifDecoder: ThumbnailDecoder = {
  name: "heif",
  accepts: (contentType) => types.has(contentType),
  decode: decodeHeif,
};

/** A picture to decode and what is to become of it. */
export interface HeifJob extends DecodeJob {
  readonly picture: HeifPicture;
  readonly geometry: Geometry;
}

async function decodeHeif(job: DecodeJob): Promise<DecodedPicture> {
  const { bytes, facts, variant } = job;
  if (bytes.length > maxFileBytes) {
    throw unsupported("file_too_large", `The file has ${bytes.length} bytes, too many to decode.`);
  }
  const picture = readContainer(bytes);
  const { width, height, crop } = picture;
  if (width * height > maxPixels) {
    throw unsupported("too_many_pixels", `The picture has ${width} × ${height} pixels, too many to decode.`);
  }
  if (picture.hasAlpha) {
    throw unsupported("unsupported_coding", "HEIF and AVIF with transparency are not decoded here.");
  }
  const fitted = fitPicture(crop.width, crop.height, facts.orientation, variant);
  const geometry = { ...fitted, cropX: fitted.cropX + crop.x, cropY: fitted.cropY + crop.y };
  const decode = picture.itemType === "av01" ? decodeAv1 : decodeHevc;
  const decoded = await decode({ ...job, picture, geometry });
  return { ...decoded, profile: picture.profile };
}
