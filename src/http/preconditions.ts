import type { MediaObject } from "../db/media-object.ts";
import { validationError } from "../errors.ts";

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
  return parseTags(header).some((each) => each.opaque === tag);
}

/**
 * What `If-Match` allows (RFC 9110 §13.1.1: strong comparison). Only the REVISION of a tag counts, so that ingest,
 * which raises CHANGE alone, never makes a person's edit fail. A header of more than 4,096 characters is refused as
 * `validation_error`: to pass over it would make the very change that it forbids.
 */
export function revisionCondition(header: string | undefined): (revision: number) => boolean {
  if (header !== undefined && header.length > longestCondition) {
    throw validationError([{ path: "If-Match", message: `has more than ${longestCondition} characters` }]);
  }
  if (header === undefined || header.trim() === "*") return () => true;
  const strong = parseTags(header).filter((tag) => !tag.weak);
  const revisions = new Set(strong.map((tag) => /^"(\d+)-\d+"$/.exec(tag.opaque)?.[1]));
  return (revision) => revisions.has(String(revision));
}

/** The tags of a list (RFC 9110 §8.8.3); what is none is passed over. */
function parseTags(header: string): { readonly weak: boolean; readonly opaque: string }[] {
  return [...header.matchAll(/(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g)].map(([, weak, opaque]) => ({
    weak: weak !== undefined,
    opaque: opaque ?? "",
  }));
}
