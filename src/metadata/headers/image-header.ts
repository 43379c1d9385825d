import type { MediaType } from "../../core/media-type.ts";
import type { Reading } from "../file-parts.ts";
import type { ByteRange } from "../../core/byte-range.ts";
import { type Orientation, swapsSides } from "../../core/orientation.ts";

/** Where in the file a block of metadata lies, without the framing of the file format. */
export interface MetadataBlock extends ByteRange {
  /**
   * `exif`: a TIFF structure. `xmp`: a packet. `xmp_extension`: a piece of an extended one, behind its GUID, the length
   * of all pieces and the place of this one (XMP part 3 §1.1.3.1). `photoshop`: image resource blocks, in which IPTC
   * lies. `iptc`: IIM datasets. `icc`: a colour profile, or a piece of one, in order.
   */
  readonly kind: "exif" | "xmp" | "xmp_extension" | "photoshop" | "iptc" | "icc";
  /** Where the block goes on, in order, where it does not lie in one piece. */
  readonly more?: readonly ByteRange[];
  /**
   * How the bytes are stored; `hex` and `hex_deflate` are the ways of raw profiles in PNG, which may hold another kind
   * than they are named for; `heif_item` has the offset of the TIFF structure before it (ISO/IEC 23008-12 annex A.2.1).
   */
  readonly coding: "plain" | "deflate" | "hex" | "hex_deflate" | "heif_item";
}

/** What the head of an image file says about the image. */
export interface ImageHeader {
  readonly mediaType: MediaType;
  /** As stored, before any orientation. */
  readonly width: number;
  readonly height: number;
  /** As shown, after cropping by a clean aperture and after the orientation. */
  readonly shownWidth: number;
  readonly shownHeight: number;
  /**
   * How a decoder that gives the pixels as stored has to turn them. From EXIF, but for HEIC and AVIF from
   * the container's rotation and mirroring, whose EXIF orientation is not to be applied. Null where the file
   * tells none, or an invalid one.
   */
  readonly orientation: Orientation | null;
  /** Bits per channel. */
  readonly bitDepth: number | null;
  /** Channels stored, alpha and a palette's index included. */
  readonly channels: number | null;
  readonly hasAlpha: boolean | null;
  /** Whether there is more than one picture to be shown in turn; null where only a look at all bytes tells. */
  readonly animated: boolean | null;
  /** The format's own name for how the pixels are coded, such as `progressive`, where decoders differ by it. */
  readonly variant: string | null;
  readonly metadataBlocks: readonly MetadataBlock[];
}

/** Why the bytes are not an image of the type that their first bytes announce; `reason` completes "the file …". */
export interface InvalidImage {
  readonly reason: string;
}

/** The bytes are a camera raw, which has the first bytes of a type that is accepted. */
export interface CameraRaw {
  readonly cameraRaw: true;
}

/** The parser of one file format's header. */
export type HeaderReading = Reading<ImageHeader | InvalidImage | CameraRaw>;

type Told = Pick<ImageHeader, "mediaType" | "width" | "height"> & Partial<ImageHeader>;

/** The header from what a format tells; what it does not is null, what follows is derived, no size is an error. */
export function imageHeader(told: Told): ImageHeader | InvalidImage {
  const { width, height, orientation = null } = told;
  if (width <= 0 || height <= 0) return { reason: `declares a size of ${width} × ${height}` };
  const [shownWidth, shownHeight] = swapsSides(orientation) ? [height, width] : [width, height];
  return {
    shownWidth,
    shownHeight,
    bitDepth: null,
    channels: null,
    hasAlpha: null,
    animated: null,
    variant: null,
    metadataBlocks: [],
    ...told,
    orientation,
  };
}
