import { gt, isNotNull, ne, sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

import {
  bestLatitude,
  bestLongitude,
  bestTakenAt,
  createdOn,
  isTakenInYear,
  known,
  lackingWords,
  lacksLocation,
  writtenTakenAt,
} from "./media/best-known.ts";

/** What a record is on its way to; see the contract's `state`. */
export const mediaStates = ["pending", "ready", "failed", "unsupported"] as const;

/** One of {@link mediaStates}. */
export type MediaState = (typeof mediaStates)[number];

/** What the newest run that touched a record did to it; a replay of a page counts by these. */
export const runChanges = [
  "new",
  "changed",
  "moved",
  "refreshed",
  "returned",
  "missing",
  "reopened",
] as const;

/** One of {@link runChanges}. */
export type RunChange = (typeof runChanges)[number];

/**
 * One row for each photo that was ever seen. Times are milliseconds since the epoch. Full text, keywords and counters
 * beside it are kept by triggers (migrations/), so that no writer can forget them.
 *
 * Every index that serves a list begins with `is_missing`, since nearly every list shows only what is there; SQLite
 * appends the row id to each entry, which breaks ties.
 */
export const mediaObjects = sqliteTable(
  "media_objects",
  {
    /** Small and dense: for full text, joins, ties and shuffling. Never leaves the service. */
    pk: integer().primaryKey(),
    /** UUIDv7: immutable, sorts by creation and holds the time of it. */
    id: text().notNull(),
    provider: text().notNull(),
    /** The key as people see it. */
    objectKey: text("object_key").notNull(),
    /** What is unique with the provider: R2's key. */
    pathKey: text("path_key").notNull(),
    /** The provider's own stable id of the file, where it has one. */
    providerRef: text("provider_ref"),
    /** Names exactly these bytes when they are fetched: R2's etag. */
    version: text().notNull(),
    /** Decides whether the bytes changed; null where the provider cannot tell without reading them. */
    contentHash: text("content_hash"),
    /**
     * The bytes' hash as Dropbox computes it, where they were read whole: the one hash that every provider can come by,
     * for telling the same photo on two of them.
     */
    portableHash: text("portable_hash"),
    fileSize: integer("file_size").notNull(),
    contentType: text("content_type").notNull(),
    lastModified: integer("last_modified"),
    state: text({ enum: mediaStates }).notNull(),
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    /** As shown, in pixels. */
    width: integer(),
    /** As shown, in pixels. */
    height: integer(),
    orientation: integer(),
    /** The file's own time: local time of the camera, `YYYY-MM-DDTHH:MM:SS.mmm`. */
    takenAt: text("taken_at"),
    takenAtOffset: text("taken_at_offset"),
    /** JSON: the facts that nothing sorts or filters by (camera, exposure, location, thumbhash, a long caption). */
    intrinsic: text().notNull().default("{}"),
    /** JSON: what people wrote. */
    objectMetadata: text("object_metadata").notNull().default("{}"),
    /** 1 where `object_metadata` was taken from the file itself, and no person has written anything. */
    wordsFromFile: integer("words_from_file").notNull().default(0),
    /** JSON: `object_metadata.keywords` folded by the writer, since SQLite folds ASCII only. */
    foldedKeywords: text("folded_keywords").notNull().default("[]"),
    /** JSON: the spelling of each of the folded keywords, in the same order. */
    keywordSpellings: text("keyword_spellings").notNull().default("[]"),
    /** Written by code before the version 1 of {@link textVersion} for its full text; nothing reads them any more. */
    keywordText: text("keyword_text").notNull().default(""),
    customText: text("custom_text").notNull().default(""),
    /** What full text reads, as tokens; see search/index-text.ts. */
    wordsText: text("words_text").notNull().default(""),
    fieldsText: text("fields_text").notNull().default(""),
    keyText: text("key_text").notNull().default(""),
    cameraText: text("camera_text").notNull().default(""),
    /** The camera as people see it in a list of cameras: maker and model; null where the file names none. */
    camera: text(),
    /**
     * By which version of the code the columns of full text, `camera` and `keyword_spellings` were written; 0 for a record
     * that older code made, which full text does not hold until a task has read it again; -1 for one that older code has
     * changed since, which full text holds by the words that it had.
     */
    textVersion: integer("text_version").notNull().default(0),
    /** The place in `object_metadata.location`, kept by triggers; null for none, and for one that breaks the rules. */
    writtenLatitude: real("written_latitude"),
    writtenLongitude: real("written_longitude"),
    thumbnailVersion: text("thumbnail_version"),
    /** The PDQ hash of the picture that thumbnails of this version show, in hexadecimal; null where none was made. */
    pictureHash: text("picture_hash"),
    /** The same of what lies within the picture's border; null for a picture without one, as nearly all are. */
    pictureInnerHash: text("picture_inner_hash"),
    /** How much that picture has to tell it by, 0 to 100; see src/thumbnail/pdq. */
    pictureQuality: integer("picture_quality"),
    /** The key of the sidecar that lies beside the object; null where there is none. */
    sidecarKey: text("sidecar_key"),
    /** 1 where the sidecar has other words than were read from it last, and a person has to decide. */
    sidecarChanged: integer("sidecar_changed").notNull().default(0),
    /** JSON: what was last read from a sidecar or written to one; see sidecars/read-state.ts. */
    sidecarRead: text("sidecar_read"),
    /** Changes by people. */
    revision: integer().notNull().default(0),
    /** Every visible change. */
    change: integer().notNull().default(0),
    missingSince: integer("missing_since"),
    isMissing: integer("is_missing").generatedAlwaysAs(sql`("missing_since" is not null)`, {
      mode: "virtual",
    }),
    runId: text("run_id"),
    runChange: text("run_change", { enum: runChanges }),
    /** The run whose listing did not hold the object any more, until it is declared missing or turns up. */
    vanishedRun: text("vanished_run"),
    /** Where a run last saw the object or put it, of a provider that tells what has changed; see new-records.ts. */
    listedRun: text("listed_run"),
    /**
     * By which version of the readers its facts were read (src/metadata/facts/facts.ts); 0 before versions were counted, and
     * while nothing has been read.
     */
    factsVersion: integer("facts_version").notNull().default(0),
    /** When something was last learned of the object: a listing that was requested before says nothing newer. */
    observedAt: integer("observed_at").notNull().default(0),
    updatedAt: integer("updated_at").notNull(),
    /** The written part of {@link bestTakenAt}; nothing else reads this column. */
    writtenTakenAt: text("written_taken_at").generatedAlwaysAs(writtenTakenAt, { mode: "virtual" }),
    /** The best that is known of when the photo was taken: lists go by it. Right whoever writes words or facts. */
    bestTakenAt: text("best_taken_at").generatedAlwaysAs(bestTakenAt, { mode: "virtual" }),
    /** 1 where that time is known only to the year. */
    isTakenInYear: integer("is_taken_in_year").generatedAlwaysAs(isTakenInYear, { mode: "virtual" }),
    /** The best that is known of the place, in degrees north and east; both null where none is known. */
    bestLatitude: real("best_latitude").generatedAlwaysAs(bestLatitude, { mode: "virtual" }),
    bestLongitude: real("best_longitude").generatedAlwaysAs(bestLongitude, { mode: "virtual" }),
    /** What is known of a record, a bit for each: 1 description, 2 keywords, 4 location, 8 taken_at. */
    known: integer().generatedAlwaysAs(known, { mode: "virtual" }),
    /**
     * 1 where the description lacks, 2 where keywords do, 3 where both do; 0 where none does.
     */
    lackingWords: integer("lacking_words").generatedAlwaysAs(lackingWords, { mode: "virtual" }),
    /** 1 where no place is known; 0 also for a fresh record: one that waits and was never processed, which its state finds. */
    lacksLocation: integer("lacks_location").generatedAlwaysAs(lacksLocation, { mode: "virtual" }),
    /** The day of creation in UTC, `YYYY-MM-DD`, as the id tells it. */
    createdOn: text("created_on").generatedAlwaysAs(createdOn, { mode: "virtual" }),
  },
  (table) => [
    uniqueIndex("media_objects_id").on(table.id),
    uniqueIndex("media_objects_path").on(table.provider, table.pathKey),
    index("media_objects_by_created").on(table.isMissing, table.id),
    index("media_objects_by_updated").on(table.isMissing, table.updatedAt),
    index("media_objects_by_taken").on(table.isMissing, table.bestTakenAt, table.id),
    index("media_objects_by_key").on(table.isMissing, table.objectKey),
    index("media_objects_by_size").on(table.isMissing, table.fileSize),
    index("media_objects_unsettled")
      .on(table.state, table.id)
      .where(ne(table.state, sql`'ready'`)),
    index("media_objects_vanished").on(table.provider, table.vanishedRun).where(isNotNull(table.vanishedRun)),
    index("media_objects_by_hash").on(table.contentHash).where(isNotNull(table.contentHash)),
    index("media_objects_by_ref").on(table.providerRef).where(isNotNull(table.providerRef)),
    index("media_objects_lacking_words")
      .on(table.isMissing, table.lackingWords, table.id)
      .where(gt(table.lackingWords, sql`0`)),
    index("media_objects_lacking_location")
      .on(table.isMissing, table.id)
      .where(gt(table.lacksLocation, sql`0`)),
    index("media_objects_sidecar_changed")
      .on(table.isMissing, table.id)
      .where(gt(table.sidecarChanged, sql`0`)),
    index("media_objects_unread")
      .on(table.pk, table.textVersion)
      .where(sql`${table.textVersion} < 1`),
  ],
);

/** A row as it is selected. */
export type MediaRow = typeof mediaObjects.$inferSelect;

/**
 * One row for each keyword of each record, kept by triggers; ordered as the default list is.
 * NOTE: `WITHOUT ROWID`, added to the migration by hand because drizzle cannot say it; so are all tables of counters,
 * `run_failures`, `provider_state`, `sightings` and `deletions`.
 */
export const mediaKeywords = sqliteTable(
  "media_keywords",
  {
    folded: text().notNull(),
    mediaId: text("media_id").notNull(),
    mediaPk: integer("media_pk").notNull(),
  },
  (table) => [primaryKey({ columns: [table.folded, table.mediaId] })],
);

/**
 * How many records a provider has, kept by triggers: those that are there by state, those that are missing by state, and
 * of those that are there the ones of which something is known. One row, so that a record that goes from one state to
 * another costs one. `media_counts` is a view of it for code before it.
 */
export const mediaTotals = sqliteTable("media_totals", {
  provider: text().primaryKey(),
  pending: integer().notNull().default(0),
  ready: integer().notNull().default(0),
  failed: integer().notNull().default(0),
  unsupported: integer().notNull().default(0),
  missingPending: integer("missing_pending").notNull().default(0),
  missingReady: integer("missing_ready").notNull().default(0),
  missingFailed: integer("missing_failed").notNull().default(0),
  missingUnsupported: integer("missing_unsupported").notNull().default(0),
  withDescription: integer("with_description").notNull().default(0),
  withKeywords: integer("with_keywords").notNull().default(0),
  /** A description, keywords, or both. */
  withWords: integer("with_words").notNull().default(0),
  withLocation: integer("with_location").notNull().default(0),
  withTakenAt: integer("with_taken_at").notNull().default(0),
  /** Those in the trash, which no other counter counts. */
  trashed: integer().notNull().default(0),
});

/** The two times of a record by which days are counted. */
export const dayAxes = ["taken_at", "created_at"] as const;

/** How many records that are there belong to a day, kept by triggers; a day without any has no row. */
export const mediaDays = sqliteTable(
  "media_days",
  {
    axis: text({ enum: dayAxes }).notNull(),
    /** `YYYY-MM-DD`: of local time for `taken_at`, of UTC for `created_at`. */
    day: text().notNull(),
    count: integer().notNull(),
    /** How many of them are known only to the year; they count on its first day. */
    imprecise: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.axis, table.day] })],
);

