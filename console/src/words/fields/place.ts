/** A place as `location` is written, in degrees north and east. */
export interface WrittenPlace {
  readonly latitude: number;
  readonly longitude: number;
}

/** Seven digits of a degree are about a centimetre. */
const digits = 7;

const ofMap = /[@/=](?<latitude>[+-]?\d{1,3}\.\d+)[,/](?<longitude>[+-]?\d{1,3}\.\d+)/;
const decimalCommas = /\d,\d/g;
const part = /(?<letter>[NSEW])|(?<number>[+-]?\d+(?:\.\d+)?)\s*(?<mark>[°'"]?)/gi;

interface Part {
  /** A letter of the compass; null for a number. */
  readonly letter: string | null;
  readonly number: number;
  readonly isNegative: boolean;
  readonly mark: string;
}

/**
 * The place that somebody has pasted: `48.85, 2.35`, `48°51'N 2°21'E`, `N 48.85 E 2.35`, `48,85; 2,35`, `geo:48.85,2.35`, or
 * the address of a map. Null for what is no place.
 */
export function readPlace(text: string): WrittenPlace | null {
  const map = /^https?:/i.test(text.trim()) ? ofMap.exec(text)?.groups : undefined;
  if (map !== undefined) return placeOf(Number(map["latitude"]), Number(map["longitude"]));
  const parts = partsOf(plain(text));
  if (parts === null) return null;
  const letters = parts.filter(({ letter }) => letter !== null);
  const groups = letters.length === 0 ? withoutLetters(parts) : byLetters(parts, letters.length);
  const [one, other, ...more] = groups.map(coordinateOf);
  if (one === undefined || other === undefined || one === null || other === null || more.length > 0)
    return null;
  if (one.letter === null) return placeOf(one.degrees, other.degrees);
  const [first, second] = [one, other].toSorted((a) => (isLatitude(a.letter) ? -1 : 1));
  if (first === undefined || second === undefined) return null;
  if (!isLatitude(first.letter) || isLatitude(second.letter)) return null;
  return placeOf(first.degrees, second.degrees);
}

/** A place as it stands in a field. */
export function placeInput({ latitude, longitude }: WrittenPlace): string {
  return `${decimalText(latitude)}, ${decimalText(longitude)}`;
}

/** The place of a value of `location`; null for what is none. */
export function placeOfValue(value: unknown): WrittenPlace | null {
  if (typeof value !== "object" || value === null) return null;
  if (!("latitude" in value) || !("longitude" in value)) return null;
  const { latitude, longitude } = value;
  return typeof latitude === "number" && typeof longitude === "number" ? placeOf(latitude, longitude) : null;
}

function decimalText(degrees: number): string {
  return new Intl.NumberFormat("en", { useGrouping: false, maximumFractionDigits: 12 }).format(degrees);
}

/** The text with one sign for each thing, and with points in its numbers. */
function plain(text: string): string {
  const signs = text
    .trim()
    .replace(/^geo:/i, "")
    .replaceAll(/[′’‘´]/g, "'")
    .replaceAll(/[″”“]|''/g, '"')
    .replaceAll("º", "°")
    .replaceAll("−", "-");
  const commas = signs.match(decimalCommas)?.length ?? 0;
  const hasDecimalCommas = !signs.includes(".") && commas === 2 && /[;\s]|[°NSEW]/i.test(signs);
  const pointed = hasDecimalCommas ? signs.replaceAll(/(\d),(\d)/g, "$1.$2") : signs;
  return pointed.replaceAll(/[,;]/g, " ");
}

/** Null where there is something else among the parts. */
function partsOf(text: string): readonly Part[] | null {
  if (text.replaceAll(part, "").trim() !== "") return null;
  return Array.from(text.matchAll(part), ({ groups = {} }) => ({
    letter: groups["letter"]?.toUpperCase() ?? null,
    number: Math.abs(Number(groups["number"] ?? 0)),
    isNegative: groups["number"]?.startsWith("-") ?? false,
    mark: groups["mark"] ?? "",
  }));
}

type Group = readonly Part[];

/** Two numbers are two coordinates; where there are degrees with minutes, each degree begins one. */
function withoutLetters(parts: Group): Group[] {
  if (parts.every(({ mark }) => mark === "")) return parts.map((each) => [each]);
  const groups: Part[][] = [];
  for (const each of parts) {
    if (each.mark === "°") groups.push([each]);
    else groups.at(-1)?.push(each);
  }
  return groups;
}

/** The letters stand before their numbers, or behind them. */
function byLetters(parts: Group, count: number): Group[] {
  const isBefore = parts[0]?.letter !== null;
  if (count !== 2 || (!isBefore && parts.at(-1)?.letter === null)) return [];
  const groups: Part[][] = [[]];
  for (const each of parts) {
    if (isBefore && each.letter !== null && groups.at(-1)?.length !== 0) groups.push([]);
    groups.at(-1)?.push(each);
    if (!isBefore && each.letter !== null) groups.push([]);
  }
  return groups.filter((group) => group.length > 0);
}

interface Coordinate {
  readonly degrees: number;
  readonly letter: string | null;
}

const marks = ["°", "'", '"'] as const;

function coordinateOf(group: Group): Coordinate | null {
  const letter = group.find((each) => each.letter !== null)?.letter ?? null;
  const numbers = group.filter((each) => each.letter === null);
  const [degrees, ...smaller] = numbers;
  if (degrees === undefined || numbers.length > marks.length) return null;
  if (numbers.some(({ mark }, index) => mark !== "" && mark !== marks[index])) return null;
  if (smaller.some(({ number, isNegative }) => number >= 60 || isNegative)) return null;
  const size = numbers.reduce((sum, { number }, index) => sum + number / 60 ** index, 0);
  if (letter !== null && degrees.isNegative) return null;
  const isNegative = degrees.isNegative || letter === "S" || letter === "W";
  return { degrees: isNegative ? -size : size, letter };
}

function isLatitude(letter: string | null): boolean {
  return letter === "N" || letter === "S";
}

function placeOf(latitude: number, longitude: number): WrittenPlace | null {
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return null;
  // No zero of two kinds: JSON would have the other one.
  const [north, east] = [latitude, longitude].map((degrees) => Number(degrees.toFixed(digits)) + 0);
  return { latitude: north ?? 0, longitude: east ?? 0 };
}
