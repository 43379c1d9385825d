import { z } from "zod";

import type { ObjectMetadata } from "../../db/media/record.ts";

/**
 * The way from the words of a revision back to those of the revision before, as small as a change of many records has to
 * be: what stays is not told. Numbers are places in the list of keywords.
 */
export const backPatch = z.strictObject({
  /** All words before, where the code that wrote the change did not know history. */
  whole: z.record(z.string(), z.unknown()).optional(),
  /** Fields that were otherwise, or that were there. */
  set: z.record(z.string(), z.unknown()).optional(),
  /** Fields that were not there. */
  unset: z.array(z.string()).optional(),
  /** Keywords that were not there, by their places after the change. */
  drop: z.array(z.int()).optional(),
  /** Keywords that were there, by their places before the change, in rising order. */
  put: z.array(z.tuple([z.int(), z.string()])).optional(),
  /** The order of the fields, where it does not follow from the rest. */
  order: z.array(z.string()).optional(),
});

/** See {@link backPatch}. */
export type BackPatch = Readonly<z.infer<typeof backPatch>>;

const keywordList = z.array(z.string());

/** The patch that leads from `after` back to `before`, which {@link applyBackPatch} gives back to the byte. */
export function makeBackPatch(before: ObjectMetadata, after: ObjectMetadata): BackPatch {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const keywords = keywordPatch(before["keywords"], after["keywords"]);
  const changed = [...names].filter(
    (name) => !sameJson(before[name], after[name]) && (name !== "keywords" || keywords === null),
  );
  const set = Object.fromEntries(
    changed.filter((name) => Object.hasOwn(before, name)).map((name) => [name, before[name]]),
  );
  const unset = changed.filter((name) => !Object.hasOwn(before, name));
  const patch: BackPatch = {
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(unset.length === 0 ? {} : { unset }),
    ...keywords,
  };
  const isExact = sameJson(applyBackPatch(after, patch), before);
  return isExact ? patch : { ...patch, order: Object.keys(before) };
}

/** The words before a change, from those after it. */
export function applyBackPatch(after: ObjectMetadata, patch: BackPatch): ObjectMetadata {
  if (patch.whole !== undefined) return patch.whole;
  const fields = new Map(Object.entries(after));
  for (const name of patch.unset ?? []) fields.delete(name);
  for (const [name, value] of Object.entries(patch.set ?? {})) fields.set(name, value);
  if (patch.drop !== undefined || patch.put !== undefined)
    fields.set("keywords", keywordsBefore(keywordList.parse(after["keywords"]), patch));
  const names = patch.order ?? [...fields.keys()];
  return Object.fromEntries(names.map((name) => [name, fields.get(name)]));
}

/** Reads a patch as a row holds it. */
export function parseBackPatch(json: string): BackPatch {
  return backPatch.parse(JSON.parse(json));
}

/** What leads from one list of keywords back to another; null where that is not told more shortly than by the list. */
function keywordPatch(before: unknown, after: unknown): Pick<BackPatch, "drop" | "put"> | null {
  const [were, are] = [keywordList.safeParse(before), keywordList.safeParse(after)];
  if (!were.success || !are.success) return null;
  const [wanted, given] = [new Set(were.data), new Set(are.data)];
  const drop = are.data.flatMap((keyword, place) => (wanted.has(keyword) ? [] : [place]));
  const put = were.data.flatMap((keyword, place): [number, string][] =>
    given.has(keyword) ? [] : [[place, keyword]],
  );
  const patch = {
    ...(drop.length === 0 ? {} : { drop }),
    ...(put.length === 0 ? {} : { put }),
  };
  const isExact = sameJson(keywordsBefore(are.data, patch), were.data);
  return isExact && JSON.stringify(patch).length < JSON.stringify(were.data).length ? patch : null;
}

function keywordsBefore(after: readonly string[], { drop, put }: Pick<BackPatch, "drop" | "put">): string[] {
  const dropped = new Set(drop);
  const keywords = after.filter((_keyword, place) => !dropped.has(place));
  for (const [place, keyword] of put ?? []) keywords.splice(place, 0, keyword);
  return keywords;
}

/** Whether two values are the same to the byte; a field that is not there is not the same as any value. */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