/** Every keyword that a record has, missing records included; kept by triggers. */
export const keywords = sqliteTable(
  "keywords",
  {
    folded: text().primaryKey(),
    /** The spelling that was used last. */
    keyword: text().notNull(),
    count: integer().notNull(),
    /**
     * 0 for a count of at most 8; else a number that is near the count, so that an index in the order of counts is
     * written rarely: `tier <= count <= tier + tier / 8 + 8`.
     */
    tier: integer().notNull().default(0),
  },
  (table) => [
    index("keywords_by_tier")
      .on(table.tier, table.folded)
      .where(gt(table.tier, sql`0`)),
  ],
);

/** Every camera that a record names, missing records included; kept by triggers. */
export const cameras = sqliteTable("cameras", {
  /** In lower case. */
  folded: text().primaryKey(),
  /** The spelling that was used last. */
  camera: text().notNull(),
  count: integer().notNull(),
});

/**
 * Every folder that an object key was ever in, with the slash at its end, kept by triggers: where folders lie among a
 * million files. A folder may be empty by now.
 */
export const mediaFolders = sqliteTable(
  "media_folders",
  {
    folder: text().notNull(),
    provider: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.folder, table.provider] })],
);

/**
 * Up to where the changes of a provider have been applied. It lies beside the records it speaks of, so that a restore of
 * the database takes both back together.
 */
