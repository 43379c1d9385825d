import type { FileMetadata } from "./fact-extractor.ts";
import { microsoftNamespace, xmpNamespace } from "../blocks/xmp/namespaces.ts";

/**
 * How many stars a picture was given, 1 to 5; the first source that tells a rating decides. Null also for one that has
 * none: 0 is unrated to XMP (ISO 16684-1 §8.4, Rating), -1 rejected.
 */
export function ratingOf({ xmp, exif }: FileMetadata): number | null {
  const property = (namespace: string, name: string): number => {
    const text = xmp?.items(namespace, name)[0]?.text.trim() ?? "";
    return text === "" ? Number.NaN : Number(text);
  };
  const first = (name: "Rating" | "RatingPercent"): number => exif?.numbers(name)[0] ?? Number.NaN;
  const stars =
    inStars(property(xmpNamespace, "Rating")) ??
    ofPercent(property(microsoftNamespace, "Rating")) ??
    inStars(first("Rating")) ??
    ofPercent(first("RatingPercent"));
  return stars === null || stars < 1 ? null : stars;
}

const maxStars = 5;

function inStars(value: number): number | null {
  return value >= -1 && value <= maxStars ? Math.round(value) : null;
}

/** Windows writes 1, 25, 50, 75 and 99 for its five stars. */
function ofPercent(value: number): number | null {
  if (!(value >= 0 && value <= 100)) return null;
  return value === 0 ? 0 : Math.round(value / 25) + 1;
}
