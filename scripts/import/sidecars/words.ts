import { fillMetadata, seedMetadata } from "../../../src/media/metadata/seed.ts";
import { sameMetadata } from "../../../src/media/metadata/rules.ts";
import type { PacketWords } from "../../../src/metadata/packet/read.ts";
import { toldFields } from "../../../src/metadata/packet/told-fields.ts";
import type { TakeoutFacts } from "./takeout.ts";

/** Words as the service keeps them. */
export type Words = Readonly<Record<string, unknown>>;

/** A place, in degrees. */
interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** What a file beside a photo brings for it. */
export interface Brought {
  /** Words that take the place of what is there. */
  readonly words: Words;
  /** Words that fill what lacks. */
  readonly fill: Words;
  /** Keywords that are added to those that are there. */
  readonly keywords: readonly string[];
  /** When and where the photo was taken; null where it is not told. */
  readonly takenAt: string | null;
  readonly location: Place | null;
  /** Whether this time and place count before another one that the photo tells. */
  readonly isBeforePhoto: boolean;
}

/** What of a record words are compared with. */
export interface Described {
  readonly object_metadata: Words;
  /** What is known of the time and the place, by the file or by a person. */
  readonly taken: { readonly at: string } | null;
  readonly place: Place | null;
}

/** Some ten metres, for what programs write in other units. */
const samePlaceDegrees = 1e-4;

/** What the JSON file of Google Takeout brings: the description, people as keywords, time and place. */
export function broughtByTakeout({ description, people, takenAt, location }: TakeoutFacts): Brought {
  return {
    words: {},
    fill: seedMetadata({ caption: description, keywords: null, iptcCore: null }),
    keywords: people,
    takenAt,
    location,
    isBeforePhoto: false,
  };
}

/**
 * What an XMP sidecar brings: the words that the service wrote itself come back as they were; what other programs wrote
 * counts before what is embedded in the file.
 */
export function broughtByXmp({ own, changed, facts }: PacketWords): Brought {
  const seed = seedMetadata(facts);
  // What another program has changed in our words has been brought within no limit: the seed has.
  const limited = Object.entries(seed).filter(([name]) => changed.some((field) => field === name));
  const told = toldFields(facts);
  return {
    words: own === null ? seed : { ...own, ...Object.fromEntries(limited) },
    fill: {},
    keywords: [],
    takenAt: told.taken_at,
    location: told.location,
    isBeforePhoto: true,
  };
}

/** The fields in which a record's words change with what is brought, the first before the others; none where it has all. */
export function patchOf(record: Described, brought: readonly Brought[]): Words {
  const before = record.object_metadata;
  let words = before;
  for (const each of brought) {
    words = fillMetadata({ ...words, ...each.words }, each.fill);
    words = { ...words, ...withKeywords(words, each.keywords) };
    const { takenAt, location } = each;
    if (takenAt !== null && words["taken_at"] === undefined && !isTold(takenAt, record.taken, each))
      words = { ...words, taken_at: takenAt };
    if (location !== null && words["location"] === undefined && !isNear(location, record.place, each))
      words = { ...words, location };
  }
  return Object.fromEntries(
    Object.entries(words).filter(([name, value]) => !sameMetadata(value, before[name])),
  );
}

/** Whether a photo tells this time, or tells another one that counts before it. */
function isTold(takenAt: string, known: Described["taken"], { isBeforePhoto }: Brought): boolean {
  return known !== null && (!isBeforePhoto || known.at.startsWith(takenAt));
}

function isNear(location: Place, known: Place | null, { isBeforePhoto }: Brought): boolean {
  if (known === null) return false;
  const [north, east] = [location.latitude - known.latitude, location.longitude - known.longitude];
  return !isBeforePhoto || (Math.abs(north) < samePlaceDegrees && Math.abs(east) < samePlaceDegrees);
}

function withKeywords(words: Words, more: readonly string[]): Words {
  const { keywords } = words;
  const there = Array.isArray(keywords) ? keywords.filter((each) => typeof each === "string") : [];
  const added = seedMetadata({ caption: null, keywords: [...there, ...more], iptcCore: null })["keywords"];
  return Array.isArray(added) && added.length > there.length ? { keywords: added } : {};
}
