import { z } from "zod";

/** Whether a listing gets on; see standstill.ts. */
const progress = {
  standing: z.int().default(0),
  anchor: z.string().nullable().default(null),
};

/** The page of a storage listing after the path key `after`. */
const listTask = z.object({
  kind: z.literal("list"),
  provider: z.string(),
  prefix: z.string(),
  after: z.string().nullable(),
  page: z.int(),
  /** Objects on the pages before this one. */
  scanned: z.int(),
  confirmMissing: z.boolean(),
  ...progress,
});

/** The page after `cursor` of what a provider tells has changed. */
const deltaTask = z.object({
  kind: z.literal("delta"),
  provider: z.string(),
  /** Everything there is, from the beginning. */
  full: z.boolean(),
  /** Null for the first page: of everything, or of what is new since the last run. */
  cursor: z.string().nullable(),
  page: z.int(),
  /** How often this run has begun anew. */
  round: z.int(),
  /** Names the attempt at a full listing that this page belongs to; empty for its first page, and for changes. */
  listing: z.string().default(""),
  /** Entries on the pages before this one. */
  scanned: z.int(),
  confirmMissing: z.boolean(),
  ...progress,
});

/** What is left when all there is was listed, of a provider that from now on tells changes since `cursor`. */
const unlistedTask = z.object({
  kind: z.literal("unlisted"),
  provider: z.string(),
  cursor: z.string(),
  /** How often the run had begun anew when it listed all there is, and which attempt at that it was. */
  round: z.int(),
  listing: z.string(),
  scanned: z.int(),
  confirmMissing: z.boolean(),
  /** The path key after which records have not been looked at. */
  after: z.string().default(""),
  page: z.int().default(0),
});

/** What is left when a listing is complete: telling what has moved, and declaring what has vanished. */
const settleTask = z.object({
  kind: z.literal("settle"),
  provider: z.string(),
  /** Up to where changes were told; null where that is set down already, or the provider tells none. */
  cursor: z.string().nullable().default(null),
  prefix: z.string(),
  confirmMissing: z.boolean(),
  scanned: z.int(),
  /** From where sightings have not been paired with records; null for the first of them. */
  pairing: z
    .object({ by: z.enum(["ref", "hash"]), after: z.string() })
    .nullable()
    .default(null),
  page: z.int().default(0),
});

/** The page of a complete listing's sightings after the path key `after`, each of which gets its place. */
const placeTask = z.object({
  kind: z.literal("place"),
  provider: z.string(),
  prefix: z.string(),
  confirmMissing: z.boolean(),
  after: z.string().nullable(),
  page: z.int(),
});

/** Letting vanished records take the places of their copies, when everything else has its place; then counting these. */
const inheritTask = z.object({
  kind: z.literal("inherit"),
  provider: z.string(),
  prefix: z.string(),
  confirmMissing: z.boolean(),
  phase: z.enum(["make", "count"]).default("make"),
  /** The vanished record after which none has been looked at. */
  from: z.object({ run: z.string(), pk: z.int() }).nullable().default(null),
  /** The path key after which no inheritance has been counted. */
  after: z.string().default(""),
  page: z.int().default(0),
});

/** Declaring missing what has vanished and was found nowhere. */
const declareTask = z.object({
  kind: z.literal("declare"),
  provider: z.string(),
  prefix: z.string(),
  confirmMissing: z.boolean(),
  /** What the first of these tasks has decided to declare; null for that one. */
  decision: z.enum(["all", "displaced"]).nullable().default(null),
  page: z.int().default(0),
});

/**
 * Removing records that were never processed and never edited, whose objects are gone, and what the run has kept in
 * mind of the provider.
 */
const purgeTask = z.object({
  kind: z.literal("purge"),
  provider: z.string(),
  page: z.int().default(0),
});

/**
 * The page of unread sidecars after the path key `after`, of which the photos beside them are to know. Of a sidecar with more
 * photos than a page has, `within` is the last photo that was handled.
 */
const sidecarsTask = z.object({
  kind: z.literal("sidecars"),
  provider: z.string(),
  after: z.string(),
  within: z.object({ path: z.string(), id: z.string() }).nullable(),
  page: z.int(),
});

/** The page of records after `afterId` that a database scan looks at. */
const scanTask = z.object({
  kind: z.literal("scan"),
  /** The last record of the page before. A message of older code named it otherwise, and begins anew, which does no harm. */
  afterId: z.string().default(""),
  page: z.int(),
  retryFailed: z.boolean(),
  /** Whether thumbnails are looked for when all pages are through. */
  thumbnails: z.boolean().default(false),
  /** Whether old facts are looked for after that. */
  facts: z.boolean().default(false),
});

/** The page of records, and of stored thumbnails, that a database scan holds against each other. */
const scanThumbnailsTask = z.object({
  kind: z.literal("scan_thumbnails"),
  /** Records up to this one are done with. */
  afterId: z.string(),
  /** Thumbnails up to this key are done with, where that is further; empty where it is not. */
  afterKey: z.string().default(""),
  page: z.int(),
  /** Whether old facts are looked for when all pages are through. */
  facts: z.boolean().default(false),
});

/** The page of records after `afterPk` that a database scan looks through for facts of an older version. */
const scanFactsTask = z.object({ kind: z.literal("scan_facts"), afterPk: z.int(), page: z.int() });

/** The page of deletions after the one at `afterTime` of `afterId` whose left thumbnails are swept. */
const sweepDeletedTask = z.object({
  kind: z.literal("sweep_deleted"),
  afterTime: z.number(),
  afterId: z.string(),
  page: z.int(),
});

