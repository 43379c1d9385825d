import type { MediaObject } from "tagline-client";
import { viewerTexts } from "../../texts/viewer.ts";
import { textOf } from "../photos/pictured.ts";
import { fieldLabel, valueText } from "./custom.ts";
import type { Fact } from "./facts.ts";

/** A word of people that has a name. */
interface Field {
  /** The name in `object_metadata`. */
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

/** What people have written about a photo. */
export interface Words {
  readonly title: string | null;
  readonly description: string | null;
  /** The whole caption of the file, where it is longer than a description may be. */
  readonly caption: string | null;
  readonly keywords: readonly string[];
  /** The number of stars, 0 to 5; null without a rating. */
  readonly rating: number | null;
  /** Those that the IPTC standard names, in its order. */
  readonly fields: readonly Field[];
  /** Any others, in alphabetical order; also what has the name of a field above and cannot be its value. */
  readonly customFields: readonly Field[];
}

const namedFields = ["creator", "credit", "copyright", "usage_terms", "city", "state", "country"] as const;

/** The words of a photo, for its panel. Date and place are among its facts where they are what counts. */
export function wordsOf(
  media: Pick<MediaObject, "object_metadata" | "intrinsic" | "taken" | "place">,
): Words {
  const given = media.object_metadata;
  const keywords = keywordsOf(given.keywords);
  const rating = ratingOf(given.rating);
  const fields = namedFields.flatMap((name) => {
    const text = textOf(given[name]);
    return text === null ? [] : [{ name, label: viewerTexts.fields[name], text }];
  });
  const shown = new Set<string>(["title", "description"].filter((name) => textOf(given[name]) !== null));
  for (const { name } of fields) shown.add(name);
  if (keywords !== null) shown.add("keywords");
  if (rating !== null) shown.add("rating");
  if (media.taken?.source === "person") shown.add("taken_at");
  if (media.place?.source === "person") shown.add("location");
  return {
    title: textOf(given.title),
    description: textOf(given.description),
    caption: textOf(media.intrinsic.caption),
    keywords: keywords ?? [],
    rating,
    fields,
    customFields: Object.entries(given)
      .filter(([name, value]) => !shown.has(name) && value !== "")
      .map(([name, value]) => ({ name, label: fieldLabel(name), text: valueText(value) }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

/** The rating and the named and custom fields, as facts. */
export function creditsOf({ rating, fields, customFields }: Words): Fact[] {
  return [
    ...(rating === null
      ? []
      : [{ label: viewerTexts.rating, text: viewerTexts.stars(String(rating)), note: null }]),
    ...[...fields, ...customFields].map(({ label, text }) => ({ label, text, note: null })),
  ];
}

/** The keywords in their order, each once; null for a value that is no list of texts. */
export function keywordsOf(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const keywords: readonly unknown[] = value;
  const given = keywords.filter((each) => typeof each === "string");
  return given.length === keywords.length ? [...new Set(given)] : null;
}

function ratingOf(value: unknown): number | null {
  const isRating = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 5;
  return isRating ? value : null;
}
