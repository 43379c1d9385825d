import { language } from "../../texts/texts.ts";
import { viewerTexts } from "../../texts/viewer.ts";

/** A place in degrees north and east, as the API tells it. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** Five digits of a degree are about a metre. */
const digits = 5;

/** A place in words: `48.85° N, 2.35° E`. */
export function coordinatesText({ latitude, longitude }: Coordinates): string {
  const { north, south, east, west } = viewerTexts.directions;
  const part = (degrees: number, [positive, negative]: readonly [string, string]): string =>
    `${degreesText(Math.abs(degrees))} ${degrees < 0 ? negative : positive}`;
  return `${part(latitude, [north, south])}, ${part(longitude, [east, west])}`;
}

/** How high a place lies, given in metres above the sea. */
export function altitudeText(metres: number): string {
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(Math.abs(metres));
  return metres < 0 ? viewerTexts.belowSea(text) : viewerTexts.aboveSea(text);
}

/** The address of a map with a mark at the place. Nothing is asked of it before the reader follows it. */
export function mapUrl({ latitude, longitude }: Coordinates): string {
  const [lat, lon] = [latitude, longitude].map((degrees) => degrees.toFixed(digits));
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=15/${lat}/${lon}`;
}

function degreesText(degrees: number): string {
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(degrees)}°`;
}