export const providerState = sqliteTable("provider_state", {
  provider: text().primaryKey(),
  cursor: text().notNull(),
  updatedAt: integer("updated_at").notNull(),
});

/** What placing a sighting came to; see docs/glossary.md. */
export const sightingOutcomes = [
  "new",
  "changed",
  "moved",
  "refreshed",
  "inherited",
  "claimed",
  "trashed",
  "ignored",
  "outdated",
] as const;

/**
 * Objects that a listing has seen and that may belong to a record from elsewhere: at a key whose record has other bytes,
 * or with bytes (or a provider's id) that some record knows. They wait here until the listing is complete and tells what
 * has moved where; then each has its outcome, which a replay counts by, until the run's last task clears them away.
 * NOTE: `WITHOUT ROWID`, by hand.
 */
export const sightings = sqliteTable(
  "sightings",
  {
    provider: text().notNull(),
    pathKey: text("path_key").notNull(),
    objectKey: text("object_key").notNull(),
    providerRef: text("provider_ref"),
    version: text().notNull(),
    contentHash: text("content_hash"),
    fileSize: integer("file_size").notNull(),
    contentType: text("content_type").notNull(),
    lastModified: integer("last_modified"),
    thumbnailVersion: text("thumbnail_version").notNull(),
    /** The run whose listing saw it. */
    runId: text("run_id").notNull(),
    /** The page of changes that told it; null where a listing in the order of keys did. */
    listedRun: text("listed_run"),
    /** The record's id, should it become a new one. */
    newId: text("new_id").notNull(),
    /** The record at this key and its version, when it was compared; null where there was none. */
    occupantId: text("occupant_id"),
    occupantVersion: text("occupant_version"),
    /** The record whose object this is. */
    movedFrom: text("moved_from"),
    /** 1 where several records, or several objects, could be meant. */
    isAmbiguous: integer("is_ambiguous").notNull().default(0),
    outcome: text({ enum: sightingOutcomes }),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.pathKey] }),
    index("sightings_by_hash").on(table.contentHash).where(isNotNull(table.contentHash)),
    index("sightings_by_ref").on(table.providerRef).where(isNotNull(table.providerRef)),
    index("sightings_by_source").on(table.movedFrom).where(isNotNull(table.movedFrom)),
  ],
);

