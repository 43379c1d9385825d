import type { LocationSource } from "../../core/provenance.ts";
import type { ExifTags } from "../blocks/exif.ts";
import { exifNamespace } from "../blocks/xmp/namespaces.ts";
import type { XmpPacket } from "../blocks/xmp/xmp.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { type Axis, readCoordinate, readHeight, toDegrees } from "./notations/coordinates.ts";

/** Where the camera was (WGS 84): degrees, north and east positive, and metres above the sea. */
export interface Location {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude: number | null;
  readonly source: LocationSource;
}

// Cameras have been to the edge of space, and to the bottom of the sea.
const maxAltitude = 100_000;

const minAltitude = -12_000;

/** EXIF's GPS fields, else the same in XMP. */
export const location: FactExtractor<Location> = [
  ({ exif }) => (exif === null ? null : fromExif(exif)),
  ({ xmp }) => (xmp === null ? null : fromXmp(xmp)),
];

/** EXIF 3.0 §4.6.7: up to three numbers each, with the direction in a field of its own. */
function fromExif(exif: ExifTags): Location | null {
  const coordinate = (axis: Axis, name: "GPSLatitude" | "GPSLongitude"): number | null =>
    toDegrees(axis, exif.numbers(name), exif.text(`${name}Ref`));
  // References 1 and 3 are below zero, of the ellipsoid or of the sea; a digit that was written as a letter is odd likewise.
  const isBelow = (exif.numbers("GPSAltitudeRef")[0] ?? 0) % 2 === 1;
  const height = exif.numbers("GPSAltitude")[0] ?? Number.NaN;
  return position(
    [coordinate("latitude", "GPSLatitude"), coordinate("longitude", "GPSLongitude")],
    isBelow ? -Math.abs(height) : height,
    "exif",
  );
}

/** XMP part 2 §3.6: coordinates as texts, an altitude as a fraction; both also as decimals, as many programs write them. */
function fromXmp(xmp: XmpPacket): Location | null {
  const text = (name: string): string => xmp.items(exifNamespace, name)[0]?.text.trim() ?? "";
  const coordinate = (axis: Axis, name: string): number | null =>
    readCoordinate(axis, text(name), text(`${name}Ref`));
  const height = readHeight(text("GPSAltitude"));
  const isBelow = /^(?:[13]$|below)/iu.test(text("GPSAltitudeRef"));
  return position(
    [coordinate("latitude", "GPSLatitude"), coordinate("longitude", "GPSLongitude")],
    isBelow ? -Math.abs(height) : height,
    "xmp",
  );
}

function position(
  [latitude, longitude]: readonly [number | null, number | null],
  altitude: number,
  source: LocationSource,
): Location | null {
  if (latitude === null || longitude === null) return null;
  const isSane = altitude >= minAltitude && altitude <= maxAltitude;
  return {
    latitude: rounded(latitude, 7),
    longitude: rounded(longitude, 7),
    altitude: isSane ? rounded(altitude, 3) : null,
    source,
  };
}

/** To so many decimals, and never to minus zero, which JSON does not know. */
function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0;
}
