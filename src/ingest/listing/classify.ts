import type { KnownRow, PageDifferences } from "../../db/ingest/known-records.ts";
import { newMediaId } from "../../core/media-id.ts";
import { isSamePage, type SeenObject } from "../../db/ingest/new-records.ts";
import type { Sighting } from "../../db/ingest/sightings.ts";
import { extensionOf, isImageKey, mediaTypeExtensions, mediaTypes } from "../../core/media-type.ts";
import { thumbnailVersionOf } from "../../media/thumbnails/version.ts";
import type { ObjectInfo } from "../../storage/provider.ts";

/** A page of a listing and the records in its stretch of keys. */
export interface ListedPage {
  readonly run: string;
  readonly provider: string;
  readonly objects: readonly ObjectInfo[];
  readonly rows: readonly KnownRow[];
  /** The path keys of objects without a record whose bytes, or whose provider's id, some other record knows. */
  readonly knownElsewhere: ReadonlySet<string>;
  /**
   * When the listing was requested; it judges no record that something was learned of since. Milliseconds since the
   * epoch; null for changes, which are told once and judge always.
   */
  readonly listedAt: number | null;
  readonly now: number;
  /** Whether this is all there is, of a provider that otherwise tells only changes. */
  readonly isFull: boolean;
  /** Names this page of changes, see {@link KnownRow.listedRun}; null for a page of a listing. */
  readonly mark: string | null;
}

/** What a page says, and what is to be written for it. */
export interface Classification {
  readonly differences: PageDifferences;
  readonly counts: { readonly ignored: number; readonly unchanged: number };
  /** Records that an earlier attempt at this page has touched: a replay counts them as it did. */
  readonly touchedBefore: readonly KnownRow[];
  /** Records that are as they were, but wait to be processed. */
  readonly waiting: readonly string[];
}

/** Compares a page with the records. Pure: everything that it needs to know is in the page. */
export function classifyPage(page: ListedPage): Classification {
  const rows = new Map(page.rows.map((row) => [row.pathKey, row]));
  const added: SeenObject[] = [];
  const sighted: Sighting[] = [];
  const returned: number[] = [];
  const reappeared: number[] = [];
  const reversioned: PageDifferences["reversioned"][number][] = [];
  const relisted: number[] = [];
  const touchedBefore: KnownRow[] = [];
  const waiting: string[] = [];
  let ignored = 0;
  let unchanged = 0;
  for (const object of page.objects) {
    const row = rows.get(object.pathKey);
    rows.delete(object.pathKey);
    if (row === undefined) {
      // What was on record elsewhere stays on record under any name.
      if (page.knownElsewhere.has(object.pathKey)) sighted.push(sighting(object, null));
      else if (isImageKey(object.objectKey) === "other") ignored += 1;
      else added.push(seen(object, newMediaId()));
    } else if (isTouched(row, object, page)) {
      touchedBefore.push(row);
      if (page.isFull && row.listedRun !== page.mark) relisted.push(row.pk);
      // What this page deletes before it tells it anew was marked once more when the page was begun again.
      if (row.vanishedRun !== null) reappeared.push(row.pk);
    } else if (!isJudged(row, page)) unchanged += 1;
    else if (!isSame(row, object, page)) sighted.push(sighting(object, row));
    else {
      if (row.version !== object.version) reversioned.push({ pk: row.pk, version: object.version });
      if (page.isFull && row.listedRun !== page.mark) relisted.push(row.pk);
      if (row.missingSince !== null) returned.push(row.pk);
      else {
        unchanged += 1;
        if (row.vanishedRun !== null) reappeared.push(row.pk);
        if (row.state === "pending") waiting.push(row.id);
      }
    }
  }
  return {
    differences: {
      run: page.run,
      provider: page.provider,
      now: page.now,
      mark: page.mark,
      added,
      sighted,
      returned,
      reappeared,
      reversioned,
      relisted,
      vanished: [...rows.values()].filter((row) => hasVanished(row, page)),
    },
    counts: { ignored, unchanged },
    touchedBefore,
    waiting,
  };
}

/**
 * Whether this page has done this already. Another page of the same run may tell the same object again, as when the
 * listing had to begin anew, or what it has become.
 */
function isTouched(row: KnownRow, object: ObjectInfo, page: ListedPage): boolean {
  if (row.runId !== page.run) return false;
  if (page.listedAt !== null) return true;
  return isSamePage(row.listedRun, page.mark) && row.version === object.version;
}

function isJudged(row: KnownRow, { listedAt }: ListedPage): boolean {
  return listedAt === null || row.observedAt < listedAt;
}

/** The same bytes of the same file, and in a full listing under the same spelling. */
function isSame(row: KnownRow, object: ObjectInfo, page: ListedPage): boolean {
  const isOther = row.providerRef !== null && row.providerRef !== object.providerRef;
  const isRespelled = page.isFull && row.objectKey !== object.objectKey;
  return !isOther && !isRespelled && sameBytes(row, object);
}

/** The content hash decides where both know one; else only the same version is surely the same bytes. */
function sameBytes(row: KnownRow, object: ObjectInfo): boolean {
  if (row.contentHash === null || object.contentHash === null) return row.version === object.version;
  return row.contentHash === object.contentHash && row.fileSize === object.sizeBytes;
}

function hasVanished(row: KnownRow, page: ListedPage): boolean {
  return row.missingSince === null && row.vanishedRun === null && isJudged(row, page);
}

function sighting(object: ObjectInfo, occupant: KnownRow | null): Sighting {
  const { id: occupantId = null, version: occupantVersion = null } = occupant ?? {};
  return { ...seen(object, newMediaId()), occupantId, occupantVersion };
}

function seen(object: ObjectInfo, id: string): SeenObject {
  return {
    id,
    objectKey: object.objectKey,
    pathKey: object.pathKey,
    providerRef: object.providerRef,
    version: object.version,
    contentHash: object.contentHash,
    fileSize: object.sizeBytes,
    contentType: typeByName(object.objectKey),
    lastModified: object.lastModified,
    thumbnailVersion: thumbnailVersionOf(object),
  };
}

/** What the name promises, until processing has looked at the bytes. */
function typeByName(key: string): string {
  const extension = extensionOf(key);
  const type = mediaTypes.find((each) => extension !== null && mediaTypeExtensions[each].includes(extension));
  return type ?? "application/octet-stream";
}
