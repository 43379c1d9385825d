import { env } from "cloudflare:workers";
import { Faker, en } from "@faker-js/faker";
import { v7 } from "uuid";
import { z } from "zod";

import { intrinsicFacts, type ObjectMetadata } from "../../../src/db/media/record.ts";
import { cameraName } from "../../../src/db/media/camera-name.ts";
import { metadataColumns } from "../../../src/db/media/metadata-columns.ts";
import type { MediaRow } from "../../../src/db/schema.ts";
import { cameraText, keyText } from "../../../src/db/search/index-text.ts";
import { factsVersion } from "../../../src/metadata/facts/facts.ts";

/** Made-up data that is the same in every run. */
export const faker = new Faker({ locale: en, seed: 20_261_122 });

/** Columns that the database computes, or that nobody writes any more. */
type Generated =
  | "isMissing"
  | "writtenTakenAt"
  | "bestTakenAt"
  | "isTakenInYear"
  | "bestLatitude"
  | "bestLongitude"
  | "known"
  | "lackingWords"
  | "lacksLocation"
  | "createdOn"
  | "writtenLatitude"
  | "writtenLongitude"
  | "keywordText"
  | "customText";

/** What a builder of records takes: any column, and the words as people see them. */
export type MediaContent = Partial<Omit<MediaRow, "objectMetadata" | "foldedKeywords" | Generated>> & {
  readonly objectMetadata?: ObjectMetadata;
};

const startMs = Date.UTC(2024, 0, 1);

let built = 0;

/** A record as it could be stored: ready, present, without words; each built one has a key and an id of its own. */
export function buildMedia(content: MediaContent = {}): Omit<MediaRow, "pk" | Generated> & { pk?: number } {
  built += 1;
  const objectKey = content.objectKey ?? `${faker.word.noun()}/${built}-${faker.word.adjective()}.jpg`;
  const version = content.version ?? faker.string.hexadecimal({ length: 32, casing: "lower", prefix: "" });
  const { objectMetadata = {}, ...columns } = content;
  const { camera } = intrinsicFacts.parse(JSON.parse(content.intrinsic ?? "{}"));
  return {
    id: v7({ msecs: startMs + built }),
    provider: "r2",
    objectKey,
    pathKey: objectKey,
    providerRef: null,
    version,
    contentHash: `md5:${version}`,
    portableHash: null,
    fileSize: faker.number.int({ min: 1_000, max: 9_000_000 }),
    contentType: "image/jpeg",
    lastModified: startMs + built,
    state: "ready",
    errorCode: null,
    errorDetail: null,
    width: 400,
    height: 300,
    orientation: 1,
    takenAt: null,
    takenAtOffset: null,
    intrinsic: "{}",
    thumbnailVersion: `${version}-1`,
    sidecarKey: null,
    sidecarChanged: 0,
    sidecarRead: null,
    pictureHash: null,
    pictureInnerHash: null,
    pictureQuality: null,
    revision: 0,
    change: 1,
    missingSince: null,
    runId: null,
    runChange: null,
    vanishedRun: null,
    wordsFromFile: 0,
    listedRun: null,
    factsVersion,
    observedAt: startMs + built,
    updatedAt: startMs + built,
    keyText: keyText(objectKey),
    cameraText: cameraText(camera),
    camera: cameraName(camera),
    textVersion: 1,
    ...metadataColumns(objectMetadata),
    ...columns,
  };
}

/** Any number of records as they could be stored. */
export function buildMany(
  count: number,
  content: (index: number) => MediaContent = () => ({}),
): ReturnType<typeof buildMedia>[] {
  return Array.from({ length: count }, (_, index) => buildMedia(content(index)));
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Stores records, however many, by one statement. */
export async function insertMany(rows: readonly ReturnType<typeof buildMedia>[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const names = Object.keys(first);
  const values = rows.map((row) => Object.values(row));
  const selected = names.map((_, index) => `value ->> '$[${index}]'`).join(", ");
  await env.DB.prepare(
    `INSERT INTO media_objects (${names.map(snake).join(", ")}) SELECT ${selected} FROM json_each(?)`,
  )
    .bind(JSON.stringify(values))
    .run();
}

/** Builds and stores one record. */
export async function insertMedia(content: MediaContent = {}): Promise<ReturnType<typeof buildMedia>> {
  const row = buildMedia(content);
  await insertMany([row]);
  return row;
}

/** Stores an object behind the service's back. */
export async function storeObject(objectKey: string, bytes: Uint8Array | string): Promise<R2Object> {
  return z.custom<R2Object>((value) => value !== null).parse(await env.MEDIA_BUCKET.put(objectKey, bytes));
}

/** Builds and stores one record together with its object. */
export async function insertStored(
  bytes: Uint8Array,
  content: MediaContent = {},
): Promise<ReturnType<typeof buildMedia>> {
  const objectKey = content.objectKey ?? `stored/${(built += 1)}.jpg`;
  const object = await storeObject(objectKey, bytes);
  return insertMedia({
    version: object.etag,
    fileSize: object.size,
    lastModified: object.uploaded.getTime(),
    ...content,
    objectKey,
  });
}

const storedRow = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** A record as it is stored, by its id; null where there is none. */
export async function storedMedia(id: string): Promise<z.infer<typeof storedRow> | null> {
  const row = await env.DB.prepare("SELECT * FROM media_objects WHERE id = ?").bind(id).first();
  return row === null ? null : storedRow.parse(row);
}
