import { familiesOf, inherit, isClear } from "../../db/ingest/inheritance.ts";
import { bearsNoPersonsWords } from "../../db/media/words.ts";
import { fillWords } from "../../db/media/facts.ts";
import type { MediaObject } from "../../db/media/record.ts";
import {
  deleteIfUntouched,
  markMissing,
  reopenMedia,
  recordOutcome,
  type ProcessingOutcome,
} from "../../db/media/writes.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo } from "../../storage/provider.ts";
import { isStillFound, tellWithSidecar } from "../sidecars/first.ts";
import { AppError } from "../../core/errors.ts";
import { examine, type Examination } from "./examine.ts";
import { leaveToTrash } from "./leave-to-trash.ts";
import { fillMetadata } from "../metadata/seed.ts";
import { takeBackUnlessShown } from "../thumbnails/keep.ts";
import { providerOf } from "../providers.ts";
import { thumbnailVersionOf } from "../thumbnails/version.ts";
import { previewVariant, variantName } from "../thumbnails/variant.ts";

/** What is done beside what processing always does. */
export interface ProcessingOptions {
  /** A record that was processed before takes what it lacks of its file's words, as by a scan for facts. */
  readonly fillsWords?: boolean | undefined;
}

/**
 * Reads the bytes of a record that waits (type, facts, preview and hash) and then records the outcome. A second attempt does
 * the same again. Failures that may pass (storage, database, no room) are thrown; failures of the file are recorded.
 */
export async function processMedia(
  services: Services,
  media: MediaObject,
  options: ProcessingOptions = {},
): Promise<void> {
  const provider = providerOf(services, media.provider);
  const first = await examine(services, provider, media);
  if (first.kind === "outcome") return finish(services, media, first, options);
  if (first.kind === "missing") return recordGone(services, media);
  // The object was replaced since the last listing: its record takes the new version, and the new bytes are processed.
  const renewed = await reopenMedia(services.db, media, contentColumns(first.info), Date.now());
  if (renewed === null) return;
  const second = await examine(services, provider, renewed);
  if (second.kind === "outcome") await finish(services, renewed, second, options);
}

/** The columns of a record that follow the object's bytes. */
export function contentColumns(info: ObjectInfo) {
  return {
    version: info.version,
    contentHash: info.contentHash,
    fileSize: info.sizeBytes,
    lastModified: info.lastModified,
    thumbnailVersion: thumbnailVersionOf(info),
  };
}

/**
 * Stores the preview, then writes its version to the record. If the record is gone meanwhile, or has other bytes, the
 * preview is taken back; the nightly sweep removes a preview whose worker died in between. What was made of other bytes, or
 * under a version of an older generation, goes.
 */
async function finish(
  services: Services,
  media: MediaObject,
  { outcome, jpeg }: Extract<Examination, { kind: "outcome" }>,
  { fillsWords = false }: ProcessingOptions,
): Promise<void> {
  const { contentHash } = outcome;
  // Before anything else is written: whoever dies here looks again, and the photo has not been shown meanwhile.
  if (contentHash !== null && (await leaveToTrash(services, { ...media, contentHash }))) return;
  const version = thumbnailVersionOf(media);
  const key = { mediaId: media.id, version, variant: variantName(previewVariant) };
  if (jpeg !== null) await services.derivatives.put(key, jpeg);
  const filled = fillsWords ? await fillLackingWords(services, media, outcome) : media;
  const told = { ...outcome, factsVersion: versionOfFacts(filled, outcome) };
  const settled = await recordWithSidecar(services, media, told, version);
  if (settled && (media.change > 0 || media.thumbnailVersion !== version))
    await services.derivatives.remove(media.id, jpeg === null ? null : version);
  if (!settled && jpeg !== null) await takeBackUnlessShown(services, key);
  services.log.debug("media.processed", { media: media.id, state: outcome.state, settled });
  if (settled && contentHash !== null) await recognise(services, media, contentHash);
}

/** How often a sidecar is read again that changes while its photo is processed. */
const maxReadings = 5;

/** Records the outcome together with what the sidecar says, which a listing may have told only meanwhile. */
async function recordWithSidecar(
  services: Services,
  media: MediaObject,
  outcome: ProcessingOutcome,
  thumbnailVersion: string,
): Promise<boolean> {
  for (let reading = 0; reading < maxReadings; reading++) {
    const { told, sidecar } = await tellWithSidecar(services, media, outcome);
    const recording = { thumbnailVersion, now: Date.now(), sidecar };
    if (await recordOutcome(services.db, media, told, recording)) return true;
    if (sidecar === null || (await isStillFound(services, media, sidecar))) return false;
  }
  throw new AppError("database_unavailable", "The sidecar is changing at this moment. Try again.", {
    retryAfterSeconds: 1,
  });
}

/** Adds to the words of a record that nobody edited what of its file's it lacks; answers the record with them. */
async function fillLackingWords(
  services: Services,
  media: MediaObject,
  { seed, factsVersion }: ProcessingOutcome,
): Promise<MediaObject> {
  if (takesNoWords(media, factsVersion)) return media;
  const words = fillMetadata(media.objectMetadata, seed);
  await fillWords(services.db, media, { words, version: factsVersion, now: Date.now() });
  return { ...media, objectMetadata: words };
}

/** Whether a record gets its words otherwise, being new, or has all that it takes. */
function takesNoWords(media: MediaObject, factsVersion: number): boolean {
  return media.width === null || !bearsNoPersonsWords(media) || media.factsVersion >= factsVersion;
}

/**
 * The version of the readers that have told all that the record takes of its file. A record that was processed before
 * takes no words; where newer readers tell some that it lacks, it keeps its version for a scan for facts, which adds them.
 */
function versionOfFacts(media: MediaObject, outcome: ProcessingOutcome): number {
  const words = media.objectMetadata;
  return takesNoWords(media, outcome.factsVersion) || fillMetadata(words, outcome.seed) === words
    ? outcome.factsVersion
    : media.factsVersion;
}

/**
 * Only the hash of its bytes tells whether a photo that an ingest has found is the photo of a missing record: then the
 * missing record claims the photo, as it would have done at the listing. An upload keeps the id that its client was told.
 */
async function recognise(services: Services, media: MediaObject, contentHash: string): Promise<void> {
  if (media.runId === null || media.runChange !== "new") return;
  const bytes = { hash: contentHash, size: media.fileSize };
  // Before a listing is complete, no record that it has not held is known to be gone.
  const families = await familiesOf(services.db, media.provider, [bytes], "declared");
  const listing = {
    provider: media.provider,
    run: media.runId,
    now: Date.now(),
    outcome: "claimed",
  } as const;
  const gone = await inherit(services.db, listing, families.filter(isClear));
  for (const id of gone) await services.derivatives.remove(id, null);
}

/** The object vanished before it was processed: a record without a person's words is removed, any other becomes missing. */
async function recordGone(services: Services, media: MediaObject): Promise<void> {
  // A thumbnail may have been made for somebody who could not wait for its processing.
  if (await deleteIfUntouched(services.db, media)) return services.derivatives.remove(media.id, null);
  await markMissing(services.db, media, Date.now());
}
