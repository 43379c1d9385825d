import { fillWords, markFactsRead, renewFacts } from "../../db/media/facts.ts";
import { bearsNoPersonsWords } from "../../db/media/words.ts";
import type { MediaObject, ObjectMetadata } from "../../db/media/record.ts";
import { reopenMedia } from "../../db/media/writes.ts";
import { factsVersion, type Facts, type ReadFacts } from "../../metadata/facts/facts.ts";
import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeaderWith } from "../../metadata/headers/header.ts";
import type { OrientedHeader } from "../../metadata/facts/oriented-header.ts";
import type { Services } from "../../services.ts";
import { isolateMemory } from "../../thumbnail/budget.ts";
import { factsOf, headBytes, rangeReader, storedFacts, type Look } from "./look.ts";
import { isDecodedOtherwise } from "./mended-pictures.ts";
import { processMedia } from "./process.ts";
import { providerOf } from "../providers.ts";
import { readBytes } from "./read-bytes.ts";
import { fillMetadata, seedMetadata } from "../metadata/seed.ts";
import { parseSidecarState } from "../../db/sidecars/read-state.ts";
import { withSidecarFacts } from "../sidecars/words.ts";
import { thumbnailVersionOf } from "../thumbnails/version.ts";

/**
 * Reads the facts of a settled record's file again. Only the parts of the file that tell something are read, and nothing is
 * decoded: thumbnail, state and a person's words stay, and a record that has none but the file's gets what it lacks of them.
 * Where the file turns out to show another picture than was thought (another size or orientation, or a picture at all, or
 * one whose decoder was mended), it is processed as a new one is. An object that is gone or has changed is left to ingest. Failures that may pass are thrown.
 */
export async function refreshFacts(services: Services, media: MediaObject): Promise<void> {
  const provider = providerOf(services, media.provider);
  const told = await isolateMemory.withAccount(async (account) => readAgain({ provider, media, account }));
  if (told === null) return;
  // A camera raw that was taken for a TIFF has the size of its preview, and its thumbnail or the reason why it has none.
  if (told === "unaccepted" && media.width !== null) return processAgain(services, media);
  if (told === "nothing" || told === "unaccepted") return markFactsRead(services.db, media, factsVersion);
  const { header, facts } = told;
  const renewed = { words: wordsWith(media, facts), version: factsVersion, now: Date.now() };
  const isOtherwise = isDecodedOtherwise(media, header);
  if (isOtherwise || (media.state !== "failed" && showsAnother(media, header))) {
    await fillWords(services.db, media, renewed);
    return processAgain(services, media);
  }
  const own = storedFacts(header, facts, media.intrinsic.thumbhash);
  const stored = withSidecarFacts(own, parseSidecarState(media.sidecarRead));
  await renewFacts(services.db, media, { ...renewed, facts: stored });
}

/** The words of a record with the file's words that it lacks, as if it were created now; a person's words stay. */
function wordsWith(media: MediaObject, facts: Facts): ObjectMetadata {
  return bearsNoPersonsWords(media)
    ? fillMetadata(media.objectMetadata, seedMetadata(facts))
    : media.objectMetadata;
}

/** The facts of a file; `nothing` for a corrupt file, `unaccepted` for a type that is not accepted, null if it is gone. */
async function readAgain(look: Look): Promise<ReadFacts | "nothing" | "unaccepted" | null> {
  const { provider, media, account } = look;
  const { pathKey, version, fileSize } = media;
  const length = Math.min(headBytes, fileSize);
  account.reserve(length);
  const range = { offset: 0, length };
  const first = await readBytes(account, length, { provider, pathKey, version, range });
  if (first.kind !== "read") return null;
  const parts = new FileParts(first.bytes, fileSize);
  const readRange = rangeReader(look);
  const result = await readImageHeaderWith(parts, readRange);
  if (result.kind !== "header") return result.kind === "unsupported" ? "unaccepted" : "nothing";
  return factsOf({ account, parts, header: result.header, readRange });
}

function showsAnother(media: MediaObject, header: OrientedHeader): boolean {
  return (
    media.width !== header.shownWidth ||
    media.height !== header.shownHeight ||
    media.orientation !== header.orientation
  );
}

async function processAgain(services: Services, media: MediaObject): Promise<void> {
  const { version, contentHash, fileSize, lastModified } = media;
  const same = { version, contentHash, fileSize, lastModified, thumbnailVersion: thumbnailVersionOf(media) };
  const reopened = await reopenMedia(services.db, media, same, Date.now());
  if (reopened !== null) await processMedia(services, reopened);
}
