import type { XmlElement } from "@rgrove/parse-xml";

/** A property of an XMP packet: its items, one for a simple value, each with its language if it tells one. */
export interface XmpItem {
  readonly text: string;
  readonly language: string | null;
}

/** The top-level properties of an XMP packet. */
export interface XmpPacket {
  /** The items of a property by its namespace and name; none where it is missing. */
  items(namespace: string, name: string): readonly XmpItem[];
}

const rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
// Beyond this depth nothing of interest lies: packet, RDF, description, property, container, item.
const maxDepth = 16;
/** Tags of a packet; an editor's history has some thousands. Each takes some hundred bytes of memory. */
export const maxTags = 50_000;

/** The prefixes that are declared at an element, and those around it. Never copied: both may be many. */
interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Scope | null;
}

/**
 * Reads an XMP packet (ISO 16684-1 §7): properties as elements or attributes of RDF descriptions, simple
 * or in containers. Null where it is no well-formed XML, or has a document type: XMP needs none, and the
 * entities that it may define are not to be expanded.
 */
export async function parseXmp(bytes: Uint8Array): Promise<XmpPacket | null> {
  const text = packetText(bytes);
  if (text === null) return null;
  const { parseXml, XmlElement } = await import("@rgrove/parse-xml");
  const childrenOf = (element: XmlElement): XmlElement[] =>
    element.children.filter((node) => node instanceof XmlElement);
  try {
    const { root } = parseXml(text);
    const properties = root === null ? new Map<string, XmpItem[]>() : propertiesOf(root, childrenOf);
    return { items: (namespace, name) => properties.get(namespace + name) ?? [] };
  } catch {
    // Not well-formed, or nested so deeply that the stack does not hold it.
    return null;
  }
}

/** The packet's outermost element, without the markers, padding and trailers around it; null without one. */
function packetText(bytes: Uint8Array): string | null {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  const root = /<((?:\w+:)?(?:xmpmeta|xapmeta|RDF))[\s>]/u.exec(text);
  if (root === null || text.slice(0, root.index).includes("<!DOCTYPE")) return null;
  const end = text.indexOf(">", text.lastIndexOf(`</${root[1]}`));
  if (end < root.index || text.split("<", maxTags + 1).length > maxTags) return null;
  return text.slice(root.index, end + 1);
}

/** ISO 16684-1 §7.1: any Unicode encoding; the first character is always one of ASCII or a byte order mark. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || second === 0) return "utf-16le";
  return (first === 0xfe && second === 0xff) || first === 0 ? "utf-16be" : "utf-8";
}

type Children = (element: XmlElement) => XmlElement[];

/** The properties of all descriptions in a packet, by namespace and name. */
function propertiesOf(root: XmlElement, childrenOf: Children): Map<string, XmpItem[]> {
  const properties = new Map<string, XmpItem[]>();
  // A packet that tells a property twice is not valid; the first is as good as the second.
  const add = (name: string, items: XmpItem[]): void => {
    if (!properties.has(name)) properties.set(name, items);
  };
  const visit = (element: XmlElement, outer: Scope, depth: number): void => {
    const scope = withDeclarations(element, outer);
    if (qualifiedName(element.name, scope) !== `${rdf}Description`) {
      if (depth < maxDepth) for (const child of childrenOf(element)) visit(child, scope, depth + 1);
      return;
    }
    for (const [name, text] of Object.entries(element.attributes)) {
      add(qualifiedName(name, scope), [{ text, language: null }]);
    }
    for (const child of childrenOf(element)) {
      const inner = withDeclarations(child, scope);
      add(qualifiedName(child.name, inner), itemsOf(child, inner, childrenOf));
    }
  };
  visit(root, { declared: new Map(), outer: null }, 0);
  return properties;
}

/** The scope within an element. */
function withDeclarations({ attributes }: XmlElement, outer: Scope): Scope {
  const declared = Object.entries(attributes).filter(([name]) => name.startsWith("xmlns:"));
  if (declared.length === 0) return outer;
  return { declared: new Map(declared.map(([name, uri]) => [name.slice(6), uri])), outer };
}

/** The namespace that a prefix stands for. Scopes are few: descriptions lie only so deep. */
function namespaceOf(prefix: string, scope: Scope | null): string {
  for (let each = scope; each !== null; each = each.outer) {
    const uri = each.declared.get(prefix);
    if (uri !== undefined) return uri;
  }
  return "";
}

/** Namespace and local name as one string, so that a packet may use any prefix. */
function qualifiedName(name: string, scope: Scope): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : `${namespaceOf(name.slice(0, colon), scope)}${name.slice(colon + 1)}`;
}

/** ISO 16684-1 §7.5 to §7.7: the items of a container in the property, or its text. */
function itemsOf(property: XmlElement, scope: Scope, childrenOf: Children): XmpItem[] {
  const containers = childrenOf(property);
  if (containers.length === 0) return [itemOf(property)];
  return containers.flatMap((container) => {
    const inner = withDeclarations(container, scope);
    return childrenOf(container)
      .filter((child) => qualifiedName(child.name, withDeclarations(child, inner)) === `${rdf}li`)
      .map(itemOf);
  });
}

function itemOf(element: XmlElement): XmpItem {
  return { text: element.text, language: element.attributes["xml:lang"] ?? null };
}
