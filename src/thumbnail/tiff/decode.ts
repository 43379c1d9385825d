import { maxPixels } from "../budget.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../raster/decoder.ts";
import { embeddedProfile } from "../colour/embedded-profile.ts";
import { fitPicture, type Geometry } from "../raster/geometry.ts";
import { unsupported } from "../types.ts";
import { paintBands, paintJpegBands, paintStrips } from "./bands.ts";
import { findPage } from "./directory/fields.ts";
import { finishPlanes, finishSinks } from "./finish.ts";
import { JpegReader } from "./jpeg.ts";
import { type Page, readPage } from "./directory/page.ts";
import { Painter } from "./painter.ts";
import { RowReader } from "./rows.ts";
import { Unpacker } from "./unpack/unpack.ts";

/**
 * TIFF and BigTIFF of any size (TIFF 6.0): grey, RGB, palette, CMYK, YCbCr and L*a*b*, 1 to 16 bits, in strips or tiles,
 * with samples in turn or in planes; plain, PackBits, LZW, deflate and JPEG. Its directory decides before anything is
 * decoded. Blocks are unpacked one by one, and rows are shrunk as they come.
 */
export const tiffDecoder: ThumbnailDecoder = {
  name: "tiff",
  accepts: (contentType) => contentType === "image/tiff",
  decode: decodeTiff,
};

function decodeTiff(job: DecodeJob): DecodedPicture {
  const { bytes, facts, variant } = job;
  const page = readPage(findPage(bytes), bytes);
  const { width, height, kind, compression } = page;
  if (width * height > maxPixels) {
    throw unsupported("too_many_pixels", `The picture has ${width} × ${height} pixels, too many to decode.`);
  }
  const geometry = fitPicture(width, height, facts.orientation, variant);
  const picture = compression === "jpeg" ? paintJpeg(job, page, geometry) : paintRows(job, page, geometry);
  // L*a*b* says all by itself; a profile beside it is of something else.
  return kind === "lab" ? picture : { ...picture, profile: embeddedProfile(bytes) };
}

function paintRows({ kernel, account }: DecodeJob, page: Page, geometry: Geometry): DecodedPicture {
  const { littleEndian, isPlanar, kind, chroma } = page;
  const isSpread = chroma !== null && chroma.across * chroma.down > 1;
  const layout = { bits: isSpread ? 8 : page.bits, littleEndian, isPlanar, areIndices: kind === "palette" };
  const painter = new Painter({ kernel, account }, geometry, page, layout);
  const reader = new RowReader(account, page, new Unpacker(kernel, account, page));
  if (isPlanar || page.blocks.areTiles) paintBands(account, page, reader, painter);
  else paintStrips(page, reader, painter);
  return finishSinks(kernel, geometry, page, painter.sinks);
}

/** A picture that is one JPEG stream is read at the thumbnail's scale, as a JPEG file is. */
function paintJpeg({ kernel, account }: DecodeJob, page: Page, geometry: Geometry): DecodedPicture {
  const reader = new JpegReader(kernel, page);
  const { blocks, width, height } = page;
  const isOne = blocks.across === 1 && blocks.down === 1 && blocks.width === width && !page.isPlanar;
  if (isOne && page.samples === page.colours) {
    const packed = blocks.packed({ plane: 0, row: 0, column: 0 }, Number.POSITIVE_INFINITY);
    const { channels } = reader.decode(packed, { width, rows: height }, () => geometry);
    return finishPlanes(kernel, geometry, page, { channels, isTurned: false });
  }
  const layout = { bits: 8, littleEndian: true, isPlanar: true, areIndices: false };
  const painter = new Painter({ kernel, account }, geometry, page, layout);
  paintJpegBands(account, page, reader, painter);
  return finishSinks(kernel, geometry, page, painter.sinks);
}
