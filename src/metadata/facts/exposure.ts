import type { ExifName } from "../blocks/exif-fields.ts";
import type { ExifTags } from "../blocks/exif.ts";
import type { FactExtractor } from "./fact-extractor.ts";

/** How the picture was exposed, by the names under which it is stored and shown; at least one of them is told. */
export interface Exposure {
  /** Seconds. */
  readonly time: number | null;
  readonly f_number: number | null;
  readonly iso: number | null;
  /** Millimetres, of the lens itself and not of its equivalent. */
  readonly focal_length: number | null;
}

// Bounds beyond anything built: a day, telescopes, sensitivities of seven digits.
const maxSeconds = 86_400;
const maxFNumber = 1000;
const maxIso = 10_000_000;
const maxFocalLength = 100_000;
// EXIF 3.0 §4.6.6.6 (0x8827): what does not fit in sixteen bits is told by another field.
const isoElsewhere = 65_535;

/** EXIF's ExposureTime, FNumber, PhotographicSensitivity and FocalLength (EXIF 3.0 §4.6.6.6). */
export const exposure: FactExtractor<Exposure> = [
  ({ exif }) => {
    const number = (field: ExifName, limit: number): number | null => {
      const value = exif?.numbers(field).find((each) => each > 0) ?? Number.NaN;
      return value <= limit ? rounded(value) : null;
    };
    const told = {
      time: number("ExposureTime", maxSeconds),
      f_number: number("FNumber", maxFNumber),
      iso: exif === null ? null : sensitivity(exif, (field) => number(field, maxIso)),
      focal_length: number("FocalLength", maxFocalLength),
    };
    return Object.values(told).some((value) => value !== null) ? told : null;
  },
];

type Sensitivity = "StandardOutputSensitivity" | "RecommendedExposureIndex" | "ISOSpeed";
const anySensitivity: readonly Sensitivity[] = [
  "RecommendedExposureIndex",
  "StandardOutputSensitivity",
  "ISOSpeed",
];

// EXIF 3.0 §4.6.6.6, SensitivityType (0x8830): which parameters of ISO 12232 the sensitivity is.
const sensitivitiesByType: Readonly<Record<number, readonly Sensitivity[]>> = {
  1: ["StandardOutputSensitivity"],
  2: ["RecommendedExposureIndex"],
  3: ["ISOSpeed"],
  4: ["StandardOutputSensitivity", "RecommendedExposureIndex"],
  5: ["StandardOutputSensitivity", "ISOSpeed"],
  6: ["RecommendedExposureIndex", "ISOSpeed"],
  7: ["StandardOutputSensitivity", "RecommendedExposureIndex", "ISOSpeed"],
};

/**
 * The sensitivity, which has a field of sixteen bits: where it does not fit into that, or is not told there, the field that the
 * type names counts, or whichever there is.
 */
function sensitivity(exif: ExifTags, number: (field: ExifName) => number | null): number | null {
  const told = number("PhotographicSensitivity");
  if (told !== null && told !== isoElsewhere) return told;
  const named = sensitivitiesByType[exif.numbers("SensitivityType")[0] ?? 0] ?? [];
  for (const field of [...named, ...anySensitivity]) {
    const value = number(field);
    if (value !== null) return value;
  }
  return told;
}

/** Without the digits that only division made. */
function rounded(value: number): number {
  return Number(value.toPrecision(10));
}
