import { language } from "../../texts/texts.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** What makes the next larger of the {@link units}. */
const step = 1000;

/** The size of a file, given in bytes, in the unit that leaves one to three digits before the point: `3.1 MB`. */
export function fileSizeText(bytes: number): string {
  // The rounded number decides, so that 999,950 bytes are 1 MB and not 1,000 kB.
  let [value, index] = [bytes, 0];
  while (rounded(value) >= step && index < units.length - 1) [value, index] = [value / step, index + 1];
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[index] ?? "byte",
    unitDisplay: index === 0 ? "long" : "short",
    maximumFractionDigits: digitsOf(value),
  }).format(value);
}

function digitsOf(value: number): number {
  return value < 100 ? 1 : 0;
}

function rounded(value: number): number {
  return Number(value.toFixed(digitsOf(value)));
}

/** A whole number, with the separators of the language: `8,312`. */
export function countText(count: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(count);
}

/** A width and a height in pixels: `4032 × 3024`. */
export function dimensionsText(width: number, height: number): string {
  return `${width} × ${height}`;
}

/** How many million pixels a picture has, with one digit behind the point: `12.2`. */
export function megapixelsText(width: number, height: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format((width * height) / 1e6);
}
