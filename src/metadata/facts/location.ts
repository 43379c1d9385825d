import type { ExifTags } from "../exif.ts";
import type { XmpPacket } from "../xmp.ts";
import type { FactExtractor } from "./fact-extractor.ts";

/** Where the camera was (WGS 84): degrees, north and east positive, and metres above the sea. */
export interface Location {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude: number | null;
  readonly source: LocationSource;
}

/** Where in a file its place was found. */
export type LocationSource = "exif" | "xmp";

const exifNamespace = "http://ns.adobe.com/exif/1.0/";
// Cameras have been to the edge of space, and to the bottom of the sea.
const maxAltitude = 100_000;
const minAltitude = -12_000;

/** EXIF's GPS fields, else the same in XMP. */
export const location: FactExtractor<Location> = [
  ({ exif }) => (exif === null ? null : fromExif(exif)),
  ({ xmp }) => (xmp === null ? null : fromXmp(xmp)),
];

/** EXIF 3.0 §4.6.7: three rationals each, with the direction in a field of its own. */
function fromExif(exif: ExifTags): Location | null {
  const coordinate = (name: string, limit: number): number | null => {
    const [degrees = Number.NaN, minutes = 0, seconds = 0] = exif.numbers(name);
    return signed(degrees + minutes / 60 + seconds / 3600, exif.text(`${name}Ref`), limit);
  };
  // References 1 and 3 are below zero, of the ellipsoid or of the sea.
  const isBelow = (exif.numbers("GPSAltitudeRef")[0] ?? 0) % 2 === 1;
  const height = exif.numbers("GPSAltitude")[0] ?? Number.NaN;
  return position(
    [coordinate("GPSLatitude", 90), coordinate("GPSLongitude", 180), isBelow ? -height : height],
    "exif",
  );
}

/** XMP part 2, GPSCoordinate: "48,51,24N" or "48,51.4N". */
function fromXmp(xmp: XmpPacket): Location | null {
  const text = (name: string): string => xmp.items(exifNamespace, name)[0]?.text.trim() ?? "";
  const coordinate = (name: string, limit: number): number | null => {
    const match = /^(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?([NSEW])$/iu.exec(text(name));
    if (match === null) return null;
    const [degrees = Number.NaN, minutes = 0, seconds = 0] = match
      .slice(1, 4)
      .map((part) => Number(part ?? 0));
    return signed(degrees + minutes / 60 + seconds / 3600, match[4] ?? null, limit);
  };
  const height = /^(-?\d+)\/(\d+)$/u.exec(text("GPSAltitude"));
  const altitude = height === null ? Number.NaN : Number(height[1]) / Number(height[2]);
  const isBelow = text("GPSAltitudeRef") === "1";
  return position(
    [coordinate("GPSLatitude", 90), coordinate("GPSLongitude", 180), isBelow ? -altitude : altitude],
    "xmp",
  );
}

/** A coordinate with the sign of its direction; null beyond its limit, and without a direction of its axis. */
function signed(value: number, direction: string | null, limit: number): number | null {
  const [positive, negative] = limit === 90 ? ["N", "S"] : ["E", "W"];
  const letter = direction?.trim().toUpperCase();
  if (!(value >= 0 && value <= limit) || (letter !== positive && letter !== negative)) return null;
  return rounded(letter === positive ? value : -value, 7);
}

function position(
  [latitude, longitude, altitude]: readonly [number | null, number | null, number],
  source: LocationSource,
): Location | null {
  if (latitude === null || longitude === null) return null;
  const isSane = altitude >= minAltitude && altitude <= maxAltitude;
  return { latitude, longitude, altitude: isSane ? rounded(altitude, 3) : null, source };
}

/** To so many decimals, and never to minus zero, which JSON does not know. */
function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0;
}
