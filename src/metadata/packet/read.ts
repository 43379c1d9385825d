import { ownWords } from "./own-words.ts";
import { factsOfPacket, type Facts } from "../facts/facts.ts";
import { parseXmp, type XmpPacket } from "../blocks/xmp/xmp.ts";
import { hierarchicalOf, leavesOf, mergedKeywords } from "./hierarchy.ts";
import { standardProperties } from "./properties.ts";
import { descriptionText, packetText } from "./serialise.ts";
import {
  saysTheSame,
  standardFields,
  type StandardField,
  type ToldFields,
  toldFields,
} from "./told-fields.ts";

/** What standard properties tell, as of a file that has nothing but XMP. */
export type PacketFacts = Pick<Facts, "caption" | "keywords" | "iptcCore" | "takenAt" | "location">;

/** The words that an XMP packet, or a sidecar, tells. */
export interface PacketWords {
  /**
   * All of `object_metadata` as our own namespace carries it; of a field whose standard property another program has
   * changed or removed since, what the packet says now, which no limit has been applied to. Null where the packet carries
   * nothing of ours.
   */
  readonly own: Readonly<Record<string, unknown>> | null;
  /** The fields of `own` in which another program's value stands, or stood until that program removed it. */
  readonly changed: readonly string[];
  /**
   * What the standard properties tell; the leaves of hierarchical keywords are among the keywords. Date and place are null
   * where they are those of `own`.
   */
  readonly facts: PacketFacts;
  /** The hierarchical keywords, each as the path from the root to the leaf, `a|b|leaf`. */
  readonly hierarchical: readonly string[];
}

/** Reads the words of an XMP packet, in any of its encodings, well-formed or not. Null where the bytes are no packet. */
export function readPacket(bytes: Uint8Array): PacketWords | null {
  const xmp = parseXmp(bytes);
  if (xmp === null) return null;
  const hierarchical = hierarchicalOf(xmp);
  const facts = packetFacts(xmp);
  const written = ownWords(xmp);
  if (written === null) return { own: null, changed: [], facts, hierarchical };
  const told = toldFields(facts);
  const expected = expectedFields(written);
  const changed = standardFields.filter((field) => isChanged(field, expected, told));
  const isOurs = (field: StandardField): boolean => expected[field] !== null && told[field] !== null;
  return {
    own: withChanges(written, changed, told),
    changed,
    facts: {
      ...facts,
      takenAt: isOurs("taken_at") ? null : facts.takenAt,
      location: isOurs("location") ? null : facts.location,
    },
    hierarchical,
  };
}

/** The facts of a packet, with the leaves of its hierarchical keywords among the keywords. */
export function packetFacts(xmp: XmpPacket): PacketFacts {
  const { caption, keywords, iptcCore, takenAt, location } = factsOfPacket(xmp);
  return { caption, keywords: mergedKeywords(keywords ?? [], leavesOf(xmp)), iptcCore, takenAt, location };
}

/** What the standard properties of words tell where nobody has changed them. */
function expectedFields(words: Readonly<Record<string, unknown>>): ToldFields {
  const text = packetText(descriptionText(standardProperties(words, []), '""'));
  const xmp = parseXmp(new TextEncoder().encode(text));
  return toldFields(
    xmp === null
      ? { caption: null, keywords: null, iptcCore: null, takenAt: null, location: null }
      : packetFacts(xmp),
  );
}

/**
 * Whether another program has changed a field. A date and a place beside words that have none are the photo's, which no
 * person wrote.
 */
function isChanged(field: StandardField, expected: ToldFields, told: ToldFields): boolean {
  const isFilesOwn = (field === "taken_at" || field === "location") && expected[field] === null;
  return !isFilesOwn && !saysTheSame(field, expected, told);
}

/** Words with what a packet tells of the changed fields, each where it was. */
function withChanges(
  words: Readonly<Record<string, unknown>>,
  changed: readonly StandardField[],
  told: ToldFields,
): Readonly<Record<string, unknown>> {
  if (changed.length === 0) return words;
  const merged = new Map(Object.entries(words));
  for (const field of changed) {
    if (told[field] === null) merged.delete(field);
    else merged.set(field, told[field]);
  }
  return Object.fromEntries(merged);
}
