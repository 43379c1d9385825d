import { withHiddenEscaped } from "../../src/core/text/characters.ts";
import type { History, Remembered } from "./archive.ts";
import { movedBy, type Moves } from "./storage/moves.ts";

/** By what a photo is known again: by its id in the same service, by provider and key in another one. */
export type Identity = "id" | "key";

/** How much of a value is told. */
const toldCharacters = 400;

/** Photos as they are to be found after moves; those that have vanished are kept where they were, and are missing. */
export function expectedAfter(
  photos: readonly Remembered[],
  moves: Moves,
  vanished: ReadonlySet<string> = new Set(),
): Remembered[] {
  return photos.map(({ media, history }) => {
    const key = media.object_key;
    const missing = vanished.has(key) ? { missing_since: "a time" } : { missing_since: null };
    return { media: { ...media, ...missing, object_key: movedBy(moves, key) }, history };
  });
}

/** What differs between the photos that are expected and those that were found, a line each. */
export function differences(
  expected: readonly Remembered[],
  found: readonly Remembered[],
  identity: Identity,
): string[] {
  const known = new Map(found.map((each) => [nameOf(each, identity), each]));
  const lines = expected.flatMap((was) => {
    const is = known.get(nameOf(was, identity));
    return is === undefined ? [`${placeOf(was)}: the photo is not there`] : photoDifferences(was, is);
  });
  // A photo that nobody has moved aside must not become another one; a new service knows of no trash.
  if (identity === "key") return lines;
  const names = new Set(expected.map((each) => nameOf(each, identity)));
  const others = found.filter((each) => !names.has(nameOf(each, identity)));
  return [...lines, ...others.map((each) => `${placeOf(each)}: there was no such media object before`)];
}

/**
 * What differs where a person has told a missing media object where its photo is: all revisions stay, and the new one has
 * every field that there was, since words are united with those of the file.
 */
export function relinkDifferences(was: Remembered, is: Remembered): string[] {
  const [, ...earlier] = is.history;
  const own = Object.entries(was.media.object_metadata);
  return [
    ...whereaboutsDifferences(was, is),
    ...historyDifferences(placeOf(was), was.history, earlier),
    ...own.flatMap(([field, value]) =>
      difference(`${placeOf(was)}: the field ${field}`, value, sameBeginning(value, is, field)),
    ),
  ];
}

/** The field as it is now; of a list as much as there was before, since keywords of the file are put behind. */
function sameBeginning(value: unknown, { media }: Remembered, field: string): unknown {
  const now = media.object_metadata[field];
  return Array.isArray(value) && Array.isArray(now) ? now.slice(0, value.length) : now;
}

function photoDifferences(was: Remembered, is: Remembered): string[] {
  const place = placeOf(was);
  return [
    ...whereaboutsDifferences(was, is),
    ...difference(`${place}: the words`, was.media.object_metadata, is.media.object_metadata),
    ...difference(`${place}: the revision`, was.media.revision, is.media.revision),
    ...historyDifferences(place, was.history, is.history),
  ];
}

/** Where a photo is, and that it is that photo. */
function whereaboutsDifferences(was: Remembered, is: Remembered): string[] {
  const place = placeOf(was);
  const [isMissing, wasMissing] = [is, was].map(({ media }) => media.missing_since !== null);
  return [
    ...difference(`${place}: the key`, was.media.object_key, is.media.object_key),
    ...difference(`${place}: whether it is missing`, wasMissing, isMissing),
    ...difference(`${place}: the bytes`, contentOf(was), contentOf(is)),
  ];
}

function contentOf({ media }: Remembered): string {
  return `${media.content_hash}, ${media.file_size} bytes`;
}

function placeOf({ media }: Remembered): string {
  return `${media.provider}:${media.object_key}`;
}

function nameOf(photo: Remembered, identity: Identity): string {
  return identity === "id" ? photo.media.id : placeOf(photo);
}

function historyDifferences(place: string, was: History, is: History): string[] {
  const revisions = new Set([...was, ...is].map(({ revision }) => revision));
  return [...revisions].flatMap((revision) =>
    difference(`${place}: the revision ${revision}`, changeOf(was, revision), changeOf(is, revision)),
  );
}

/** A change by a person. The words with which a record was created are as old as the record, and the record may be new. */
function changeOf(history: History, number: number): unknown {
  const change = history.find(({ revision }) => revision === number);
  return change?.revision === 0 ? change.object_metadata : (change ?? "none");
}

/** To the byte: the order of fields counts as well. */
function difference(what: string, was: unknown, is: unknown): string[] {
  const [before, after] = [JSON.stringify(was) ?? "none", JSON.stringify(is) ?? "none"];
  if (before === after) return [];
  return [
    withHiddenEscaped(
      `${what}: was ${before.slice(0, toldCharacters)}, is ${after.slice(0, toldCharacters)}`,
    ),
  ];
}
