import { ByteView } from "../byte-view.ts";
import type { MetadataBlock } from "../headers/image-header.ts";
import { isIptc } from "./iptc.ts";
import { tiffSignature } from "../tiff-directory.ts";
import { inflate } from "./inflate.ts";
import { rawProfile } from "./raw-profile.ts";

/** What one packet of XMP may have, undone: Photoshop's lists of ancestors have made some of twelve. */
export const maxPacketBytes = 16 * 1024 * 1024;
/** What any other block may have; what people and cameras write has a few kilobytes. */
export const maxBlockBytes = 1024 * 1024;

/** A block without its coding, and without the mark of the format that it was taken from. */
export interface DecodedBlock {
  readonly kind: MetadataBlock["kind"];
  readonly bytes: Uint8Array;
}

/** What APP segments of JPEG begin with, by the kind of what is behind it; profiles of PNG keep it or not. */
const marks: readonly (readonly [string, MetadataBlock["kind"]])[] = [
  ["Exif\0\0", "exif"],
  ["http://ns.adobe.com/xap/1.0/\0", "xmp"],
  ["Photoshop 3.0\0", "photoshop"],
  ["8BIM", "photoshop"],
  ["ICC_PROFILE\0", "icc"],
];

/** Undoes the coding of a block as far as one of its kind is read. What a profile of PNG holds tells its kind. */
export function decodedBlock({ kind, coding }: MetadataBlock, stored: Uint8Array): DecodedBlock {
  const mostBytes = kind === "xmp" ? maxPacketBytes : maxBlockBytes;
  if (coding === "plain" || coding === "heif_item") return { kind, bytes: stored };
  if (coding === "deflate") return { kind, bytes: inflate(stored, mostBytes) };
  // Digits are two a byte; of an inflated packet half as much is read.
  const text = coding === "hex" ? stored : inflate(stored, Math.min(maxPacketBytes, 2 * mostBytes));
  return profileOf(kind, rawProfile(text));
}

function profileOf(kind: MetadataBlock["kind"], bytes: Uint8Array): DecodedBlock {
  const view = new ByteView(bytes.subarray(0, 64));
  for (const [mark, marked] of marks) {
    if (view.startsWith(mark))
      return { kind: marked, bytes: mark === "8BIM" ? bytes : bytes.subarray(mark.length) };
  }
  if (tiffSignature(view) !== null) return { kind: "exif", bytes };
  return { kind: kind === "photoshop" && isIptc(bytes) ? "iptc" : kind, bytes };
}

const maxDeflateRatio = 1032;

/** The most bytes that undoing a block's coding takes beside the file, the room to grow among them. */
export function codingBytes({ kind, coding, length }: MetadataBlock): number {
  const mostBytes = kind === "xmp" ? maxPacketBytes : 2 * maxBlockBytes;
  if (coding === "hex") return Math.min(mostBytes, length) / 2;
  const isDeflated = coding === "deflate" || coding === "hex_deflate";
  const decoded = isDeflated ? Math.min(mostBytes, length * maxDeflateRatio) : 0;
  // The buffer grows to twice its length and is copied once; the bytes of a profile's digits are half of it.
  return 2 * decoded;
}