/** The page of what is in the trash after the record that was put there at `afterTime`, which goes for good if it is old enough. */
const purgeTrashTask = z.object({
  kind: z.literal("purge_trash"),
  afterTime: z.number(),
  afterId: z.string(),
  page: z.int(),
  /** The providers whose storage has failed too often this night. */
  resting: z.array(z.string()).default([]),
});

/** The page of records after `afterPk` that full text does not hold, since older code made them. */
const readTextsTask = z.object({ kind: z.literal("read_texts"), afterPk: z.int(), page: z.int() });

/** The page of records after `afterPk` about which models are asked, if they lack words. */
const scanSuggestionsTask = z.object({
  kind: z.literal("scan_suggestions"),
  afterPk: z.int(),
  page: z.int(),
});

/**
 * Which records are to be processed; `since` when they were seen to wait, in milliseconds since the epoch. What has got
 * other bytes after that is put to work by whoever gave it these.
 */
const work = { ids: z.array(z.string()).max(100), since: z.number().optional() };

/** Records to process. */
const processTask = z.object({
  kind: z.literal("process"),
  ...work,
  /** Also those that are settled, whose facts are old. */
  facts: z.boolean().default(false),
  /** Whether those that were processed before take what they lack of their files' words. */
  words: z.boolean().optional(),
});

/** A piece of work of a run: what it is, without whose it is. */
export const ingestTask = z.discriminatedUnion("kind", [
  listTask,
  deltaTask,
  unlistedTask,
  settleTask,
  placeTask,
  inheritTask,
  declareTask,
  purgeTask,
  sidecarsTask,
  scanTask,
  scanThumbnailsTask,
  scanFactsTask,
  sweepDeletedTask,
  purgeTrashTask,
  readTextsTask,
  scanSuggestionsTask,
  processTask,
]);

/** See {@link ingestTask}. */
export type IngestTask = z.infer<typeof ingestTask>;
/** The task `list`: takes a page of a storage listing, writes what differs, and names the page after it. */
export type ListTask = z.infer<typeof listTask>;
/** The task `delta`: takes a page of what a provider tells has changed since a cursor. */
export type DeltaTask = z.infer<typeof deltaTask>;
/** The task `unlisted`: finds the records that a whole delta listing has not named. */
export type UnlistedTask = z.infer<typeof unlistedTask>;
/** The task `settle`: pairs what a complete listing saw elsewhere with the records that it missed. */
export type SettleTask = z.infer<typeof settleTask>;
/** The task `place`: gives a page of sightings their places. */
export type PlaceTask = z.infer<typeof placeTask>;
/** The task `inherit`: lets originals that are gone take the places of their only twins. */
export type InheritTask = z.infer<typeof inheritTask>;
/** The task `declare`: sets what has vanished to missing, unless so much has that it looks like an outage. */
export type DeclareTask = z.infer<typeof declareTask>;
/** The task `purge`: removes missing records that were never processed and that nobody has written on. */
export type PurgeTask = z.infer<typeof purgeTask>;
/** The task `sidecars`: has the photos beside new, changed or vanished sidecars know of them. */
export type SidecarsTask = z.infer<typeof sidecarsTask>;
/** The task `scan`: puts a page of records to work that wait, and on request those that have failed. */
export type ScanTask = z.infer<typeof scanTask>;
/** The task `scan_thumbnails`: holds a page of records and of stored thumbnails against each other. */
export type ScanThumbnailsTask = z.infer<typeof scanThumbnailsTask>;
/** The task `scan_facts`: puts a page of records to work whose facts an older reader has read. */
export type ScanFactsTask = z.infer<typeof scanFactsTask>;
/** The task `sweep_deleted`: removes thumbnails that deleted records have left. */
export type SweepDeletedTask = z.infer<typeof sweepDeletedTask>;
/** The task `purge_trash`: removes for good what has been in the trash for long enough. */
export type PurgeTrashTask = z.infer<typeof purgeTrashTask>;
/** The task `read_texts`: brings a page of records into full text that older code has made. */
export type ReadTextsTask = z.infer<typeof readTextsTask>;
/** The task `scan_suggestions`: has models asked about a page of records that lack words. */
export type ScanSuggestionsTask = z.infer<typeof scanSuggestionsTask>;
/** The task `process`: reads the objects of a chunk of records, for their facts and previews. */
export type ProcessTask = z.infer<typeof processTask>;

/** A piece of work under its name; a task that is reported twice counts once. */
export const namedTask = z.object({ id: z.string(), task: ingestTask });

/** See {@link namedTask}. */
export type NamedTask = z.infer<typeof namedTask>;

/**
 * What travels through the queue. Messages carry ids, never rows: whoever handles one loads what it needs, and may
 * handle it twice without harm.
 */
export const ingestMessage = z.discriminatedUnion("type", [
  /** A task of a run. */
  z.object({
    type: z.literal("task"),
    run: z.string(),
    id: z.string(),
    traceId: z.string(),
    task: ingestTask,
  }),
  /** Records that were uploaded or put back to work, outside of any run. */
  z.object({ type: z.literal("process"), ...work, traceId: z.string() }),
  /** Time to write sidecars of records whose words have changed. */
  z.object({ type: z.literal("sidecars"), traceId: z.string() }),
  /** Time to ask models about photos that lack words. */
  z.object({ type: z.literal("suggest"), traceId: z.string() }),
  /** Time to look whether uploads were left unprocessed, as after a crash. */
  z.object({ type: z.literal("sweep"), traceId: z.string(), askedAt: z.number().default(0) }),
]);

/** See {@link ingestMessage}. */
export type IngestMessage = z.infer<typeof ingestMessage>;
