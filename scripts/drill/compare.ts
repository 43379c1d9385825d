import { withHiddenEscaped } from "../../src/core/text/characters.ts";
import type { DrillMedia, History } from "./archive.ts";

/** A photo as it was described. */
export interface Remembered {
  readonly media: DrillMedia;
  readonly history: History;
}

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
      ...difference(`${place}: the history`, was.history, is.history),
    ];
  });
}

function placeOf({ media }: Remembered): string {
  return `${media.provider}:${media.object_key}`;
}

/** To the byte: the order of fields counts as well. */
function difference(what: string, was: unknown, is: unknown): string[] {
  const [before, after] = [JSON.stringify(was), JSON.stringify(is)];
  return before === after ? [] : [withHiddenEscaped(`${what} were ${before}, and are ${after}`)];
}
