import type { MediaType } from "../../core/media-type.ts";
import { ByteView } from "../byte-view.ts";
import { isCameraRawHead } from "./tiff/camera-raw.ts";

/** How many first bytes `sniffMediaType` looks at: a file type box with sixty compatible brands. */
export const sniffBytes = 256;

// The DIB header sizes in use: OS/2 1 and 2, Windows 3, its two extensions, 4 and 5. The two letters "BM"
// alone would make a bitmap of many a text.
const dibHeaderSizes: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

// ISO/IEC 23008-12 §10.2 and annex B; AV1 Image File Format §8.
const brandTypes: ReadonlyMap<string, MediaType> = new Map([
  ["avif", "image/avif"],
  ["avis", "image/avif"],
  ["heic", "image/heic"],
  ["heix", "image/heic"],
  ["heim", "image/heic"],
  ["heis", "image/heic"],
  ["hevc", "image/heic"],
  ["hevx", "image/heic"],
  ["hevm", "image/heic"],
  ["hevs", "image/heic"],
]);
// Structural brands say that the file is HEIF, and nothing of what codes its pictures.
const structuralBrands: ReadonlySet<string> = new Set(["mif1", "mif2", "msf1", "miaf"]);

/**
 * The media type by the first bytes, whatever the name or the sender says; null for everything that is
 * not accepted (SVG, HTML, PDF, ICO, JPEG XL, JPEG 2000, text, nothing at all, and those camera raws that do
 * not begin like a TIFF; of others only their directories tell, see `readImageHeader`).
 */
export function sniffMediaType(head: Uint8Array): MediaType | null {
  const view = new ByteView(head.subarray(0, sniffBytes));
  if (view.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (view.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (view.startsWith("GIF87a") || view.startsWith("GIF89a")) return "image/gif";
  if (view.startsWith("RIFF") && view.startsWith("WEBP", 8)) return "image/webp";
  if (isTiff(view)) return "image/tiff";
  if (view.startsWith("BM") && dibHeaderSizes.has(view.u32(14, true))) return "image/bmp";
  if (view.startsWith("ftyp", 4)) return brandedType(view);
  return null;
}

/** TIFF 6.0 §2, BigTIFF, and no raw that is a TIFF with a signature of its own behind. */
function isTiff(view: ByteView): boolean {
  if (isCameraRawHead(view.bytes)) return false;
  const isClassic = view.startsWith("II*\0") || view.startsWith("MM\0*");
  return isClassic || view.startsWith("II+\0\x08\0\0\0") || view.startsWith("MM\0+\0\x08\0\0");
}

/** ISO/IEC 14496-12 §4.3: the major brand decides where it names a coding, else the compatible ones do. */
function brandedType(view: ByteView): MediaType | null {
  const boxEnd = Math.min(view.u32(0), view.length);
  const major = view.text(8, 4);
  const majorType = brandTypes.get(major);
  if (majorType !== undefined) return majorType;
  const compatible: string[] = [];
  for (let offset = 16; offset + 4 <= boxEnd; offset += 4) compatible.push(view.text(offset, 4));
  if (!structuralBrands.has(major) && !compatible.some((brand) => structuralBrands.has(brand))) return null;
  for (const brand of compatible) {
    const type = brandTypes.get(brand);
    if (type !== undefined) return type;
  }
  return "image/heif";
}
