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
    const number = (field: string, limit: number): number | null => {
      const value = exif?.numbers(field)[0] ?? Number.NaN;
      return value > 0 && value <= limit ? rounded(value) : null;
    };
    const iso = number("ISOSpeedRatings", maxIso);
    const told = {
      time: number("ExposureTime", maxSeconds),
      f_number: number("FNumber", maxFNumber),
      iso: iso === null || iso === isoElsewhere ? (number("RecommendedExposureIndex", maxIso) ?? iso) : iso,
      focal_length: number("FocalLength", maxFocalLength),
    };
    return Object.values(told).some((value) => value !== null) ? told : null;
  },
];

/** Without the digits that only division made. */
function rounded(value: number): number {
  return Number(value.toPrecision(10));
}
