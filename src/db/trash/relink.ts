import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { isIncomplete, type EditingOperation } from "../history/edits.ts";
import { factColumns } from "../media/facts.ts";
import { metadataColumns } from "../media/metadata-columns.ts";
import { intrinsicFacts, type MediaObject, type ObjectMetadata } from "../media/record.ts";
import { mediaStates, runChanges } from "../schema.ts";
import { keyText } from "../search/index-text.ts";
import { textVersion } from "../search/unread.ts";
import { bringBack, setApart, type Comeback, type TrashedMedia } from "./move.ts";

const nullableText = z.string().nullable();
const nullableNumber = z.number().nullable();

/** The object of a record and what is known of it, without words: what a relink gives from one record to another. */
export const heldObject = z.object({
  provider: z.string(),
  objectKey: z.string(),
  pathKey: z.string(),
  providerRef: nullableText,
  version: z.string(),
  contentHash: nullableText,
  portableHash: nullableText,
  pictureHash: nullableText.default(null),
  pictureInnerHash: nullableText.default(null),
  pictureQuality: nullableNumber.default(null),
  fileSize: z.number(),
  contentType: z.string(),
  lastModified: nullableNumber,
  state: z.enum(mediaStates),
  errorCode: nullableText,
  errorDetail: nullableText,
  width: nullableNumber,
  height: nullableNumber,
  orientation: nullableNumber,
  takenAt: nullableText,
  takenAtOffset: nullableText,
  thumbnailVersion: nullableText,
  missingSince: nullableNumber,
  vanishedRun: nullableText,
  listedRun: nullableText,
  runId: nullableText,
  runChange: z.enum(runChanges).nullable(),
  intrinsic: intrinsicFacts,
  factsVersion: z.number(),
});

/** See {@link heldObject}. */
export type HeldObject = Readonly<z.infer<typeof heldObject>>;

/** Words that a record gets as part of an operation, and the way back from them. */
export interface GivenWords {
  readonly metadata: ObjectMetadata;
  /** JSON: leads from these words to those of the revision before. */
  readonly patch: string;
  readonly wordsHash: string;
}

/** By whom, when, and as what operation. */
export interface RelinkAuthorship {
  readonly by: string | null;
  readonly now: number;
  readonly operation: EditingOperation;
}

/** How many revisions at the most come along with the object of a record; a transaction has to end. */
const revisionLimit = 10_000;

/** How many revisions of a record would come along with its object. */
export async function countRevisions(db: Database, id: string): Promise<number> {
  const [row] = await db.orm.all(sql`
    SELECT count(*) AS n FROM (SELECT 1 FROM media_revisions WHERE media_id = ${id} LIMIT ${revisionLimit})`);
  return z.object({ n: z.number() }).parse(row).n;
}

/** No run has made of a record what a person has made of it. */
const noRun = { runId: null, runChange: null } as const;

/** A record that takes the object of another. */
export interface Link {
  /** The record that is missing, as it was read. */
  readonly media: MediaObject;
  /** The record whose object it takes, as it was read; it is hidden from then on. */
  readonly to: MediaObject;
  /** How many revisions of the other come along; see {@link countRevisions}. */
  readonly revisions: number;
  /** The words of both, united; the patch leads to the words of the other where revisions of it come along. */
  readonly united: GivenWords;
}

/**
 * Gives a record the object of another, in one transaction; false if either is not as it was read. The revisions of the
 * other go between those of the record and the united words; they stay with the other as well, which may come back.
 */
export async function linkMedia(
  db: Database,
  { media, to, revisions, united }: Link,
  authorship: RelinkAuthorship,
): Promise<boolean> {
  const first = media.revision + 1;
  const last = revisions === 0 ? first : first + revisions + 1;
  return isDone(db, [
    beginOperation(
      authorship,
      sql`(SELECT count(*) FROM media_objects WHERE ${isAsRead(media)} OR ${isAsRead(to)}) = 2`,
    ),
    ...setApart(to, { kind: "merged", into: media.id }),
    ...(revisions === 0 ? [] : copyRevisions({ media, to }, authorship)),
    insertRevision(media.id, last, { ...united, authorship }),
    holdObject(media, {
      revision: last,
      metadata: united.metadata,
      object: { ...to, ...noRun },
      now: authorship.now,
    }),
  ]);
}

