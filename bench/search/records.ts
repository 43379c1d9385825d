import type { IntrinsicFacts, ObjectMetadata } from "../../src/db/media/record.ts";
import { intrinsicFacts } from "../../src/db/media/record.ts";
import {
  anyOf,
  chanceOf,
  keywordsOf,
  latinWords,
  markedWords,
  rareRecords,
  unspacedPhrase,
  type Chance,
} from "./words.ts";

/** What a record of the benchmark is made of. */
export interface MadeRecord {
  readonly id: string;
  readonly objectKey: string;
  readonly metadata: ObjectMetadata;
  readonly intrinsic: IntrinsicFacts;
  readonly takenAt: string | null;
  readonly state: "ready" | "failed" | "pending";
  readonly missingSince: number | null;
  readonly createdAt: number;
}

const folders = 3_000;
const cameras = 60;
const makers = ["NIKON CORPORATION", "Canon", "SONY", "FUJIFILM", "Apple", "Panasonic"];
const dayMs = 86_400_000;
const years = 20;
const firstYear = 2005;
const firstCreated = Date.UTC(2023, 0, 1);
const createdSpanMs = 1_000 * dayMs;

/** The n-th of `rows` records: always the same, whatever came before. */
export function recordOf(n: number, rows: number): MadeRecord {
  const chance = chanceOf(n);
  const createdAt = firstCreated + Math.floor((n * createdSpanMs) / rows);
  const folder = anyOf(chance, folders);
  return {
    id: idOf(n, createdAt),
    objectKey: `${folderName(folder)}IMG_${String(n).padStart(7, "0")}.jpg`,
    metadata: metadataOf(n, rows, chance),
    intrinsic: factsOf(chance),
    takenAt: chance() < 0.05 ? null : takenIn(folder, chance),
    state: chance() < 0.98 ? "ready" : chance() < 0.5 ? "failed" : "pending",
    missingSince: chance() < 0.01 ? createdAt + dayMs : null,
    createdAt,
  };
}

/** The folder of a number, with its slash: `2011/trip-042/`. */
function folderName(folder: number): string {
  const perYear = folders / years;
  return `${firstYear + Math.floor(folder / perYear)}/trip-${String(folder % perYear).padStart(3, "0")}/`;
}

/** A UUIDv7 of a time, and of the number besides. */
function idOf(n: number, createdAt: number): string {
  const hex = createdAt.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

function takenIn(folder: number, chance: Chance): string {
  const year = firstYear + Math.floor(folder / (folders / years));
  return new Date(Date.UTC(year, 0, 1) + anyOf(chance, 365 * dayMs)).toISOString().slice(0, -1);
}

/** Three of a hundred records have no words at all, as those have that nobody has worked through. */
function metadataOf(n: number, rows: number, chance: Chance): ObjectMetadata {
  const rare = rareTexts(n, rows);
  if (rare.length === 0 && chance() < 0.03) return {};
  const description = [descriptionOf(chance), ...rare].join(" ");
  const keywords = chance() < 0.1 ? {} : { keywords: keywordsOf(chance) };
  const place = chance() < 0.1 ? { city: latinWords(chance, 1)[0], country: "Norge" } : {};
  return { description, ...keywords, ...place };
}

function descriptionOf(chance: Chance): string {
  const language = chance();
  if (language < 0.1) return `${markedWords.every} ${unspacedPhrase(chance, "zh")}`;
  if (language < 0.15) return `${markedWords.every} ${unspacedPhrase(chance, "ja")}`;
  const words = latinWords(chance, 5 + anyOf(chance, 9));
  const side = chance();
  if (side < 0.1) words.push(markedWords.left);
  else if (side < 0.2) words.push(markedWords.right);
  words.splice(anyOf(chance, 3), 0, markedWords.every);
  return words.join(" ");
}

/** What only seven records have, spread from the oldest to the newest. */
function rareTexts(n: number, rows: number): string[] {
  const step = Math.floor(rows / rareRecords);
  const place = n % step;
  if (n >= step * rareRecords) return [];
  if (place === 10) return [markedWords.rare];
  if (place === 20) return [markedWords.rarePhrase];
  if (place === 30) return [`${markedWords.left}, seen from the ${markedWords.right}`];
  return place === 40 ? [markedWords.rareHan] : [];
}

function factsOf(chance: Chance): IntrinsicFacts {
  const number = anyOf(chance, cameras);
  const make = makers[number % makers.length] ?? "";
  const model = `Model ${String(number).padStart(2, "0")}`;
  const located = chance() < 1 / 3;
  return intrinsicFacts.parse({
    camera: { make, model, lens: "24-70mm f/2.8" },
    exposure: { time: 0.004, f_number: 5.6, iso: 100 * (1 + anyOf(chance, 32)), focal_length: 35 },
    location: located ? { latitude: chance() * 160 - 80, longitude: chance() * 360 - 180 } : null,
    thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
  });
}
