import { fillMetadata, seedMetadata } from "../../../src/media/metadata/seed.ts";
import { sameMetadata } from "../../../src/media/metadata/rules.ts";
import type { TakeoutFacts } from "./takeout.ts";

/** Words as the service keeps them. */
export type Words = Readonly<Record<string, unknown>>;

/** What files beside a photo bring for it. */
export interface Brought {
  /** Words that take the place of what is there; null where there are none. */
  readonly whole: Words | null;
  /** Words that fill what lacks, within the service's limits. */
  readonly fill: Words;
  /** Keywords that are added to those that are there. */
  readonly keywords: readonly string[];
  /** When and where the photo was taken, for a photo that does not tell it. */
  readonly takenAt: string | null;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
}

/** What of a record words are compared with. */
export interface Described {
  readonly object_metadata: Words;
  /** What is known of the time and the place, the file's own included. */
  readonly taken: unknown;
  readonly place: unknown;
}

/** What the JSON file of Google Takeout brings: the description, people as keywords, time and place. */
export function broughtByTakeout({ description, people, takenAt, location }: TakeoutFacts): Brought {
  return {
    whole: null,
    fill: seedMetadata({ caption: description, keywords: null, iptcCore: null }),
    keywords: people,
    takenAt,
    location,
  };
}

/** The fields in which a record's words change with what is brought, the first before the others; none where it has all. */
export function patchOf(record: Described, brought: readonly Brought[]): Words {
  const before = record.object_metadata;
  let words = before;
  for (const { whole, fill, keywords, takenAt, location } of brought) {
    words = fillMetadata({ ...words, ...whole }, fill);
    words = { ...words, ...withKeywords(words, keywords) };
    if (takenAt !== null && record.taken === null && words["taken_at"] === undefined)
      words = { ...words, taken_at: takenAt };
    if (location !== null && record.place === null && words["location"] === undefined)
      words = { ...words, location };
  }
  return Object.fromEntries(
    Object.entries(words).filter(([name, value]) => !sameMetadata(value, before[name])),
  );
}

function withKeywords(words: Words, more: readonly string[]): Words {
  const { keywords } = words;
  const there = Array.isArray(keywords) ? keywords.filter((each) => typeof each === "string") : [];
  const added = seedMetadata({ caption: null, keywords: [...there, ...more], iptcCore: null })["keywords"];
  return Array.isArray(added) && added.length > there.length ? { keywords: added } : {};
}
