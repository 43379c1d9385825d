import { isTaken } from "./contents.ts";
import { hasNoWords, type ModelRecord, type TrashedModel } from "./model.ts";
import { leaveListed, leaveSettled } from "./model-trash.ts";
import { recognise, takeIn, type Listing, type Work } from "./model-work.ts";

type Entry = readonly [key: string, content: number];

/** What a whole listing comes to: photos that moved, changed, are new or gone. */
export function settleListing(
  work: Work,
  listing: Listing,
  entries: readonly Entry[],
): "completed" | "needs_confirmation" {
  const { model, counts } = work;
  const seen = new Map(entries);
  const targets = entries.filter((entry) => {
    const [key, content] = entry;
    const record = model.at(key);
    if (record === null) return !leaveListed(work, entry, work.live.has(content));
    return !recognise(work, record, content);
  });
  const vanished = model.records.filter(
    (record) => !record.isMissing && record.key.startsWith(listing.prefix) && !seen.has(record.key),
  );
  const isTarget = new Set(targets.map(([key]) => key));
  const sources = model.records.filter(
    (record) =>
      record.isMissing || vanished.includes(record) || (record.hasPlace && isTarget.has(record.key)),
  );
  const { moves, ambiguous } = pair(sources, targets);
  counts.ambiguous = targets.filter(([, content]) => ambiguous.has(content)).length;
  const displaced = applyMoves(work, moves);
  displaced.push(
    ...applyTargets(
      work,
      targets.filter(([key]) => !moves.has(key)),
    ),
  );
  const movers = new Set(moves.values());
  const gone = new Set([...vanished.filter((record) => !movers.has(record)), ...displaced]);
  for (const record of gone) record.isMarked = true;
  for (const content of new Set([...gone].map((record) => record.content)))
    if (!ambiguous.has(content)) letInherit(work, content, gone);
  return declareMissing(work, listing, gone);
}

/** Who moved where: by key, where one record and one object have the same bytes, and no others have. */
function pair(
  sources: readonly ModelRecord[],
  targets: readonly Entry[],
): { moves: Map<string, ModelRecord>; ambiguous: Set<number> } {
  const moves = new Map<string, ModelRecord>();
  const ambiguous = new Set<number>();
  for (const content of new Set(targets.map((target) => target[1]))) {
    const places = targets.filter((target) => target[1] === content);
    const candidates = sources.filter((source) => source.content === content);
    const [place, candidate] = [places[0], candidates[0]];
    if (place === undefined || candidate === undefined) continue;
    if (places.length === 1 && candidates.length === 1) moves.set(place[0], candidate);
    else ambiguous.add(content);
  }
  return { moves, ambiguous };
}

/** Puts records to their new keys; answers those that were there and whose photos were overwritten. */
function applyMoves(work: Work, moves: ReadonlyMap<string, ModelRecord>): ModelRecord[] {
  const movers = new Set(moves.values());
  const displaced: ModelRecord[] = [];
  for (const key of moves.keys()) {
    const overwritten = work.model.at(key);
    if (overwritten === null || movers.has(overwritten)) continue;
    overwritten.hasPlace = false;
    if (!overwritten.isMissing) displaced.push(overwritten);
  }
  for (const [key, record] of moves) settleAt(work, record, key);
  return displaced;
}

/** A record goes where its photo is. */
function settleAt(work: Work, record: ModelRecord, key: string): void {
  Object.assign(record, { key, hasPlace: true, isMissing: false, isMarked: false });
  record.changes += 1;
  work.counts.moved += 1;
  work.moved.push(record);
  if (record.state === "pending") work.waiting.add(record);
}

/** Answers the records whose photos were overwritten by photos of the trash. */
function applyTargets(work: Work, targets: readonly Entry[]): ModelRecord[] {
  const found = new Set<TrashedModel>();
  return targets.flatMap((target) => {
    const occupant = work.model.at(target[0]);
    if (!leaveSettled(work, target, found)) applyTarget(work, ...target);
    else if (occupant !== null) {
      occupant.hasPlace = false;
      if (!occupant.isMissing) return [occupant];
    }
    return [];
  });
}

function applyTarget(work: Work, key: string, content: number): void {
  const occupant = work.model.at(key);
  if (occupant !== null) {
    work.model.replace(occupant, content);
    work.counts.changed += 1;
    work.waiting.add(occupant);
  } else if (isTaken(key)) takeIn(work, key, content);
  else work.counts.ignored += 1;
}

/** A photo is gone, but one copy of it is there that nobody cares for: the older record goes on with the copy. */
function letInherit(work: Work, content: number, gone: Set<ModelRecord>): void {
  const family = work.model.records.filter((each) => each.content === content);
  const away = family.filter((each) => each.isMissing || each.isMarked).toSorted(byAge);
  const twins = family.filter((each) => !away.includes(each));
  const heirless = twins.filter((each) => each.revision === 0 && !each.isDescribed).toSorted(byAge);
  const [oldest, youngest] = [away[0], heirless.at(-1)];
  if (oldest === undefined || youngest === undefined || byAge(oldest, youngest) > 0) return;
  if (away.length > 1 || twins.length > 1) {
    work.counts.ambiguous += away.filter((each) => !each.isMissing).length;
    return;
  }
  work.model.remove(youngest);
  gone.delete(oldest);
  settleAt(work, oldest, youngest.key);
}

/** Ids sort by the time when records were made; one that has none yet has just been made. */
function byAge(a: ModelRecord, b: ModelRecord): number {
  return (a.id === "" ? "~" : a.id) < (b.id === "" ? "~" : b.id) ? -1 : 1;
}

/** More than so many, and more than such a part, look like an outage. */
const guard = { records: 50, part: 0.2 } as const;

function declareMissing(
  work: Work,
  { confirm }: Listing,
  gone: ReadonlySet<ModelRecord>,
): "completed" | "needs_confirmation" {
  const { model, counts } = work;
  const there = model.records.filter((record) => !record.isMissing).length;
  // What was overwritten is gone beyond doubt: its key shows another photo.
  const absent = [...gone].filter((record) => record.hasPlace);
  const isOutage = !confirm && absent.length > guard.records && absent.length > guard.part * there;
  counts.missing = gone.size;
  for (const record of gone) {
    if (isOutage && record.hasPlace) continue;
    Object.assign(record, { isMissing: true, isMarked: false });
    record.changes += 1;
  }
  for (const record of model.records) {
    const isUnknown = record.isMissing && record.state === "pending" && record.changes <= 1;
    if (isUnknown && hasNoWords(record)) model.remove(record);
  }
  return isOutage ? "needs_confirmation" : "completed";
}
