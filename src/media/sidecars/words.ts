import { appErrorOf } from "../../core/errors.ts";
import type { IntrinsicFacts, ObjectMetadata } from "../../db/media/record.ts";
import type { SidecarState } from "../../db/sidecars/read-state.ts";
import type { PacketWords } from "../../metadata/packet/read.ts";
import { hashOfWords } from "../history/words-hash.ts";
import { checkMetadata } from "../metadata/rules.ts";
import { fillMetadata, seedMetadata } from "../metadata/seed.ts";

/** What a sidecar says of its photos. */
export interface SidecarWords extends Pick<SidecarState, "taken" | "location" | "hierarchical"> {
  /** The fields that the sidecar has, each by the rules of the field. */
  readonly words: ObjectMetadata;
  /** Names all of this: the words of another version are others if this is another. */
  readonly hash: string;
}

/** A sidecar that says nothing: it is no XMP, or too large. */
const nothing = { words: {}, taken: null, location: null, hierarchical: [] } as const;

/**
 * What a packet says, as the words of a record: what our own namespace carries as it was, the rest as a file's own words
 * are taken. A field that breaks a rule is left out, since anybody may have written it.
 */
export async function wordsOfPacket(packet: PacketWords | null): Promise<SidecarWords> {
  const told = packet === null ? nothing : tell(packet);
  return { ...told, hash: await hashOfWords({ words: told.words, taken: told.taken, place: told.location }) };
}

function tell({ own, changed, facts, hierarchical }: PacketWords): Omit<SidecarWords, "hash"> {
  const seed = seedMetadata(facts);
  const kept = Object.entries(own ?? {}).filter(([name]) => !changed.includes(name));
  const exact = kept.flatMap(([name, value]) => Object.entries(checkedField(name, value)));
  const words = fillMetadata(fillMetadata({}, Object.fromEntries(exact)), seed);
  return { words, taken: facts.takenAt, location: facts.location, hierarchical };
}

/** A field by itself, as a person could have written it; nothing where the rules forbid that. */
function checkedField(name: string, value: unknown): ObjectMetadata {
  try {
    return checkMetadata({ [name]: value });
  } catch (cause) {
    if (appErrorOf(cause)?.code === "validation_error") return {};
    throw cause;
  }
}

/** The facts of a file in which those of a sidecar stand before the file's own. */
interface DatedFacts {
  readonly takenAt: string | null;
  readonly takenAtOffset: string | null;
  readonly intrinsic: IntrinsicFacts;
}

/**
 * Puts the date and the place of a sidecar before the file's own. The time of a digitisation says less than the file's own
 * time, and stands in for it only.
 */
export function withSidecarFacts<T extends DatedFacts>(
  facts: T,
  sidecar: Pick<SidecarState, "taken" | "location"> | null,
): T {
  if (sidecar === null) return facts;
  const { location } = sidecar;
  const taken = sidecar.taken?.source === "digitized" && facts.takenAt !== null ? null : sidecar.taken;
  const intrinsic = {
    ...facts.intrinsic,
    ...(taken === null ? {} : { taken: { precision: taken.precision, source: taken.source } }),
    ...(location === null ? {} : { location }),
  };
  const time = taken === null ? {} : { takenAt: taken.local, takenAtOffset: taken.offset };
  return { ...facts, ...time, intrinsic };
}
