import { isTaken } from "./contents.ts";
import type { Model } from "./model.ts";
import { settleListing } from "./model-settle.ts";
import { leaveListed } from "./model-trash.ts";
import { none, recognise, takeIn, type Listing, type ModelRun, type Work } from "./model-work.ts";
import type { Objects } from "./objects.ts";

/** What an ingest comes to, told in the plainest way: no database, no pages, no faults, everything at once. */
export function modelRun(model: Model, listing: Listing, objects: Objects): ModelRun {
  const entries = [...listing.shown].filter(([key]) => key.startsWith(listing.prefix));
  const pages = listing.failsAt ?? Number.POSITIVE_INFINITY;
  const seen = entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, pages * listing.pageSize);
  // A listing of few pages is through before it fails.
  const isWhole = pages * listing.pageSize >= Math.max(1, entries.length);
  const counts = { ...none(), scanned: seen.length };
  const live = new Set(model.records.map((record) => record.content));
  const work: Work = { model, objects, live, counts, moved: [], waiting: new Set() };
  const state = isWhole ? settleListing(work, listing, seen) : applyPart(work, listing, seen);
  counts.queued = work.waiting.size;
  const processed = [...work.waiting].filter((record) => model.records.includes(record));
  for (const record of processed) model.process(record, objects);
  const overtaken = [...work.waiting].filter((record) => !model.records.includes(record));
  return { counts, state, moved: work.moved, processed, overtaken };
}

/** A listing that breaks off: only what is new beyond doubt is taken in. */
function applyPart(
  work: Work,
  { pageSize, prefix }: Listing,
  seen: readonly (readonly [string, number])[],
): "failed" {
  const { model } = work;
  const keys = new Set(seen.map(([key]) => key));
  const last = seen.at(-1)?.[0] ?? "";
  for (const record of model.records) {
    const isInSight = record.key.startsWith(prefix) && record.key <= last;
    if (isInSight && !record.isMissing && !keys.has(record.key)) record.isMarked = true;
  }
  for (let start = 0; start < seen.length; start += pageSize) {
    const known = new Set(model.records.map((record) => record.content));
    for (const [key, content] of seen.slice(start, start + pageSize)) {
      const record = model.at(key);
      if (record !== null) recognise(work, record, content);
      else if (leaveListed(work, [key, content], known.has(content)) || known.has(content)) continue;
      else if (isTaken(key)) takeIn(work, key, content);
      else work.counts.ignored += 1;
    }
  }
  return "failed";
}
