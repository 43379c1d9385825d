import { withHiddenEscaped } from "../../src/core/text/characters.ts";
import type { DrillMedia, History } from "./archive.ts";

/** A photo as it was described. */
export interface Remembered {
  readonly media: DrillMedia;
  readonly history: History;
}

/** How much of a value is told. */
const toldCharacters = 400;

/** What differs between what was and what has come back, a line each; by provider and key, since ids are new. */
export function differences(before: readonly Remembered[], after: readonly Remembered[]): string[] {
  const found = new Map(after.map((each) => [placeOf(each), each]));
  return before.flatMap((was) => {
    const place = placeOf(was);
    const is = found.get(place);
    if (is === undefined) return [`${place}: the photo has not come back`];
    return [
      ...difference(`${place}: the words`, was.media.object_metadata, is.media.object_metadata),
      ...difference(`${place}: the revision`, was.media.revision, is.media.revision),
      ...historyDifferences(place, was.history, is.history),
    ];
  });
}

function placeOf({ media }: Remembered): string {
  return `${media.provider}:${media.object_key}`;
}

function historyDifferences(place: string, was: History, is: History): string[] {
  const revisions = new Set([...was, ...is].map(({ revision }) => revision));
  return [...revisions].flatMap((revision) =>
    difference(`${place}: the revision ${revision}`, changeOf(was, revision), changeOf(is, revision)),
  );
}

/** A change by a person. The words with which a record was created are as old as the record, and the record is new. */
function changeOf(history: History, number: number): unknown {
  const change = history.find(({ revision }) => revision === number);
  return change?.revision === 0 ? change.object_metadata : (change ?? "none");
}

/** To the byte: the order of fields counts as well. */
function difference(what: string, was: unknown, is: unknown): string[] {
  const [before, after] = [JSON.stringify(was), JSON.stringify(is)];
  if (before === after) return [];
  return [
    withHiddenEscaped(
      `${what}: was ${before.slice(0, toldCharacters)}, is ${after.slice(0, toldCharacters)}`,
    ),
  ];
}
