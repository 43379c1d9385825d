import type { MediaObject } from "tagline-client";
import { language } from "../../texts/texts.ts";

type Exposure = NonNullable<MediaObject["intrinsic"]["exposure"]>;

/** Below this many seconds cameras write an exposure time as a fraction of a second. */
const longestFraction = 0.3;

/** What no camera goes beyond, whichever of the numbers it is: shorter than a microsecond, or more than a million. */
const [least, most] = [1e-6, 1e6];

/**
 * How a photo was exposed, as photographers write it: `1/500 s`, `f/1.8`, `ISO 80`, `6.86 mm`. What the file does not tell,
 * and numbers that no camera has, are left out.
 */
export function exposureTexts({ time, f_number: fNumber, iso, focal_length: focal }: Exposure): string[] {
  const parts: readonly (readonly [number | null, (value: number) => string])[] = [
    [time, (seconds) => `${secondsText(seconds)} s`],
    [fNumber, (value) => `f/${number(value, 1)}`],
    [iso, (value) => `ISO ${number(value, 0)}`],
    [focal, (millimetres) => `${number(millimetres, 2)} mm`],
  ];
  return parts.flatMap(([value, write]) =>
    value !== null && value >= least && value <= most ? [write(value)] : [],
  );
}

function secondsText(time: number): string {
  return time < longestFraction ? `1/${number(1 / time, 0)}` : number(time, 1);
}

function number(value: number, digits: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits, useGrouping: false }).format(value);
}