/** The last worker whose changes a provider has taken; see fence.ts. */
export const fences = sqliteTable("fences", {
  provider: text().primaryKey(),
  token: integer().notNull(),
});

/**
 * Records that were removed, kept by a trigger whoever removes them, until their thumbnails were swept for the last time:
 * somebody may just have been making one. In the order of time, so that one costs one row written, and those of a time are
 * a range.
 */
export const deletions = sqliteTable(
  "deletions",
  {
    deletedAt: integer("deleted_at").notNull(),
    id: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.deletedAt, table.id] })],
);

/** The records that a run could not process: kept apart from the records, which a later run may process. */
export const runFailures = sqliteTable(
  "run_failures",
  {
    runId: text("run_id").notNull(),
    mediaId: text("media_id").notNull(),
    provider: text().notNull(),
    objectKey: text("object_key").notNull(),
    code: text().notNull(),
    detail: text().notNull(),
    attempts: integer().notNull(),
    lastAttemptAt: integer("last_attempt_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.mediaId] })],
);

/**
 * Every change that a person made to the words of a record: who made it, when, and the way back. The words of a revision
 * follow from the record's own by the patches of all later revisions; see media/history/back-patch.ts. A trigger adds the
 * row for code that does not know the table. NOTE: `WITHOUT ROWID`, by hand; so are `operations`, `imported_histories`
 * and `unclear_moves`.
 */
export const mediaRevisions = sqliteTable(
  "media_revisions",
  {
    mediaId: text("media_id").notNull(),
    /** The revision that the change made. */
    revision: integer().notNull(),
    changedAt: integer("changed_at").notNull(),
    /** The name of the key, or the address of the person; null where nobody told. */
    changedBy: text("changed_by"),
    /** The operation that the change belongs to; null for a change of a single record. */
    operationId: text("operation_id"),
    /** JSON: leads from the words of this revision to those of the revision before. */
    patch: text().notNull(),
    /** The hash of the words that an operation left (media/history/words-hash.ts); null without an operation. */
    wordsHash: text("words_hash"),
  },
  (table) => [
    primaryKey({ columns: [table.mediaId, table.revision] }),
    index("media_revisions_by_operation")
      .on(table.operationId, table.mediaId, table.revision)
      .where(isNotNull(table.operationId)),
  ],
);

/** What an operation may be; see the contract's `kind`. */
export const operationKinds = ["bulk", "unite", "relink", "import", "revert"] as const;

/** One of {@link operationKinds}. */
export type OperationKind = (typeof operationKinds)[number];

/** What was done to many records at once, or can be taken back as a whole. */
export const operations = sqliteTable("operations", {
  /** UUIDv7: sorts by the time of the operation. */
  id: text().primaryKey(),
  kind: text({ enum: operationKinds }).notNull(),
  changedBy: text("changed_by"),
  changedAt: integer("changed_at").notNull(),
  /** How many records the operation has changed. */
  updated: integer().notNull().default(0),
  /** The operation that has taken this one back, until that one is taken back itself. */
  revertedBy: text("reverted_by"),
  /** The operation that this one takes back; null for any but a revert. */
  reverts: text(),
  /** JSON: what a relink needs to be taken back; null for others. */
  details: text(),
});

/**
 * Records whose whole history came with an import: the way back from the words that it restored to the words before,
 * which no revision has.
 */
export const importedHistories = sqliteTable(
  "imported_histories",
  {
    operationId: text("operation_id").notNull(),
    mediaId: text("media_id").notNull(),
    /** JSON, like the patch of a revision. */
    patch: text().notNull(),
    /** The hash of the words that the import left. */
    wordsHash: text("words_hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.mediaId] })],
);

/**
 * Records that are in the trash, and records that a relink has hidden (`merged_into`). They stand apart so that no index,
 * list or counter has to look past them. What serves search and indexes alone is written anew when a record comes back.
 */
export const trashedMedia = sqliteTable(
  "trashed_media",
  {
    id: text().primaryKey(),
    /** The row id that the record had, by which searches are in order; it has it again unless another has it by now. */
    pk: integer().notNull(),
    provider: text().notNull(),
    objectKey: text("object_key").notNull(),
    pathKey: text("path_key").notNull(),
    providerRef: text("provider_ref"),
    version: text().notNull(),
    contentHash: text("content_hash"),
    portableHash: text("portable_hash"),
    fileSize: integer("file_size").notNull(),
    contentType: text("content_type").notNull(),
    lastModified: integer("last_modified"),
    state: text({ enum: mediaStates }).notNull(),
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    width: integer(),
    height: integer(),
    orientation: integer(),
    takenAt: text("taken_at"),
    takenAtOffset: text("taken_at_offset"),
    intrinsic: text().notNull(),
    objectMetadata: text("object_metadata").notNull(),
    wordsFromFile: integer("words_from_file").notNull(),
    thumbnailVersion: text("thumbnail_version"),
    pictureHash: text("picture_hash"),
    pictureInnerHash: text("picture_inner_hash"),
    pictureQuality: integer("picture_quality"),
    sidecarKey: text("sidecar_key"),
    sidecarChanged: integer("sidecar_changed").notNull().default(0),
    sidecarRead: text("sidecar_read"),
    revision: integer().notNull(),
    change: integer().notNull(),
    missingSince: integer("missing_since"),
    factsVersion: integer("facts_version").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** When the record was put into the trash, in milliseconds since the epoch; null for a record that a relink hides. */
    trashedAt: integer("trashed_at"),
    /** Who put the record into the trash. */
    trashedBy: text("trashed_by"),
    /** The record that has taken the object of this one by a relink; null for a record in the trash. */
    mergedInto: text("merged_into"),
    /** The path key under which an ingest has found the object of a record in the trash elsewhere; null where it has not. */
    foundAt: text("found_at"),
    /** The version of that object, where its hash cannot be told without reading it. */
    foundVersion: text("found_version"),
  },
  (table) => [
    index("trashed_media_by_time").on(table.trashedAt, table.id).where(isNotNull(table.trashedAt)),
    index("trashed_media_by_path").on(table.provider, table.pathKey).where(isNotNull(table.trashedAt)),
    index("trashed_media_by_hash").on(table.contentHash).where(isNotNull(table.trashedAt)),
    index("trashed_media_by_ref").on(table.providerRef).where(isNotNull(table.trashedAt)),
    index("trashed_media_by_merged").on(table.mergedInto).where(isNotNull(table.mergedInto)),
    index("trashed_media_by_found").on(table.provider, table.foundAt).where(isNotNull(table.foundAt)),
  ],
);

/** A row of {@link trashedMedia} as it is selected. */
export type TrashedRow = typeof trashedMedia.$inferSelect;

/** The records of a run whose objects may have moved, where several objects or several records could be meant. */
export const unclearMoves = sqliteTable(
  "unclear_moves",
  {
    runId: text("run_id").notNull(),
    mediaId: text("media_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.mediaId] })],
);

/**
 * The sidecars that lie in the storage, as listings tell them; see docs/adr/0021. NOTE: `WITHOUT ROWID`, by hand; so are
 * `sidecar_writers` and `sidecar_writes`.
 */
export const sidecars = sqliteTable(
  "sidecars",
  {
    provider: text().notNull(),
    pathKey: text("path_key").notNull(),
    objectKey: text("object_key").notNull(),
    version: text().notNull(),
    fileSize: integer("file_size").notNull(),
    lastModified: integer("last_modified"),
    /** 1 where the sidecar is gone, until the photos beside it know that. */
    isGone: integer("is_gone").notNull().default(0),
    /** 1 until the photos beside it know of this version, or that it is gone. */
    isUnread: integer("is_unread").notNull().default(1),
    /** The page of a full listing of changes that told it last. */
    listedRun: text("listed_run"),
    /** When something was last learned of it: a listing that was requested before says nothing newer. */
    observedAt: integer("observed_at").notNull(),
    /** The version that fills nobody: it is older than the permanent deletion of a photo beside it. */
    spentVersion: text("spent_version"),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.pathKey] }),
    index("sidecars_unread")
      .on(table.provider, table.pathKey)
      .where(gt(table.isUnread, sql`0`)),
  ],
);

/** A row of {@link sidecars} as it is selected. */
export type SidecarRow = typeof sidecars.$inferSelect;

/** The providers whose sidecars are written: a change of words of their records is marked in `sidecar_writes`. */
export const sidecarWriters = sqliteTable("sidecar_writers", { provider: text().primaryKey() });

/**
 * When the message comes that has sidecars written, in milliseconds since the epoch: one row. While one is on its way, nobody
 * sends another.
 */
export const sidecarWakes = sqliteTable("sidecar_wakes", {
  id: integer().primaryKey(),
  at: integer().notNull(),
});

/** Records whose words have changed since their sidecars were written, kept by a trigger whoever changes them. */
export const sidecarWrites = sqliteTable(
  "sidecar_writes",
  {
    mediaId: text("media_id").primaryKey(),
    /** The newest revision that is to be written. */
    revision: integer().notNull(),
    /** When it is to be written, in milliseconds since the epoch: a sidecar is written once a minute at the most. */
    dueAt: integer("due_at").notNull(),
  },
  (table) => [index("sidecar_writes_by_time").on(table.dueAt)],
);
