import { createHash } from "node:crypto";

import { intrinsicFacts, type IntrinsicFacts, type ObjectMetadata } from "../../src/db/media/record.ts";
import { anyOf, chanceOf, keywordsOf, latinWords, type Chance } from "../search/words.ts";

/** What an ingest knows of a photo that nobody has described. */
export interface CapacityPhoto {
  readonly id: string;
  readonly objectKey: string;
  readonly hash: string;
  readonly takenAt: string;
  readonly createdAt: number;
  readonly intrinsic: IntrinsicFacts;
}

/** How many characters a description has, and how many keywords there are beside it. */
export const typicalWords = { descriptionCharacters: 100, keywords: 4, revisions: 3 } as const;

/** How many keywords a model suggests for a photo. */
const suggestedKeywords = 4;

/** Far enough apart that nothing of a photo is drawn as something else of it is. */
const seeds = { words: 100_000_000, suggestions: 200_000_000 } as const;

const folders = 3_000;
const cameras = 60;
const firstCreated = Date.UTC(2023, 0, 1);
const createdSpanMs = 1_000 * 86_400_000;
const takenSpanMs = 20 * 365 * 86_400_000;
const firstTaken = Date.UTC(2005, 0, 1);

/** The n-th of `rows` photos: always the same, whatever came before. */
export function photoOf(n: number, rows: number): CapacityPhoto {
  const chance = chanceOf(n);
  const createdAt = firstCreated + Math.floor((n * createdSpanMs) / rows);
  const folder = anyOf(chance, folders);
  const time = createdAt.toString(16).padStart(12, "0");
  return {
    id: `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${n.toString(16).padStart(12, "0")}`,
    objectKey: `Photos/${2005 + (folder % 20)}/Album ${folder}/IMG_${String(n).padStart(7, "0")}.jpg`,
    // Hashes are as long as real ones, and no two begin alike, so that their indexes are as large.
    hash: createHash("sha256").update(String(n)).digest("hex"),
    takenAt: new Date(firstTaken + anyOf(chance, takenSpanMs)).toISOString().slice(0, -1),
    createdAt,
    intrinsic: factsOf(chance),
  };
}

/** The words of a photo after each of its revisions: a description, then some keywords, then all of them. */
export function wordsOf(n: number): readonly ObjectMetadata[] {
  const chance = chanceOf(n + seeds.words);
  const description = descriptionOf(chance);
  const keywords = severalKeywords(chance);
  return [{ description }, { description, keywords: keywords.slice(0, 2) }, { description, keywords }].slice(
    0,
    typicalWords.revisions,
  );
}

/** The words that a model suggests for a photo. */
export function suggestedFor(n: number): {
  readonly description: string;
  readonly keywords: readonly string[];
} {
  const chance = chanceOf(n + seeds.suggestions);
  return {
    description: descriptionOf(chance),
    keywords: severalKeywords(chance).slice(0, suggestedKeywords),
  };
}

/** Words up to the length of a description, cut to exactly that. */
function descriptionOf(chance: Chance): string {
  return latinWords(chance, 40).join(" ").slice(0, typicalWords.descriptionCharacters).trimEnd();
}

function severalKeywords(chance: Chance): string[] {
  const keywords = new Set<string>();
  while (keywords.size < typicalWords.keywords) for (const each of keywordsOf(chance)) keywords.add(each);
  return [...keywords].slice(0, typicalWords.keywords);
}

/** Camera, lens and exposure of every photo, a place of every third. */
function factsOf(chance: Chance): IntrinsicFacts {
  const number = anyOf(chance, cameras);
  const located = chance() < 1 / 3;
  return intrinsicFacts.parse({
    camera: {
      make: "NIKON CORPORATION",
      model: `Model ${String(number).padStart(2, "0")}`,
      lens: "24-70mm f/2.8",
    },
    exposure: { time: 0.004, f_number: 5.6, iso: 100 * (1 + anyOf(chance, 32)), focal_length: 35 },
    location: located ? { latitude: chance() * 160 - 80, longitude: chance() * 360 - 180 } : null,
    thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
  });
}
