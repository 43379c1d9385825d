import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { databaseFile } from "../../../../bench/search/fill.ts";
import { drawPhoto } from "../../../../scripts/console/collection/files.ts";
import { plannedPhotos } from "../../../../scripts/console/collection/photos.ts";
import { metadataColumns } from "../../../../src/db/media/metadata-columns.ts";
import { keyText } from "../../../../src/db/search/index-text.ts";
import type { Client } from "../../../e2e/support/service.ts";
import { plannedDays, type Day } from "./plan.ts";

/** How many photos are brought in as people would; all others are copies of their records, at other times. */
const originals = 12;

/** When the first of the copies was added: one a second from then on. */
const firstAddedMs = Date.UTC(2025, 0, 1);

const templateSchema = z.object({
  pk: z.number(),
  id: z.string(),
  version: z.string(),
  object_key: z.string(),
});

/** A record whose picture and facts the others have too. */
type Template = z.infer<typeof templateSchema>;

/** A record that is to be made. */
interface Copy {
  readonly template: Template;
  readonly id: string;
  readonly objectKey: string;
  /** Local time, with milliseconds. */
  readonly takenAt: string;
  readonly addedMs: number;
}

/**
 * Makes a library of so many photos in a service that has none and whose data lies below `folder`. A dozen photos come in
 * through the API, without a date. The others are written straight into the local database, through its triggers, so that
 * search, counters and timeline are what they would be; and into the tables of the local buckets, where they share the
 * bytes of the dozen: each of them has a file, a preview, and thumbnails that the service makes of it. Unless `isDescribed`
 * is false, the copies have a description and keywords.
 */
export async function fillLibrary(
  { client, folder }: { readonly client: Client; readonly folder: string },
  photos: number,
  { isDescribed = true }: { readonly isDescribed?: boolean } = {},
): Promise<Day[]> {
  await bringInOriginals(client);
  const state = join(folder, ".wrangler", "state");
  const days = plannedDays(photos - originals);
  using database = open(databaseFile(state));
  const templates = z
    .array(templateSchema)
    .parse(database.prepare("SELECT pk, id, version, object_key FROM media_objects ORDER BY pk").all());
  const copies = [...copiesOf(days, templates)];
  writeRecords(database, copies, isDescribed ? wordsOf : () => ({}));
  writeObjects(state, copies);
  return days;
}

async function bringInOriginals(client: Client): Promise<void> {
  for (const [index, photo] of plannedPhotos.slice(-3 * originals, -2 * originals).entries()) {
    const bytes = await drawPhoto({ ...photo, facts: null });
    await client.upload(`undated/${index}.jpg`, new Uint8Array(bytes));
  }
  const overviewSchema = z.object({ by_state: z.object({ ready: z.number() }) });
  await client.until(
    overviewSchema,
    "/v1/overview",
    ({ by_state: { ready } }) => ready === originals,
    180_000,
  );
}

function* copiesOf(days: readonly Day[], templates: readonly Template[]): Generator<Copy> {
  let number = 0;
  for (const { day, count } of days)
    for (let index = 0; index < count; index++) {
      const template = templates[(number * 7) % templates.length];
      if (template === undefined) throw new Error("There is no photo to copy.");
      const addedMs = firstAddedMs + number * 1_000;
      const name = String(number).padStart(6, "0");
      yield {
        template,
        id: idOf(addedMs, number),
        objectKey: `${day.slice(0, 4)}/${day.slice(5, 7)}/IMG_${name}.jpg`,
        takenAt: `${day}T${timeOf(index, count)}`,
        addedMs,
      };
      number++;
    }
}

/** A UUIDv7 of a time, and of the number besides. */
function idOf(ms: number, number: number): string {
  const time = ms.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

/** The moments of a day's photos, evenly from seven to nineteen o'clock. */
function timeOf(index: number, count: number): string {
  const ms = 7 * 3_600_000 + Math.floor((index * 12 * 3_600_000) / count);
  return new Date(ms).toISOString().slice(11, -1);
}

/** The service may write meanwhile, for which SQLite waits. */
function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 30_000 });
  database.exec("PRAGMA cache_size = -200000");
  return database;
}

/** Some words of a copy, as people may have written them. */
function wordsOf({ objectKey, takenAt }: Copy): Record<string, unknown> {
  return {
    description: `The ${objectKey.slice(-10, -4)}th photo`,
    keywords: [`month-${takenAt.slice(5, 7)}`, Number(objectKey.at(-5)) % 2 === 0 ? "even" : "odd"],
  };
}

function writeRecords(
  database: DatabaseSync,
  copies: readonly Copy[],
  wordsOf: (copy: Copy) => Record<string, unknown>,
): void {
  const insert = database.prepare(insertRecord);
  database.exec("BEGIN IMMEDIATE");
  for (const copy of copies) {
    const { template, id, objectKey, takenAt, addedMs } = copy;
    const words = metadataColumns(wordsOf(copy));
    insert.run({ pk: template.pk, id, objectKey, takenAt, addedMs, ...words, keyText: keyText(objectKey) });
  }
  database.exec("COMMIT");
}

const insertRecord = `INSERT INTO media_objects (
    id, provider, object_key, path_key, version, content_hash, file_size, content_type, last_modified, state, width, height,
    orientation, taken_at, intrinsic, object_metadata, folded_keywords, keyword_spellings, words_text, fields_text, key_text,
    camera_text, camera, text_version, thumbnail_version, facts_version, observed_at, updated_at
  )
  SELECT :id, provider, :objectKey, :objectKey, version, content_hash, file_size, content_type, :addedMs, state, width,
    height, orientation, :takenAt, intrinsic, :objectMetadata, :foldedKeywords, :keywordSpellings, :wordsText, :fieldsText,
    :keyText, camera_text, camera, text_version, thumbnail_version, facts_version, :addedMs, :addedMs
  FROM media_objects WHERE pk = :pk`;

/** Gives each copy its objects in the local buckets: the same bytes under its own keys. */
function writeObjects(state: string, copies: readonly Copy[]): void {
  const folder = join(state, "v3", "r2", "miniflare-R2BucketObject");
  for (const name of readdirSync(folder).filter((each) => /^[\da-f]{64}\.sqlite$/.test(each))) {
    using bucket = open(join(folder, name));
    const copy = bucket.prepare(copyObject);
    const listed = z
      .array(z.object({ key: z.string() }))
      .parse(bucket.prepare("SELECT key FROM _mf_objects").all());
    bucket.exec("BEGIN IMMEDIATE");
    for (const { template, id, objectKey } of copies) {
      const keys = listed.flatMap(({ key }) =>
        key === template.object_key || key.startsWith(`${template.id}/`) ? [key] : [],
      );
      for (const key of keys)
        copy.run({ key, to: key.replace(template.id, id).replace(template.object_key, objectKey) });
    }
    bucket.exec("COMMIT");
  }
  if (!existsSync(folder)) throw new Error(`There are no buckets below ${folder}.`);
}

const copyObject = `INSERT INTO _mf_objects (key, blob_id, version, size, etag, uploaded, checksums, http_metadata, custom_metadata)
  SELECT :to, blob_id, version, size, etag, uploaded, checksums, http_metadata, custom_metadata
  FROM _mf_objects WHERE key = :key`;
