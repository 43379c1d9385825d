import { isSidecarKey } from "../../core/media-type.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import type { KeyRange } from "../../db/ingest/known-records.ts";
import {
  sidecarBatch,
  sidecarsAt,
  sidecarsWithin,
  writeSidecars,
  type KnownSidecar,
  type SeenSidecar,
} from "../../db/sidecars/listed.ts";
import { sidecarModeOf } from "../../media/sidecars/mode.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo } from "../../storage/provider.ts";

/** A page of a listing in the order of keys: its objects, and from where to where it tells all there is. */
export interface SidecarStretch extends KeyRange {
  readonly objects: readonly ObjectInfo[];
  /** When the listing was requested, in milliseconds since the epoch. */
  readonly listedAt: number;
}

/**
 * Compares the sidecars of a page with those that are known in its stretch of keys, and writes what is new, other or gone;
 * nothing where nothing is. A page may be compared again.
 */
export async function compareSidecars(services: Services, stretch: SidecarStretch): Promise<void> {
  const { provider, listedAt } = stretch;
  if (sidecarModeOf(services, provider) === "off") return;
  const told = sidecarsAmong(stretch.objects);
  for (let { after } = stretch, isDone = false; !isDone;) {
    const known = await sidecarsWithin(services.db, { ...stretch, after });
    isDone = known.length < sidecarBatch;
    const end = isDone ? null : (known.at(-1)?.pathKey ?? null);
    const isHere = ({ pathKey }: SeenSidecar): boolean =>
      (after === null || compareKeys(pathKey, after) > 0) && (end === null || compareKeys(pathKey, end) <= 0);
    const here = new Map(told.filter(isHere).map((each) => [each.pathKey, each]));
    const judged = new Map(known.map((row) => [row.pathKey, row]));
    const seen = [...here.values()].filter((each) => {
      const row = judged.get(each.pathKey) ?? null;
      return row === null || (row.observedAt < listedAt && isOther(row, each));
    });
    const gone = known.filter(
      ({ pathKey, isGone, observedAt }) => isGone === 0 && observedAt < listedAt && !here.has(pathKey),
    );
    const goneAt = gone.map(({ pathKey }) => pathKey);
    await writeSidecars(services.db, { provider, now: Date.now(), pageMark: null, seen, gone: goneAt });
    after = end;
  }
}

/** A page of changes. */
export interface SidecarChanges {
  readonly provider: string;
  readonly objects: readonly ObjectInfo[];
  /** Whether this is all there is, so that each sidecar has to be marked as listed. */
  readonly isFull: boolean;
  readonly pageMark: string;
}

/** The same for the files of a page of changes; what the page deletes is marked with its records. */
export async function compareChangedSidecars(services: Services, page: SidecarChanges): Promise<void> {
  const { provider, objects, isFull, pageMark } = page;
  const told = sidecarsAmong(objects);
  if (told.length === 0 || sidecarModeOf(services, provider) === "off") return;
  const paths = told.map(({ pathKey }) => pathKey);
  const known = new Map((await sidecarsAt(services.db, provider, paths)).map((row) => [row.pathKey, row]));
  const seen = told.filter((each) => {
    const row = known.get(each.pathKey) ?? null;
    return row === null || isOther(row, each) || (isFull && row.listedRun !== pageMark);
  });
  await writeSidecars(services.db, { provider, now: Date.now(), pageMark, seen, gone: [] });
}

function sidecarsAmong(objects: readonly ObjectInfo[]): ObjectInfo[] {
  return objects.filter(({ objectKey }) => isSidecarKey(objectKey));
}

function isOther(row: KnownSidecar, { version, objectKey }: SeenSidecar): boolean {
  return row.isGone === 1 || row.version !== version || row.objectKey !== objectKey;
}