/** A record that gives back the object which it has taken from another. */
export interface Parting {
  /** The record, as it was read. */
  readonly media: MediaObject;
  /** The record that it has hidden. */
  readonly hidden: TrashedMedia;
  /** Where the record was when it was linked; another record may have its key by now. */
  readonly place: HeldObject;
  /** The run that had made of the other what it was, which its record comes back with unless a later run saw its object. */
  readonly run: Pick<HeldObject, "runId" | "runChange">;
  readonly words: GivenWords;
}

/**
 * Gives the object of a record back to the record that it was taken from, in one transaction; false if either is not as
 * it was read. The one comes back with the object as it is now, the other is missing where it was.
 */
export async function partMedia(
  db: Database,
  { media, hidden, place, run, words }: Parting,
  authorship: RelinkAuthorship,
): Promise<boolean> {
  const { now } = authorship;
  const revision = media.revision + 1;
  const marks = media.runId === null ? run : {};
  const held = { ...heldObject.parse(media), pathKey: parkedAs(media, hidden.id), ...marks };
  const isHidden = sql`
    (SELECT count(*) FROM trashed_media WHERE id = ${hidden.id} AND merged_into = ${media.id}) = 1`;
  return isDone(db, [
    beginOperation(
      authorship,
      sql`(SELECT count(*) FROM media_objects WHERE ${isAsRead(media)}) = 1 AND ${isHidden}`,
    ),
    insertRevision(media.id, revision, { ...words, authorship }),
    holdObject(media, { revision, metadata: words.metadata, object: besides(place, held, media.id), now }),
    ...bringBack(hidden, comebackWith(held, now)),
    sql`UPDATE media_objects SET ${knownOf(held)} WHERE id = ${hidden.id}`,
    sql`
      UPDATE operations SET updated = (SELECT 1 FROM media_objects WHERE id = ${hidden.id})
      WHERE id = ${authorship.operation.id}`,
  ]);
}

/** Runs statements of which the first fails where a record is not as it was read. */
async function isDone(db: Database, statements: readonly SQL[]): Promise<boolean> {
  try {
    await db.batch(statements);
    return true;
  } catch (cause) {
    if (isIncomplete(cause)) return false;
    throw cause;
  }
}

/** The row of the operation, which cannot be written where a condition does not hold: then nothing of it is. */
function beginOperation({ by, now, operation }: RelinkAuthorship, holds: SQL): SQL {
  return sql`
    INSERT INTO operations (id, kind, changed_by, changed_at, updated, reverts, details)
    SELECT ${operation.id}, ${operation.kind}, ${by}, ${now}, CASE WHEN ${holds} THEN 1 END, ${operation.reverts},
      ${operation.details}`;
}

/** A record makes room for another without a visible change, and may be marked as vanished without one. */
function isAsRead({ id, change, revision, pathKey, version, missingSince, vanishedRun }: MediaObject): SQL {
  return sql`(
    id = ${id} AND change = ${change} AND revision = ${revision} AND path_key = ${pathKey} AND version = ${version}
    AND missing_since IS ${missingSince} AND vanished_run IS ${vanishedRun}
  )`;
}

/**
 * The words that the other was created with, which lead back to the record's own, and what has become of them. Without
 * hashes: the operations that they belong to have not changed this record, and do not take it back.
 */
function copyRevisions(
  { media, to }: Pick<Link, "media" | "to">,
  { by, now, operation }: RelinkAuthorship,
): SQL[] {
  const whole = JSON.stringify({ whole: media.objectMetadata });
  const first = media.revision + 1;
  return [
    sql`
      INSERT INTO media_revisions (media_id, revision, changed_at, changed_by, operation_id, patch)
      VALUES (${media.id}, ${first}, ${now}, ${by}, ${operation.id}, ${whole})`,
    sql`
      INSERT INTO media_revisions (media_id, revision, changed_at, changed_by, operation_id, patch, words_hash)
      SELECT ${media.id}, ${first} + row_number() OVER (ORDER BY revision), changed_at, changed_by, operation_id, patch, NULL
      FROM (SELECT * FROM media_revisions WHERE media_id = ${to.id} ORDER BY revision DESC LIMIT ${revisionLimit})`,
  ];
}

