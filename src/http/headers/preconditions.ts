import type { MediaObject } from "../../db/media/record.ts";
import { validationError } from "../../core/errors.ts";

/** Room for some hundred tags, where clients send one. */
const longestCondition = 4096;

/** A record's entity tag: changes by people, then every visible change. */
export function mediaTag(media: Pick<MediaObject, "revision" | "change">): string {
  return `"${media.revision}-${media.change}"`;
}

/**
 * Whether `If-None-Match` names the current representation, so that the answer is 304 (RFC 9110 §13.1.2: weak
 * comparison). `*` names any. A header of more than 4,096 characters names none: the whole is answered.
 */
export function matchesNone(header: string | undefined, tag: string): boolean {
  if (header === undefined || header.length > longestCondition) return false;
  if (header.trim() === "*") return true;
  return opaqueTags(header).includes(tag);
}

/**
 * What `If-Match` allows. Only the REVISION of a tag counts, so that ingest, which raises CHANGE alone, never makes a
 * person's edit fail. A header of more than 4,096 characters is refused as `validation_error`: to pass over it would make
 * the very change that it forbids.
 *
 * A weak tag counts like a strong one, where RFC 9110 §13.1.1 asks for the strong comparison, which no weak tag passes.
 * An edge that compresses JSON turns our strong tags into weak ones (§8.8.1: the bytes are others), so that a client
 * behind it has no other tag to send. The strong comparison keeps a client from acting on bytes it has not got; the
 * REVISION counts changes by people and says nothing of bytes, so that `W/` takes nothing from it.
 */
export function revisionCondition(header: string | undefined): (revision: number) => boolean {
  if (header !== undefined && header.length > longestCondition) {
    throw validationError([{ path: "If-Match", message: `has more than ${longestCondition} characters` }]);
  }
  if (header === undefined || header.trim() === "*") return () => true;
  const revisions = new Set(opaqueTags(header).map((tag) => /^"(\d+)-\d+"$/.exec(tag)?.[1]));
  return (revision) => revisions.has(String(revision));
}

/** The tags of a list (RFC 9110 §8.8.3), weak ones without their `W/`; other text is skipped. */
function opaqueTags(header: string): string[] {
  return [...header.matchAll(/"[\x21\x23-\x7e\x80-\xff]*"/g)].map(([tag]) => tag);
}
