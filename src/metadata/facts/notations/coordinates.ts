/** Of a place on the globe: north is positive, or east. */
export type Axis = "latitude" | "longitude";

const limits: Readonly<Record<Axis, number>> = { latitude: 90, longitude: 180 };
const directions: Readonly<Record<Axis, Readonly<Record<string, 1 | -1>>>> = {
  latitude: { n: 1, north: 1, s: -1, south: -1 },
  longitude: { e: 1, east: 1, w: -1, west: -1 },
};

/**
 * Degrees with their sign, of degrees alone, with minutes, or with minutes and seconds, each of which may have decimals.
 * Minus and a direction that is south or west say the same, and not the opposite of each other. Null without a direction
 * (a minus is one), with that of the other axis, and beyond the axis' limit.
 */
export function toDegrees(axis: Axis, parts: readonly number[], direction: string | null): number | null {
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = known(parts);
  const size = Math.abs(degrees) + Math.abs(minutes) / 60 + Math.abs(seconds) / 3600;
  if (!(size <= limits[axis])) return null;
  const isNegative = parts.some((part) => part < 0);
  const word = direction?.trim().toLowerCase() ?? "";
  const sign = word === "" ? (isNegative ? -1 : undefined) : directions[axis][word];
  if (sign === undefined) return null;
  return isNegative ? -size : size * sign;
}

/** Without seconds of 0/0, which is how some devices say that there are none; and minutes, where degrees have decimals. */
function known([degrees, minutes, seconds]: readonly number[]): readonly (number | undefined)[] {
  const isWhole = Number.isInteger(degrees);
  return [
    degrees,
    Number.isNaN(minutes) && !isWhole ? undefined : minutes,
    Number.isNaN(seconds) ? undefined : seconds,
  ];
}

// The longest notation has some thirty characters.
const maxLength = 64;
// Signs of degrees, minutes and seconds in any spelling, and what else stands between numbers.
const between = /[\s,;:°º'’′"”″]+/giu;
const number = /^([+-]?\d+(?:\.\d*)?)(?:\/(\d+(?:\.\d*)?))?$/u;
const word = /^[a-z]+|(?<![a-z])[a-z]+$/iu;

/**
 * A coordinate as XMP has it, `48,51,24N` or `48,51.4N` (XMP part 2 §3.6, GPSCoordinate), and as many programs write it: decimal,
 * `48.8567N`, `N48.8567` or with a sign; with fractions; with the signs of degrees; with the direction in a property of its own.
 */
export function readCoordinate(axis: Axis, text: string, reference: string): number | null {
  if (text.length > maxLength) return null;
  const trimmed = text.replaceAll(/deg/giu, " ").trim();
  const letter = word.exec(trimmed)?.[0] ?? null;
  const numbers = (letter === null ? trimmed : trimmed.replace(letter, ""))
    .split(between)
    .filter((part) => part !== "")
    .map(readNumber);
  const [, minutes = 0, seconds = 0] = numbers;
  if (numbers.length > 3 || !(minutes < 60) || !(seconds < 60)) return null;
  const isSigned = letter === null && reference.trim() === "" && numbers.length === 1;
  return toDegrees(axis, numbers, isSigned ? positive[axis] : (letter ?? reference));
}

/** Of a decimal number without a direction the sign says all. */
const positive: Readonly<Record<Axis, string>> = { latitude: "N", longitude: "E" };

/** Metres, as a fraction or a decimal number; NaN for none. */
export function readHeight(text: string): number {
  return text.length > maxLength ? Number.NaN : readNumber(text.replace(/ ?m$/iu, ""));
}

function readNumber(text: string): number {
  const match = number.exec(text.trim());
  return match === null ? Number.NaN : Number(match[1]) / Number(match[2] ?? 1);
}
