import { hasOwnWords } from "../../db/media/words.ts";
import type { MediaObject } from "../../db/media/record.ts";
import type { FirstSidecar, ProcessingOutcome } from "../../db/media/writes.ts";
import { sidecarOf } from "../../db/sidecars/pairs.ts";
import { parseSidecarState } from "../../db/sidecars/read-state.ts";
import type { Services } from "../../services.ts";
import { fillMetadata } from "../metadata/seed.ts";
import { sameMetadata } from "../metadata/rules.ts";
import { sidecarModeOf } from "./mode.ts";
import { readSidecar } from "./read.ts";
import { isSpent, stateOf } from "./settle.ts";
import { withSidecarFacts } from "./words.ts";

/** The outcome of processing with what the sidecar adds, and what the record is to know of the sidecar. */
export interface ToldWithSidecar {
  readonly told: ProcessingOutcome;
  readonly sidecar: FirstSidecar | null;
}

const unknown = { key: null, changed: false, state: null } as const;

/**
 * Adds what the sidecar says to the outcome of processing: to a record that is processed for the first time the words, before
 * the file's own; to any the date and the place.
 */
export async function tellWithSidecar(
  services: Services,
  media: MediaObject,
  outcome: ProcessingOutcome,
): Promise<ToldWithSidecar> {
  const known = parseSidecarState(media.sidecarRead);
  const isFirst = media.width === null && known === null;
  if (!isFirst || sidecarModeOf(services, media.provider) === "off")
    return { told: withSidecarFacts(outcome, known), sidecar: null };
  const found = await sidecarOf(services.db, media);
  if (found === null) return { told: outcome, sidecar: { ...unknown, found } };
  const { objectKey: key, pathKey: path, version } = found;
  const words = isSpent(found) ? null : await readSidecar(services, found);
  if (words === null) {
    const state = { path, version: isSpent(found) ? version : "", hash: null, isOurs: false };
    const nothing = { hierarchical: [], taken: null, location: null };
    return { told: outcome, sidecar: { key, changed: false, found, state: { ...state, ...nothing } } };
  }
  const has = hasOwnWords(media);
  const isOther = has && !sameMetadata(fillMetadata(words.words, media.objectMetadata), media.objectMetadata);
  const state = stateOf(found, words);
  return {
    told: { ...withSidecarFacts(outcome, words), seed: fillMetadata(words.words, outcome.seed) },
    sidecar: { key, changed: isOther, found, state: isOther ? { ...state, hash: null } : state },
  };
}

/** Whether the sidecar of a record is still the one that was found. */
export async function isStillFound(
  services: Services,
  media: MediaObject,
  { found }: FirstSidecar,
): Promise<boolean> {
  const now = await sidecarOf(services.db, media);
  return now?.pathKey === found?.pathKey && now?.version === found?.version;
}
