import { asUtf8 } from "./xml-text.ts";
import { KeptBudget, tells, type XmpItem } from "./properties.ts";
import { XmpReader } from "./reader.ts";

export type { XmpItem } from "./properties.ts";

/** The top-level properties of an XMP packet. */
export interface XmpPacket {
  /** The items of a property by its namespace and name, one for a simple value; none where it is missing. */
  items(namespace: string, name: string): readonly XmpItem[];
}

/**
 * Reads an XMP packet (ISO 16684-1 §7): properties as elements or attributes of RDF descriptions, simple or in containers.
 * It need not be well-formed: what can be understood is told. Null where there is no packet, or one with a document type:
 * XMP needs none, and the entities that it may define are not to be expanded.
 */
export function parseXmp(bytes: Uint8Array, budget: KeptBudget = new KeptBudget()): XmpPacket | null {
  return new XmpReader(asUtf8(bytes), budget).read();
}

/** Several packets as one: of each property the first that tells something counts. Null for none. */
export function mergedXmp(packets: readonly XmpPacket[]): XmpPacket | null {
  if (packets.length <= 1) return packets[0] ?? null;
  return {
    items: (namespace, name): readonly XmpItem[] => {
      const found = packets.map((packet) => packet.items(namespace, name));
      return found.find(tells) ?? found.find((items) => items.length > 0) ?? [];
    },
  };
}