function insertRevision(
  id: string,
  revision: number,
  { patch, wordsHash, authorship }: GivenWords & { readonly authorship: RelinkAuthorship },
): SQL {
  const { by, now, operation } = authorship;
  return sql`
    INSERT INTO media_revisions (media_id, revision, changed_at, changed_by, operation_id, patch, words_hash)
    VALUES (${id}, ${revision}, ${now}, ${by}, ${operation.id}, ${patch}, ${wordsHash})`;
}

/**
 * Gives a record words and an object. The change counts one more than the revisions, so that an ingest sees that not only
 * the words are others. A place that is another's by now becomes a path where no object can be; see placements.ts.
 */
function holdObject(
  media: MediaObject,
  given: {
    readonly revision: number;
    readonly metadata: ObjectMetadata;
    readonly object: HeldObject;
    readonly now: number;
  },
): SQL {
  const { revision, metadata, object, now } = given;
  const words = metadataColumns(metadata);
  return sql`
    UPDATE media_objects SET
      object_metadata = ${words.objectMetadata}, folded_keywords = ${words.foldedKeywords},
      keyword_spellings = ${words.keywordSpellings}, words_text = ${words.wordsText}, fields_text = ${words.fieldsText},
      revision = ${revision}, change = ${media.change + revision - media.revision + 1},
      provider = ${object.provider}, object_key = ${object.objectKey}, key_text = ${keyText(object.objectKey)},
      path_key = CASE WHEN EXISTS (
        SELECT 1 FROM media_objects there
        WHERE there.provider = ${object.provider} AND there.path_key = ${object.pathKey} AND there.id <> ${media.id}
      ) THEN ${object.pathKey} || char(1) || ${media.id} ELSE ${object.pathKey} END,
      provider_ref = ${object.providerRef}, version = ${object.version}, content_hash = ${object.contentHash},
      file_size = ${object.fileSize}, last_modified = ${object.lastModified}, state = ${object.state},
      thumbnail_version = ${object.thumbnailVersion}, missing_since = ${object.missingSince},
      text_version = ${textVersion}, observed_at = ${now}, updated_at = ${now},
      ${knownOf(object)}
    WHERE id = ${media.id}`;
}

/** The place of a record beside another's, which may have come to the same: the object may have moved to where it was. */
function besides(place: HeldObject, held: HeldObject, id: string): HeldObject {
  const isSame = place.provider === held.provider && place.pathKey === held.pathKey;
  return isSame ? { ...place, pathKey: `${place.pathKey}\u{1}${id}` } : place;
}

function comebackWith(held: HeldObject, now: number): Comeback {
  const { provider, objectKey, pathKey, providerRef, version, contentHash, fileSize, lastModified } = held;
  const { state, thumbnailVersion, missingSince } = held;
  const object = { provider, objectKey, pathKey, providerRef, version, contentHash, fileSize, lastModified };
  return { ...object, state, thumbnailVersion, missingSince, now };
}

/** What is known of an object beyond what tells one from another. */
function knownOf(object: HeldObject): SQL {
  const { camera, cameraText, intrinsic } = factColumns(object);
  return sql`
    content_type = ${object.contentType}, portable_hash = ${object.portableHash},
    picture_hash = ${object.pictureHash}, picture_inner_hash = ${object.pictureInnerHash}, picture_quality = ${object.pictureQuality}, error_code = ${object.errorCode},
    error_detail = ${object.errorDetail}, width = ${object.width}, height = ${object.height},
    orientation = ${object.orientation}, taken_at = ${object.takenAt}, taken_at_offset = ${object.takenAtOffset},
    intrinsic = ${intrinsic}, camera = ${camera}, camera_text = ${cameraText}, facts_version = ${object.factsVersion},
    vanished_run = ${object.vanishedRun}, listed_run = ${object.listedRun},
    run_id = ${object.runId}, run_change = ${object.runChange}`;
}

/** The path of a record as another record has it: one without a place is named by the record that has none. */
function parkedAs({ id, pathKey }: MediaObject, other: string): string {
  const mark = `\u{1}${id}`;
  return pathKey.endsWith(mark) ? `${pathKey.slice(0, -mark.length)}\u{1}${other}` : pathKey;
}
