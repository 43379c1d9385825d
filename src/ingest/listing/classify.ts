import { newMediaId } from "../../core/media-id.ts";
import { extensionOf, mediaTypeExtensions, mediaTypes } from "../../core/media-type.ts";
import type { KnownRow } from "../../db/ingest/known-records.ts";
import type { PageDifferences } from "../../db/ingest/page-differences.ts";
import type { SeenObject } from "../../db/ingest/new-records.ts";
import type { Sighting } from "../../db/ingest/sightings.ts";
import type { TrashMatch } from "../../db/trash/known.ts";
import { thumbnailVersionOf } from "../../media/thumbnails/version.ts";
import type { ObjectInfo } from "../../storage/provider.ts";
import { hasVanished, judge, type JudgedPage, type Marks, type Verdict } from "./judge.ts";

/** A page of a listing and the records in its stretch of keys. */
export interface ListedPage extends JudgedPage {
  readonly provider: string;
  readonly objects: readonly ObjectInfo[];
  readonly rows: readonly KnownRow[];
  readonly now: number;
}

/** The verdicts of a page, sorted by the writes that they need. */
export interface Classification {
  readonly differences: PageDifferences;
  readonly counts: { readonly ignored: number; readonly unchanged: number };
  /** Records that an earlier attempt at this page has written: a replay counts them as it did. */
  readonly writtenBefore: readonly KnownRow[];
  /** Records that are as they were, but wait to be processed. */
  readonly waiting: readonly string[];
}

/** Verdicts sorted by what is to be written for them. */
class Sorted {
  readonly added: SeenObject[] = [];
  readonly sighted: Sighting[] = [];
  readonly returned: number[] = [];
  readonly reappeared: number[] = [];
  readonly reversioned: PageDifferences["reversioned"][number][] = [];
  readonly relisted: number[] = [];
  readonly strays: PageDifferences["strays"][number][] = [];
  readonly writtenBefore: KnownRow[] = [];
  readonly waiting: string[] = [];
  readonly counts = { ignored: 0, unchanged: 0 };

  add(object: ObjectInfo, verdict: Verdict): void {
    switch (verdict.kind) {
      case "ignored":
        this.counts.ignored += 1;
        return;
      case "new":
        this.added.push(seen(object, newMediaId()));
        return;
      case "trashed":
        this.counts.unchanged += 1;
        this.#noteStray(object, verdict.match);
        return;
      case "sighted":
        this.sighted.push(sighting(object, verdict.occupant));
        return;
      case "newer":
        this.counts.unchanged += 1;
        return;
      case "written":
        this.writtenBefore.push(verdict.row);
        break;
      case "returned":
        this.returned.push(verdict.row.pk);
        break;
      case "unchanged":
        this.counts.unchanged += 1;
        if (verdict.row.state === "pending") this.waiting.push(verdict.row.id);
    }
    this.#pageMark(verdict.row, object, verdict.marks);
  }

  /**
   * Notes where the object of a record in the trash is: the place of a file that has moved, and of other objects the first
   * one that is seen. So a listing that shows the same again writes nothing.
   */
  #noteStray({ pathKey, version }: ObjectInfo, { isOwn, records }: TrashMatch): void {
    const noted = new Set(this.strays.map(({ record }) => record.id));
    const record = isOwn ? records[0] : records.find(({ id, foundAt }) => foundAt === null && !noted.has(id));
    if (record === undefined || noted.has(record.id)) return;
    if (pathKey === record.pathKey || pathKey === record.foundAt) return;
    this.strays.push({ record, pathKey, version });
  }

  #pageMark({ pk }: KnownRow, { version }: ObjectInfo, { reappeared, reversioned, relisted }: Marks): void {
    if (reappeared) this.reappeared.push(pk);
    if (reversioned) this.reversioned.push({ pk, version });
    if (relisted) this.relisted.push(pk);
  }
}

/** Compares a page with the records. Pure: everything that it needs to know is in the page. */
export function classifyPage(page: ListedPage): Classification {
  const rows = new Map(page.rows.map((row) => [row.pathKey, row]));
  const sorted = new Sorted();
  for (const object of page.objects) {
    const row = rows.get(object.pathKey) ?? null;
    rows.delete(object.pathKey);
    sorted.add(object, judge(object, row, page));
  }
  const { run, provider, now, pageMark } = page;
  const { counts, writtenBefore, waiting, ...lists } = sorted;
  const vanished = [...rows.values()].filter((row) => hasVanished(row, page));
  return {
    differences: { run, provider, now, pageMark, ...lists, vanished },
    counts,
    writtenBefore,
    waiting,
  };
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

/** The media type that the name promises, until processing has read the bytes. */
function typeByName(key: string): string {
  const extension = extensionOf(key);
  const type = mediaTypes.find((each) => extension !== null && mediaTypeExtensions[each].includes(extension));
  return type ?? "application/octet-stream";
}
