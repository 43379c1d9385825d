import type { Scene } from "../paint/canvas.ts";
import { coast, mountains } from "../paint/outdoors.ts";
import { harbour } from "../paint/places.ts";
import { outings, type Camera, type Outing } from "./outings.ts";

/** What people wrote of a photo, as `object_metadata` of the API. */
export type Words = Readonly<Record<string, unknown>>;

/** A photo of the collection, before it is drawn. */
export interface PlannedPhoto {
  readonly objectKey: string;
  readonly scene: Scene;
  /** What the chance of its scene follows from. */
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /** What the camera writes into the file; null for a file that tells nothing. */
  readonly facts: {
    /** Local time, `YYYY-MM-DDTHH:MM:SS`. */
    readonly takenAt: string;
    readonly camera: Camera;
    readonly latitude: number | null;
    readonly longitude: number | null;
  } | null;
  readonly words: Words;
}

/** Shapes of photos, in turn: most are wider than high, as most photos are. */
const shapes = [
  [1200, 800],
  [1200, 800],
  [800, 1200],
  [1200, 675],
  [1200, 800],
  [900, 1200],
  [1000, 1000],
  [1500, 500],
] as const;

/** The photo that is larger than any screen: 12 megapixels, to look into. */
export const largePhoto = "2024/coast/lighthouse-05.jpg";

/** A photo that a person has written about three times. */
export const revisedPhoto = "2024/coast/lighthouse-02.jpg";

/** A scan of which nobody knows when it was made. */
export const undatedPhoto = "archive/box-3/postcard.jpg";

/** A scan of which somebody knows the year. */
export const yearlyPhoto = "archive/box-3/shipyard.jpg";

/** The photo whose object goes away once the service knows it. */
export const missingPhoto = "2019/ferry/ferry-03.jpg";

function numbered(index: number): string {
  return String(index + 1).padStart(2, "0");
}

function later(begins: string, minutes: number): string {
  return new Date(Date.parse(`${begins}Z`) + minutes * 60_000).toISOString().slice(0, 19);
}

function wordsOf({ descriptions, keywords, place, folder }: Outing, index: number): Words {
  const description = descriptions[index % descriptions.length] ?? null;
  const isFavourite = index % 5 === 1;
  return {
    ...(description === null ? {} : { description }),
    ...(description === null ? {} : { keywords: [...keywords, ...(isFavourite ? ["favourite"] : [])] }),
    ...(isFavourite ? { rating: 5, creator: "The Tagline project", usage_terms: "Free for everybody" } : {}),
    ...(place === null ? {} : { city: place.city, country: place.country }),
    ...(folder.startsWith("2024/coast") && index === 4
      ? { title: "Lighthouse in the evening", archive_box: "C-17", printed: { copies: 3, paper: "matt" } }
      : {}),
  };
}

function photosOf(outing: Outing, from: number): PlannedPhoto[] {
  return Array.from({ length: outing.count }, (_, index) => {
    const objectKey = `${outing.folder}${outing.name}-${numbered(index)}.jpg`;
    const [width, height] =
      objectKey === largePhoto ? [4000, 3000] : (shapes[(from + index) % 8] ?? [1200, 800]);
    return {
      objectKey,
      scene: outing.scenes[index % outing.scenes.length] ?? outing.scenes[0],
      seed: from + index,
      width,
      height,
      facts: {
        takenAt: later(outing.begins, index * outing.stepMinutes),
        camera: outing.camera,
        latitude: outing.place?.latitude ?? null,
        longitude: outing.place?.longitude ?? null,
      },
      words: wordsOf(outing, index),
    };
  });
}

/** Scans of old prints: their files tell nothing of when they were taken. */
const scans: readonly PlannedPhoto[] = [
  {
    objectKey: undatedPhoto,
    scene: coast("dusk"),
    seed: 901,
    width: 1100,
    height: 700,
    facts: null,
    words: { description: "A postcard without a date", keywords: ["scan", "lighthouse"] },
  },
  {
    objectKey: yearlyPhoto,
    scene: harbour("dusk"),
    seed: 902,
    width: 1100,
    height: 800,
    facts: null,
    words: {
      description: "The shipyard before it was closed",
      keywords: ["scan", "harbour"],
      taken_at: "1962",
    },
  },
  {
    objectKey: "archive/box-3/hills.jpg",
    scene: mountains("dusk"),
    seed: 903,
    width: 1000,
    height: 1000,
    facts: null,
    words: { keywords: ["scan"], taken_at: "1987-04" },
  },
];

/** Every photo of the collection that can be shown, in the order in which they are brought in: the oldest outing first. */
export const plannedPhotos: readonly PlannedPhoto[] = [...allOutings(), ...scans];

function* allOutings(): Generator<PlannedPhoto> {
  let from = 0;
  for (const outing of outings.toReversed()) {
    yield* photosOf(outing, from);
    from += outing.count;
  }
}
