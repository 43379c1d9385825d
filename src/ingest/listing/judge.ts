import { isSidecarKey, kindOfKey } from "../../core/media-type.ts";
import type { KnownRow } from "../../db/ingest/known-records.ts";
import { isSamePage } from "../../db/ingest/listing-marks.ts";
import type { TrashMatch } from "../../db/trash/known.ts";
import type { ObjectInfo } from "../../storage/provider.ts";

/** The facts about the page by which an object is judged, besides the object and the record at its key. */
export interface JudgedPage {
  readonly run: string;
  /**
   * When the listing was requested; it judges no record that something was learned of since. Milliseconds since the
   * epoch; null for changes, which are told once and judge always.
   */
  readonly listedAt: number | null;
  /** Whether this is all there is, of a provider that otherwise tells only changes. */
  readonly isFull: boolean;
  /** Names this page of changes, see {@link KnownRow.listedRun}; null for a page of a listing. */
  readonly pageMark: string | null;
  /** The path keys of objects without a record whose bytes, or whose provider's id, some other record knows. */
  readonly knownElsewhere: ReadonlySet<string>;
  /** What the trash knows of objects without a record, by their path keys. */
  readonly trashed: ReadonlyMap<string, TrashMatch>;
}

/** What a page says of one object; docs/glossary.md has the words. */
export type Verdict =
  /** No record knows the object, and by its name it is no image. */
  | { readonly kind: "ignored" }
  /** No record knows the object: it gets one. */
  | { readonly kind: "new" }
  /** The object is that of a record in the trash, or a copy of it: it stays there. */
  | { readonly kind: "trashed"; readonly match: TrashMatch }
  /** The object may belong to a record from elsewhere, or has other bytes than the record at its key: it waits. */
  | { readonly kind: "sighted"; readonly occupant: KnownRow | null }
  /** An earlier attempt at this page has written the record: it counts as that attempt has counted it. */
  | { readonly kind: "written"; readonly row: KnownRow; readonly marks: Marks }
  /** Something was learned of the record since the listing was requested, which therefore says nothing of it. */
  | { readonly kind: "newer" }
  /** The object of a missing record is there again. */
  | { readonly kind: "returned"; readonly row: KnownRow; readonly marks: Marks }
  /** The object is as the record has it. */
  | { readonly kind: "unchanged"; readonly row: KnownRow; readonly marks: Marks };

/** The invisible corrections of a record whose object is there. */
export interface Marks {
  /** The record was marked as vanished. */
  readonly reappeared: boolean;
  /** The bytes of the record have another version by now. */
  readonly reversioned: boolean;
  /** A full listing of changes holds the object. */
  readonly relisted: boolean;
}

/** Judges an object of a page by the record at its key. Pure: this is the rule of ingest. */
export function judge(object: ObjectInfo, row: KnownRow | null, page: JudgedPage): Verdict {
  if (row === null) return judgeUnknown(object, page);
  const marks = {
    reappeared: row.vanishedRun !== null,
    reversioned: row.version !== object.version,
    relisted: page.isFull && row.listedRun !== page.pageMark,
  };
  // A second attempt at this page has marked again the records that the page deletes and then tells anew.
  if (wasWrittenByThisPage(row, object, page))
    return { kind: "written", row, marks: { ...marks, reversioned: false } };
  if (!isJudged(row, page)) return { kind: "newer" };
  if (!isSame(row, object, page)) return { kind: "sighted", occupant: row };
  return row.missingSince === null
    ? { kind: "unchanged", row, marks }
    : { kind: "returned", row, marks: { ...marks, reappeared: false } };
}

/** Whether a record that a page of a listing does not hold has vanished by that. */
export function hasVanished(row: KnownRow, page: Pick<JudgedPage, "listedAt">): boolean {
  return row.missingSince === null && row.vanishedRun === null && isJudged(row, page);
}

/**
 * An object that belonged to a record elsewhere stays on record under any name but that of a sidecar. What only the bytes
 * tell to be in the trash may be a live record's object as well, and such a record goes first.
 */
function judgeUnknown({ pathKey, objectKey }: ObjectInfo, { knownElsewhere, trashed }: JudgedPage): Verdict {
  if (isSidecarKey(objectKey)) return { kind: "ignored" };
  const match = trashed.get(pathKey);
  if (match?.isOwn === true) return { kind: "trashed", match };
  if (knownElsewhere.has(pathKey)) return { kind: "sighted", occupant: null };
  if (match !== undefined) return { kind: "trashed", match };
  return { kind: kindOfKey(objectKey) === "other" ? "ignored" : "new" };
}

/**
 * Whether this page has done this already. Another page of the same run may tell the same object again, as when the
 * listing had to begin anew, or what it has become.
 */
function wasWrittenByThisPage(row: KnownRow, object: ObjectInfo, page: JudgedPage): boolean {
  if (row.runId !== page.run) return false;
  if (page.listedAt !== null) return true;
  return isSamePage(row.listedRun, page.pageMark) && row.version === object.version;
}

function isJudged(row: KnownRow, { listedAt }: Pick<JudgedPage, "listedAt">): boolean {
  return listedAt === null || row.observedAt < listedAt;
}

/** The same bytes of the same file, and in a full listing under the same spelling. */
function isSame(row: KnownRow, object: ObjectInfo, page: JudgedPage): boolean {
  const isOther = row.providerRef !== null && row.providerRef !== object.providerRef;
  const isRespelled = page.isFull && row.objectKey !== object.objectKey;
  return !isOther && !isRespelled && sameBytes(row, object);
}

/** The content hash decides where both know one; else only the same version is surely the same bytes. */
function sameBytes(row: KnownRow, object: ObjectInfo): boolean {
  if (row.contentHash === null || object.contentHash === null) return row.version === object.version;
  return row.contentHash === object.contentHash && row.fileSize === object.sizeBytes;
}
