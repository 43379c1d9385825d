import type { MediaType } from "../../../src/core/media-type.ts";
import { bmpBytes } from "./bmp.ts";
import { gifBytes } from "./gif.ts";
import { avifBytes, heicBytes, imir, irot } from "./heif.ts";
import { jpegBytes } from "./jpeg.ts";
import { pngBytes } from "./png.ts";
import { tiffBytes } from "./tiff.ts";
import { webpBytes } from "./webp.ts";

export { bigEndian, joined, latin1, littleEndian } from "./bytes.ts";
export { bmpBytes } from "./bmp.ts";
export { type BmpPicture, bmpPictureBytes } from "./bmp-picture.ts";
export { type GifContent, gifBytes, gifSubBlocks, gifXmp } from "./gif.ts";
export {
  avifBytes,
  clap,
  heicBytes,
  type HeifContent,
  type HeifItem,
  imir,
  irot,
  isoBox,
  isoFullBox,
  xmpItemInfo,
} from "./heif.ts";
export { extendedXmpSegments, jpegBytes, type JpegContent, jpegSegment } from "./jpeg.ts";
export {
  exifBytes,
  type ExifContent,
  iptcDataset,
  photoshopResources,
  photoshopResource,
  rawProfile,
  utf16,
  xmpPacket,
} from "./metadata.ts";
export { cameraRawBytes } from "./camera-raw.ts";
export { quadrantColours, type Rgb } from "./picture.ts";
export { pngBytes, pngChunk, type PngContent, zlibBytes } from "./png.ts";
export { tiffBytes, type TiffContent } from "./tiff.ts";
export { tiffDirectory, type TiffPicture, tiffPictureBytes } from "./tiff-picture.ts";
export { orientationExif, type TiffFieldContent, tiffStructureBytes } from "./tiff-structure.ts";
export {
  riffChunk,
  webpAnimation,
  webpBytes,
  type WebpContent,
  webpFile,
  webpFrame,
  type WebpFramePlace,
  webpPicture,
} from "./webp.ts";

/** What `testImage` makes. */
export interface TestImage {
  readonly width: number;
  readonly height: number;
  readonly mediaType?: MediaType;
  /** In the way of the format; GIF and BMP have none and leave it out. */
  readonly orientation?: number;
}

/** Property boxes that turn a picture as an EXIF orientation would (ISO/IEC 23008-12 §6.5.10, §6.5.12). */
function containerTurns(orientation: number): Uint8Array[] {
  const quarters = [0, 0, 0, 2, 2, 1, 3, 3, 1][orientation] ?? 0;
  const isMirrored = [2, 4, 5, 7].includes(orientation);
  // Mirrored left to right first, then turned: the property that comes first is applied first.
  return [...(isMirrored ? [imir(1)] : []), irot(quarters)];
}

type Size = Pick<TestImage, "width" | "height">;
type Turned = Size & { readonly orientation?: number };

const makers: Readonly<
  Record<
    MediaType,
    (size: Size, turned: Turned, properties: Uint8Array[]) => Uint8Array | Promise<Uint8Array>
  >
> = {
  "image/jpeg": (_, turned) => jpegBytes(turned),
  "image/png": (_, turned) => pngBytes(turned),
  "image/gif": (size) => gifBytes(size),
  "image/webp": (_, turned) => webpBytes(turned),
  "image/bmp": (size) => bmpBytes(size),
  "image/tiff": (_, turned) => tiffBytes(turned),
  "image/avif": (size, _, properties) => avifBytes({ ...size, properties }),
  "image/heic": (size, _, properties) => heicBytes({ ...size, properties }),
  "image/heif": (size, _, properties) =>
    heicBytes({ ...size, properties, brand: "mif1", compatibleBrands: ["mif1"] }),
};

/**
 * An image of the four quadrants (see `quadrantColours`), stored as given and to be turned by
 * `orientation`. All but HEIC, HEIF and AVIF, of which there are only the boxes, can be decoded.
 */
export async function testImage(image: TestImage): Promise<Uint8Array> {
  const { mediaType = "image/jpeg", ...turned } = image;
  const { width, height, orientation } = turned;
  const properties = orientation === undefined ? [] : containerTurns(orientation);
  return await makers[mediaType]({ width, height }, turned, properties);
}
