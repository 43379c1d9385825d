import type { Model, TrashedModel } from "./model.ts";
import type { Work } from "./model-work.ts";

/** How many of the records in the trash that have the same bytes are considered. */
const mostAlike = 4;

/**
 * Leaves an object without a record in the trash, if it is where an object of the trash is known to be, or if no record
 * outside has the same bytes; false where it is to be something else.
 */
export function leaveListed(work: Work, [key, content]: readonly [string, number], isLive: boolean): boolean {
  const alike = alikeIn(work.model, content);
  if (ownerAt(work.model, key, content) === null) {
    if (isLive || alike.length === 0) return false;
    const first = alike.find(({ foundAt }) => foundAt === null);
    if (first !== undefined) first.foundAt = key;
  }
  work.counts.unchanged += 1;
  return true;
}

/**
 * Leaves an object in the trash that belongs to no record outside, once a listing is whole: it is the object of a record
 * there that is nowhere else, or a copy that can be nobody else's. `found` holds those that turned up in this listing.
 */
export function leaveSettled(
  work: Work,
  [key, content]: readonly [string, number],
  found: Set<TrashedModel>,
): boolean {
  const { model, counts } = work;
  const own = ownerAt(model, key, content);
  const alike = [...(own === null ? [] : [own]), ...alikeIn(model, content).filter((each) => each !== own)];
  const isOccupied = model.at(key) !== null;
  const owner =
    own !== null && !isOccupied ? own : alike.find((each) => !found.has(each) && isAway(work, each, key));
  if (owner === undefined && (alike.length === 0 || isOccupied || work.live.has(content))) return false;
  counts.unchanged += 1;
  if (owner === undefined) return true;
  found.add(owner);
  if (!isAt(owner, key)) owner.foundAt = key;
  return true;
}

function alikeIn(model: Model, content: number): TrashedModel[] {
  return model.trashed.filter(({ record }) => record.content === content).slice(0, mostAlike);
}

/** The record in the trash whose object is known to be at a key, with these bytes. */
function ownerAt(model: Model, key: string, content: number): TrashedModel | null {
  const alike = model.trashed.filter(({ record }) => record.content === content);
  return alike.find((each) => isAtHome(each, key)) ?? alike.find(({ foundAt }) => foundAt === key) ?? null;
}

function isAtHome({ record }: TrashedModel, key: string): boolean {
  return record.hasPlace && record.key === key;
}

function isAt(trashed: TrashedModel, key: string): boolean {
  return isAtHome(trashed, key) || trashed.foundAt === key;
}

/** Whether the object of a record in the trash is at none of its places but this key. */
function isAway({ objects }: Work, trashed: TrashedModel, key: string): boolean {
  const { record } = trashed;
  return ![...objects].some(
    ([other, content]) => other !== key && content === record.content && isAt(trashed, other),
  );
}
