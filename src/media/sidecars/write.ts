import { AppError } from "../../core/errors.ts";
import { isParked } from "../../db/ingest/placements.ts";
import { findMedia } from "../../db/media/reads.ts";
import type { MediaObject, ObjectMetadata } from "../../db/media/record.ts";
import { sidecarOf } from "../../db/sidecars/pairs.ts";
import { parseSidecarState, type SidecarState } from "../../db/sidecars/read-state.ts";
import { settleSidecar } from "../../db/sidecars/settle.ts";
import { noteWritten } from "../../db/sidecars/written.ts";
import { readPacket, type PacketWords } from "../../metadata/packet/read.ts";
import { writePacket } from "../../metadata/packet/write.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";
import { sameMetadata } from "../metadata/rules.ts";
import { providerOf } from "../providers.ts";
import { sidecarModeOf } from "./mode.ts";
import { maxSidecarBytes, readSidecarBytes } from "./read.ts";
import { wordsOfPacket, type SidecarWords } from "./words.ts";

/** How often a sidecar is merged anew that another program writes at the same moment. */
const maxAttempts = 4;

/**
 * Writes the words of a record beside its object, as `NAME.EXT.xmp`. What another program has written in there stays: its
 * own properties always, and its words until a person has taken them, which the record shows as a change. The write fails
 * where the storage has another version by then, and is made anew on top of that. Failures of the storage are thrown.
 */
export async function writeSidecar(services: Services, id: string): Promise<void> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(services.db, id);
    if (media === null || media.missingSince !== null || isParked(media)) return;
    if (sidecarModeOf(services, media.provider) !== "write") return;
    if (await isWritten(services, media)) return;
  }
  throw new AppError("storage_unavailable", "The sidecar is changing at this moment.");
}

/** What lies where the sidecar is to be written. */
interface Place {
  readonly path: string;
  /** Null where nothing lies there. */
  readonly version: string | null;
  readonly bytes: Uint8Array | null;
}

/** Writes the sidecar of a record as it was read; false if the storage has another version by then, or the photo has moved. */
async function isWritten(services: Services, media: MediaObject): Promise<boolean> {
  const provider = providerOf(services, media.provider);
  const place = await placeOf(services, provider, media);
  if (place === "changed") return false;
  if (place === "too large") return isLeft(services, media, "sidecar.too_large");
  const before = parseSidecarState(media.sidecarRead);
  const packet = place.bytes === null ? null : readPacket(place.bytes);
  const told = await wordsOfPacket(packet);
  const words = mergedWords(media.objectMetadata, { packet, told, before });
  if (place.bytes === null && Object.keys(words).length === 0) return true;
  const text = writePacket(words, {
    hierarchical: [...new Set([...told.hierarchical, ...(before?.hierarchical ?? [])])],
    existing: place.version === null ? null : place.bytes,
  });
  if (text === null) return isLeft(services, media, "sidecar.not_xmp");
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > maxSidecarBytes) return isLeft(services, media, "sidecar.too_large");
  const stored = await replaced(provider, place, bytes);
  if (stored === null) return false;
  const isOurs = place.version === null || (before?.isOurs === true && before.version === place.version);
  const isClean = sameMetadata(words, media.objectMetadata);
  return isNoted(services, media, { stored, text, isOurs, isClean });
}

/** Leaves a sidecar alone that will not be another the next time either. */
function isLeft({ log }: Services, { id }: MediaObject, why: "sidecar.not_xmp" | "sidecar.too_large"): true {
  log.warn(why, { media: id });
  return true;
}

/** The sidecar of exactly this photo, else what is to be written anew from that of all photos of the name. */
async function placeOf(
  services: Services,
  provider: StorageProvider,
  media: MediaObject,
): Promise<Place | "too large" | "changed"> {
  const known = await sidecarOf(services.db, media);
  const isOwn = known?.pathKey.slice(0, -4) === media.pathKey;
  const path = known !== null && isOwn ? known.pathKey : `${media.pathKey}.xmp`;
  const info = await provider.stat(path);
  const source =
    info === null
      ? known
      : { provider: media.provider, pathKey: path, version: info.version, fileSize: info.sizeBytes };
  if (source === null || (info === null && isOwn)) return { path, version: null, bytes: null };
  const bytes = await readSidecarBytes(services, source);
  if (bytes === null && info !== null) return info.sizeBytes > maxSidecarBytes ? "too large" : "changed";
  return { path, version: info?.version ?? null, bytes };
}

/**
 * The words that the sidecar is to have: the record's, and in the fields that another program has written since a person
 * last had its words, what it has written. A field that it has removed stays away.
 */
function mergedWords(
  own: ObjectMetadata,
  {
    packet,
    told,
    before,
  }: {
    readonly packet: PacketWords | null;
    readonly told: SidecarWords;
    readonly before: SidecarState | null;
  },
): ObjectMetadata {
  if (packet === null || before?.hash === told.hash) return own;
  const carried = packet.own ?? {};
  const isTheirs = (name: string): boolean => packet.changed.includes(name) || !Object.hasOwn(carried, name);
  const removed = new Set(packet.changed.filter((name) => !Object.hasOwn(told.words, name)));
  return Object.fromEntries([
    ...Object.entries(own).filter(([name]) => !removed.has(name)),
    ...Object.entries(told.words).filter(([name]) => isTheirs(name)),
  ]);
}

/** Stores the sidecar; nothing is stored that is there already. */
async function replaced(
  provider: StorageProvider,
  { path, version, bytes }: Place,
  text: Uint8Array,
): Promise<ObjectInfo | null> {
  if (version !== null && bytes !== null && sameBytes(bytes, text)) {
    const info = await provider.stat(path);
    return info?.version === version ? info : null;
  }
  if (provider.replace === undefined)
    throw new AppError("storage_unavailable", "The sidecar cannot be written.");
  return provider.replace(path, text, { contentType: "application/rdf+xml", version });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** A sidecar that was written, and how much of it is ours. */
interface Written {
  readonly stored: ObjectInfo;
  readonly text: string;
  readonly isOurs: boolean;
  /** Whether it has the record's words and no others. */
  readonly isClean: boolean;
}

/**
 * Sets down the version that was written, so that no listing takes it for a change. Should we die before that, a listing
 * finds that it says what the record says. False for a photo that has moved meanwhile: it has left the sidecar behind.
 */
async function isNoted(
  services: Services,
  { id, provider, pathKey }: MediaObject,
  { stored, text, isOurs, isClean }: Written,
): Promise<boolean> {
  const told = await wordsOfPacket(readPacket(new TextEncoder().encode(text)));
  const { objectKey: key, pathKey: path, version } = stored;
  await noteWritten(services.db, provider, stored, Date.now());
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(services.db, id);
    if (media === null) return true;
    if (media.provider !== provider || media.pathKey !== pathKey) return false;
    const before = parseSidecarState(media.sidecarRead);
    const hash = isClean ? told.hash : (before?.hash ?? null);
    const { hierarchical, taken, location } = told;
    const state = { path, version, hash, isOurs, hierarchical, taken, location };
    const outcome = { key, changed: !isClean, state, words: null, facts: null };
    if (await settleSidecar(services.db, media, outcome, Date.now())) break;
  }
  return true;
}
