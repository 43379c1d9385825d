import { z } from "zod";

import { digestOf } from "../../core/text/digest.ts";
import type { Edit } from "../../db/history/edits.ts";
import type { ObjectMetadata } from "../../db/media/record.ts";
import { makeEdit, type EditedMedia } from "../history/edit.ts";

/** What a change would do to the words of a record. */
export interface ProposedEdit {
  readonly edit: Edit;
  readonly before: ObjectMetadata;
}

/** A record, or an id that no record has, that a change would not reach. */
export interface Passed {
  readonly id: string;
  /** `skipped` for a record that is left alone, while all others can be changed. */
  readonly status: "not_found" | "invalid" | "skipped";
  /** Why, for people. */
  readonly detail: string;
}

/** A change of records as it was looked at, with nothing written. */
export interface Proposal {
  /** In the order in which the records were asked for. */
  readonly edits: readonly ProposedEdit[];
  /** Records that the change leaves as they are. */
  readonly unchanged: readonly string[];
  /** While there is one, the change cannot be made. */
  readonly obstacles: readonly Passed[];
  /** Records that are left alone. */
  readonly skipped: readonly Passed[];
  /** Names the records with their revisions as they were looked at: any other state has another name. */
  readonly fingerprint: string;
  /** The operation that the change takes back; null where it takes none back. */
  readonly reverts: string | null;
}

/** How many records a proposal changes at the most: they are written in one transaction. */
export const mostProposed = 500;

/**
 * How many keywords all records may lose and get together: each is some ten rows that the transaction writes. So 500
 * records may get 20 keywords each.
 */
export const mostKeywordsChanged = 10_000;

const keywordList = z.array(z.string()).catch([]);

/** How many keywords the records lose and get together. */
export function keywordsChangedBy(edits: readonly ProposedEdit[]): number {
  return edits.reduce((sum, { edit, before }) => {
    const old = new Set(keywordList.parse(before["keywords"]));
    const now = new Set(keywordList.parse(edit.metadata["keywords"]));
    return sum + old.symmetricDifference(now).size;
  }, 0);
}

/** Makes the edit that gives a record these words, beside the words that it has. */
export async function proposeEdit(media: EditedMedia, words: ObjectMetadata): Promise<ProposedEdit> {
  return { edit: await makeEdit(media, words, "to operation"), before: media.objectMetadata };
}

/** What of a record an edit depends on, as {@link fingerprintOf} takes it. */
export type SeenState = readonly [id: string, ...state: (string | number | boolean | null)[]];

/** Names the states of records, whatever their order. */
export async function fingerprintOf(states: readonly SeenState[]): Promise<string> {
  const sorted = states.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return digestOf(JSON.stringify(sorted));
}

/** The part of a record's state that decides whether an edit still fits: a file's words come below the first revision only. */
export function revisionState({
  revision,
  change,
}: Pick<EditedMedia, "revision" | "change">): readonly [number, number | null] {
  return [revision, revision === 0 ? change : null];
}
