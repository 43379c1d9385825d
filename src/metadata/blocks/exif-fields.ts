// EXIF 3.0 §4.6: the fields that facts are made of, by the directory in which they are to stand. Writers of TIFF/EP, and
// some others, put those of the second list into the first directory, too, so that both are looked for in both.

/** Fields of the first directory (EXIF 3.0 §4.6.5), with those that Windows adds to it. */
export const mainFields = {
  ImageDescription: 0x010e,
  Make: 0x010f,
  Model: 0x0110,
  Orientation: 0x0112,
  Artist: 0x013b,
  Rating: 0x4746,
  RatingPercent: 0x4749,
  Copyright: 0x8298,
  XPTitle: 0x9c9b,
  XPAuthor: 0x9c9d,
  XPKeywords: 0x9c9e,
} as const;

/** Fields of the EXIF directory (EXIF 3.0 §4.6.6). */
export const photoFields = {
  ExposureTime: 0x829a,
  FNumber: 0x829d,
  PhotographicSensitivity: 0x8827,
  SensitivityType: 0x8830,
  StandardOutputSensitivity: 0x8831,
  RecommendedExposureIndex: 0x8832,
  ISOSpeed: 0x8833,
  DateTimeOriginal: 0x9003,
  DateTimeDigitized: 0x9004,
  OffsetTimeOriginal: 0x9011,
  OffsetTimeDigitized: 0x9012,
  FocalLength: 0x920a,
  SubSecTimeOriginal: 0x9291,
  SubSecTimeDigitized: 0x9292,
  LensModel: 0xa434,
} as const;

/** Fields of the GPS directory (EXIF 3.0 §4.6.7). Their numbers mean other things elsewhere. */
export const positionFields = {
  GPSLatitudeRef: 1,
  GPSLatitude: 2,
  GPSLongitudeRef: 3,
  GPSLongitude: 4,
  GPSAltitudeRef: 5,
  GPSAltitude: 6,
} as const;

/** A field of EXIF by its name in the standard, or by the name that Windows' own have. */
export type ExifName = keyof typeof mainFields | keyof typeof photoFields | keyof typeof positionFields;

/** The field that points to the EXIF directory (EXIF 3.0 §4.6.3). */
export const photoPointer = 0x8769;
/** The field that points to the GPS directory. */
export const positionPointer = 0x8825;

/** Fields in which people may write at length. */
const longTexts: ReadonlySet<number> = new Set([
  mainFields.Artist,
  mainFields.Copyright,
  mainFields.XPTitle,
  mainFields.XPAuthor,
  mainFields.XPKeywords,
]);
// The longest text that is kept of these has 1,024 characters, of up to four bytes.
const maxLongBytes = 8 * 1024;
// Of a caption 64 KiB are kept, and that there was more is to be seen.
const maxCaptionBytes = 65 * 1024;
// A name has 256 characters at the most.
const maxShortBytes = 1024;

/** How many bytes of a field are looked at. */
export function maxBytesOf(tag: number): number {
  if (tag === mainFields.ImageDescription) return maxCaptionBytes;
  return longTexts.has(tag) ? maxLongBytes : maxShortBytes;
}

/** Windows writes these as UTF-16 in little-endian order, whatever the order of the block. */
export const wideFields: ReadonlySet<number> = new Set([
  mainFields.XPTitle,
  mainFields.XPAuthor,
  mainFields.XPKeywords,
]);
