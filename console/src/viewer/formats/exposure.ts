import type { MediaObject } from "tagline-client";
import { language } from "../../texts/texts.ts";

type Exposure = NonNullable<MediaObject["intrinsic"]["exposure"]>;

/** Below this many seconds cameras write an exposure time as a fraction of a second. */
const longestFraction = 0.3;

/**
 * How a photo was exposed, as photographers write it: `1/500 s`, `f/1.8`, `ISO 80`, `6.86 mm`. What the file does not tell,
 * and numbers that no camera has, are left out.
 */
export function exposureTexts({ time, f_number: fNumber, iso, focal_length: focal }: Exposure): string[] {
  return [
    isSane(time) ? `${secondsText(time)} s` : null,
    isSane(fNumber) ? `f/${number(fNumber, 1)}` : null,
    isSane(iso) ? `ISO ${number(iso, 0, false)}` : null,
    isSane(focal) ? `${number(focal, 2)} mm` : null,
  ].filter((text) => text !== null);
}

function secondsText(time: number): string {
  return time < longestFraction ? `1/${number(1 / time, 0)}` : number(time, 1);
}

function isSane(value: number | null): value is number {
  return value !== null && Number.isFinite(value) && value > 0;
}

function number(value: number, digits: number, useGrouping = true): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits, useGrouping }).format(value);
}
