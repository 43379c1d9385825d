import { merged } from "./merge.ts";
import { standardProperties, wholeOf, type Words } from "./properties.ts";
import { descriptionText, packetText } from "./serialise.ts";
import { isBlankSpan } from "./well-formed.ts";

/** What a packet is written with, beside the words. */
export interface PacketOptions<Existing extends Uint8Array | null = Uint8Array | null> {
  /** Hierarchical keywords as paths, `a|b|leaf`; those count whose leaf is a keyword of the words. */
  readonly hierarchical: readonly string[];
  /** The packet or sidecar, in any encoding, whose other properties are to stay; null for a new packet. */
  readonly existing: Existing;
}

/**
 * All of `object_metadata` as an XMP packet (ISO 16684-1), by standard properties where there are any and as a whole in our
 * own namespace. In an existing packet only the properties that carry words are replaced: the packet then says exactly
 * these words. Null where there is an existing packet and it is not well-formed XMP, so that nothing in it can be kept.
 */
export function writePacket(words: Words, options: PacketOptions<null>): string;
export function writePacket(words: Words, options: PacketOptions): string | null;
export function writePacket(words: Words, { hierarchical, existing }: PacketOptions): string | null {
  if (existing !== null && !isBlankSpan(existing, { start: 0, end: existing.length })) {
    return merged(existing, words, hierarchical);
  }
  return packetText(descriptionText([...standardProperties(words, hierarchical), wholeOf(words)], '""'));
}
