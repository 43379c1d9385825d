import type { Database } from "../../db/connection.ts";
import { tracedRecords, type TracedRecord } from "../../db/history/traces.ts";
import type { Operation } from "../../db/history/operations.ts";
import { findMedia } from "../../db/media/reads.ts";
import type { MediaObject } from "../../db/media/record.ts";
import { findHidden, hidesLater } from "../../db/trash/hidden.ts";
import { linkMedia, partMedia } from "../../db/trash/relink.ts";
import type { Services } from "../../services.ts";
import { applyBackPatch, makeBackPatch, parseBackPatch } from "../history/back-patch.ts";
import { hashOfWords } from "../history/words-hash.ts";
import { linkOf, relinkDetails, tidyThumbnails, type RelinkDetails } from "./relink.ts";

/** Who takes an operation back, and the id of the revert. */
export interface RevertAuthorship {
  readonly id: string;
  readonly by: string | null;
}

/** What became of the one record that a relink, or the revert of one, has changed. */
export type RelinkReverted =
  | { readonly kind: "reverted" }
  /** The words or the object are not what the operation left. */
  | { readonly kind: "skipped" }
  /** An earlier revert has done it. */
  | { readonly kind: "done"; readonly by: string };

/** What an operation keeps for its way back; null for one of which the words are all. */
export function relinkOf({ details }: Pick<Operation, "details">): RelinkDetails | null {
  return details === null ? null : relinkDetails.parse(JSON.parse(details));
}

/** How often this is tried again on top of what somebody else has written. */
const maxAttempts = 5;

/**
 * Takes back a relink, or the revert of one: the record gives the object back, or takes it again. Where the words of the
 * record are not what the operation left, or the other is not where the operation has put it, or a later relink stands,
 * nothing is changed.
 */
export async function revertRelink(
  services: Services,
  { operation, details }: { readonly operation: Operation; readonly details: RelinkDetails },
  authorship: RevertAuthorship,
): Promise<RelinkReverted> {
  const db = services.db.primary();
  const act = details.effect === "linked" ? part : linkAgain;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const [media, [traced]] = [
      await findMedia(db, details.id),
      await tracedRecords(db, operation.id, [details.id]),
    ];
    if (media === null || traced === undefined) return { kind: "skipped" };
    if (traced.takenBackBy !== null) return { kind: "done", by: traced.takenBackBy };
    const hash = await hashOfWords(media.objectMetadata);
    if (traced.traces[0]?.wordsHash !== hash) return { kind: "skipped" };
    const ended = await act(services, { db, media, traced, operation }, { details, authorship });
    if (ended !== null) return { kind: ended };
  }
  return { kind: "skipped" };
}

interface Reverting {
  readonly db: Database;
  readonly media: MediaObject;
  readonly traced: TracedRecord;
  readonly operation: Operation;
}

interface Asked {
  readonly details: RelinkDetails;
  readonly authorship: RevertAuthorship;
}

/** Null where somebody was faster. */
type Ended = "reverted" | "skipped" | null;

async function part(
  services: Services,
  { db, media, traced, operation }: Reverting,
  asked: Asked,
): Promise<Ended> {
  const { details, authorship } = asked;
  if (details.effect !== "linked") return "skipped";
  const hidden = await findHidden(db, details.to, details.id);
  // The first of the revisions leads to the words that the record had, whatever came along behind it.
  const first = traced.traces.find(({ revision }) => revision === details.revision + 1);
  if (hidden === null || first === undefined) return "skipped";
  // Of two relinks the later one is taken back first: until then the object is that of another record.
  const since = { id: media.id, than: hidden.id, revision: details.revision };
  if (await hidesLater(db, since)) return "skipped";
  const metadata = applyBackPatch(media.objectMetadata, parseBackPatch(first.patch));
  const words = {
    metadata,
    patch: JSON.stringify(makeBackPatch(media.objectMetadata, metadata)),
    wordsHash: await hashOfWords(metadata),
  };
  const parted: RelinkDetails = { effect: "parted", id: details.id, to: details.to };
  const parting = { media, hidden, place: details.place, run: details.run, words };
  if (!(await partMedia(db, parting, written(operation, authorship, parted)))) return null;
  const { thumbnailVersion } = details.place;
  await tidyThumbnails(services, hidden.id, media, { frees: { id: media.id, thumbnailVersion } });
  return "reverted";
}

async function linkAgain(
  services: Services,
  { db, media, traced, operation }: Reverting,
  asked: Asked,
): Promise<Ended> {
  const { details, authorship } = asked;
  const to = await findMedia(db, details.to);
  if (to === null || media.missingSince === null || to.missingSince !== null) return "skipped";
  // What the record had when it last had the object, and what the other has got since.
  const [last] = traced.traces;
  const own =
    last === undefined ? undefined : applyBackPatch(media.objectMetadata, parseBackPatch(last.patch));
  const linking = await linkOf(db, { media, to }, own);
  if (linking.problem !== null) return "skipped";
  const now = written(operation, authorship, relinkDetails.parse(JSON.parse(linking.details)));
  if (!(await linkMedia(db, linking.link, now))) return null;
  await tidyThumbnails(services, media.id, to, { holds: media });
  return "reverted";
}

function written(operation: Operation, { id, by }: RevertAuthorship, details: RelinkDetails) {
  const revert = { id, kind: "revert", reverts: operation.id, details: JSON.stringify(details) } as const;
  return { by, now: Date.now(), operation: revert };
}
