import type { MediaObject } from "tagline-client";

type Known = Pick<MediaObject, "id" | "revision">;

/**
 * What is known of photos once an answer has come: an answer that was asked for before a photo was saved may come after it,
 * and its words are older than those that are known.
 */
export function newest<Photo extends Known>(
  known: ReadonlyMap<string, Photo>,
  answered: readonly Photo[],
): ReadonlyMap<string, Photo> {
  const fresh = answered.filter(({ id, revision }) => revision >= (known.get(id)?.revision ?? 0));
  return new Map([...known, ...fresh.map((each) => [each.id, each] as const)]);
}
