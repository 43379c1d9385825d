import { AppError } from "../../core/errors.ts";
import { bearsNoPersonsWords } from "../../db/media/words.ts";
import { findMedia } from "../../db/media/reads.ts";
import type { MediaObject } from "../../db/media/record.ts";
import type { SidecarRow } from "../../db/schema.ts";
import { sidecarOf } from "../../db/sidecars/pairs.ts";
import { parseSidecarState, type SidecarState } from "../../db/sidecars/read-state.ts";
import { settleSidecar, type SidecarOutcome } from "../../db/sidecars/settle.ts";
import type { Services } from "../../services.ts";
import { sameMetadata } from "../metadata/rules.ts";
import { fillMetadata } from "../metadata/seed.ts";
import { readSidecar } from "./read.ts";
import { withSidecarFacts, type SidecarWords } from "./words.ts";

/** Reads a sidecar; several photos may have the same. */
export type ReadSidecar = (sidecar: SidecarRow) => Promise<SidecarWords | null>;

/** Reads each sidecar once, however many photos it has. */
export function readingOnce(services: Services): ReadSidecar {
  const read = new Map<string, Promise<SidecarWords | null>>();
  return async (sidecar) => {
    const name = JSON.stringify([sidecar.provider, sidecar.pathKey, sidecar.version]);
    const words = read.get(name) ?? readSidecar(services, sidecar);
    read.set(name, words);
    return words;
  };
}

/** How often a record is looked at again when somebody else changes it at the same moment. */
const maxAttempts = 5;

/**
 * Lets a record know of the sidecar that lies beside its object: of a version with other words than were read last, a
 * record that no person has edited takes these; any other shows that they are there. False where the sidecar has changed
 * since the listing, so that nothing is known of it yet.
 */
export async function settleMedia(services: Services, id: string, read: ReadSidecar): Promise<boolean> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(services.db, id);
    if (media === null) return true;
    const sidecar = await sidecarOf(services.db, media);
    const told = sidecar === null || isSpent(sidecar) ? null : await read(sidecar);
    if (sidecar !== null && !isSpent(sidecar) && told === null) return false;
    const outcome = outcomeOf(media, sidecar, told);
    if (await settleSidecar(services.db, media, outcome, Date.now())) return true;
  }
  throw new AppError("database_unavailable", "The media object is changing at this moment. Try again.", {
    retryAfterSeconds: 1,
  });
}

/** Whether a sidecar is older than the permanent deletion of a photo beside it: its words are those of that photo. */
export function isSpent({ version, spentVersion }: SidecarRow): boolean {
  return version === spentVersion;
}

function outcomeOf(
  media: MediaObject,
  sidecar: SidecarRow | null,
  told: SidecarWords | null,
): SidecarOutcome {
  const before = parseSidecarState(media.sidecarRead);
  const stays = { words: null, facts: null };
  if (sidecar === null)
    return { key: null, changed: false, state: before === null ? null : withoutFacts(before), ...stays };
  const { objectKey: key, pathKey: path, version } = sidecar;
  if (told === null) return { key, changed: false, state: { ...emptyState, path, version }, ...stays };
  const taken = takenOver(media, told);
  if (before !== null && before.hash === told.hash) {
    const state = { ...stateOf(sidecar, told), isOurs: before.isOurs && before.version === version };
    return { key, changed: false, state, words: null, facts: onlyChanges(media, taken).facts };
  }
  if (bearsNoPersonsWords(media) || !says(media, taken))
    return { key, changed: false, state: stateOf(sidecar, told), ...onlyChanges(media, taken) };
  return { key, changed: true, state: { ...(before ?? emptyState), path, version }, ...stays };
}

const emptyState = { hash: null, isOurs: false, hierarchical: [], taken: null, location: null } as const;

/** The sidecar is gone, and its date and place with it as soon as the file is read again. */
function withoutFacts(state: SidecarState): SidecarState {
  return { ...state, version: "", taken: null, location: null };
}

/** What a record keeps of a sidecar that it has taken the words of. */
export function stateOf({ pathKey, version }: SidecarRow, told: SidecarWords): SidecarState {
  const { hash, taken, location, hierarchical } = told;
  return { path: pathKey, version, hash, isOurs: false, taken, location, hierarchical };
}

/** The words and facts of a record that takes over what a sidecar says: the fields that the sidecar has are replaced. */
export function takenOver(media: MediaObject, told: SidecarWords) {
  const { takenAt, takenAtOffset, intrinsic } = media;
  return {
    words: fillMetadata(told.words, media.objectMetadata),
    facts: withSidecarFacts({ takenAt, takenAtOffset, intrinsic }, told),
  };
}

/** Whether a record would be another by that. */
function says(media: MediaObject, taken: ReturnType<typeof takenOver>): boolean {
  const { words, facts } = onlyChanges(media, taken);
  return words !== null || facts !== null;
}

/** What of this is not so already. */
export function onlyChanges(media: MediaObject, { words, facts }: ReturnType<typeof takenOver>) {
  const { takenAt, takenAtOffset, intrinsic } = media;
  return {
    words: sameMetadata(words, media.objectMetadata) ? null : words,
    facts: sameMetadata(facts, { takenAt, takenAtOffset, intrinsic }) ? null : facts,
  };
}
