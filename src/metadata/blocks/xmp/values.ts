import { sameNamespace } from "./xml-names.ts";
import type { ItemCollector, XmpItem } from "./properties.ts";

/** RDF's own namespace, as `sameNamespace` writes it. */
export const rdf = sameNamespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#");

/** What has been read of a property or an item. */
export interface Value {
  readonly namespace: string;
  readonly local: string;
  readonly language: string | null;
  readonly text: string;
  /** Where the value is told apart from its qualifiers, or by an address. */
  readonly told: string | null;
  /** Whether it is made of fields, or of items. */
  readonly isCompound: boolean;
  /** The items of a property. */
  readonly collector: ItemCollector;
}

/** A value while it is being read. */
export type OpenValue = { -readonly [Part in keyof Value]: Value[Part] };

/** A property or an item of which nothing has been read. */
export function newValue(namespace: string, local: string, collector: ItemCollector): OpenValue {
  return { namespace, local, language: null, text: "", told: null, isCompound: false, collector };
}

/** Whether a value is a text, or has one beside its qualifiers. */
export function isSimple({ told, text, isCompound }: Value): boolean {
  return told !== null || !isCompound || text.trim() !== "";
}

/** A simple value as an item. */
export function itemOf({ told, text, language }: Value): XmpItem {
  return { text: told ?? text, language };
}

/** ISO 16684-1 §7.4 and §7.9: what the attributes of a property, of an item, or of a structure in one of them mean. */
export function applyAttribute(
  value: OpenValue,
  {
    namespace,
    prefix,
    local,
    text,
  }: { namespace: string; prefix: string; local: string; text: () => string },
): void {
  if (prefix === "xml") {
    if (local === "lang") value.language = text();
  } else if (namespace !== rdf) value.isCompound ||= namespace !== "";
  else if (local === "parseType") value.isCompound ||= text() === "Resource";
  else if (local === "value" || (local === "resource" && value.told === null)) value.told = text();
}
