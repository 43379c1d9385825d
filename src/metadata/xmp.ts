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
    const properties: Properties = root === null ? new Map() : propertiesOf(root, childrenOf);
    return { items: (namespace, name) => properties.get(namespace)?.get(name) ?? [] };
  } catch {
    // Not well-formed, or nested so deeply that the stack does not hold it.
    return null;
  }
}

/** The packet's outermost element, without the markers, padding and trailers around it; null without one. */
function packetText(bytes: Uint8Array): string | null {
  // XML 1.0 §2.11: line ends are made alike before anything else. The library does it too, but one at a time, each of them
  // with a copy of what follows, so that half a million of them took it half a minute.
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes).replaceAll(/\r\n?/gu, "\n");
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

/** Properties by namespace, then by name: both apart, as a namespace may be long and stand before very many names. */
type Properties = Map<string, Map<string, readonly XmpItem[]>>;

/** The properties of all descriptions in a packet. */
function propertiesOf(root: XmlElement, childrenOf: Children): Properties {
  const properties: Properties = new Map();
  // A packet that tells a property twice is not valid; the first is as good as the second.
  const add = ({ namespace, local }: QualifiedName, items: readonly XmpItem[]): void => {
    const names = properties.get(namespace) ?? new Map<string, readonly XmpItem[]>();
    if (!names.has(local)) names.set(local, items);
    properties.set(namespace, names);
  };
  const visit = (element: XmlElement, outer: Scope, depth: number): void => {
    const scope = withDeclarations(element, outer);
    if (!isOfRdf(element, "Description", scope)) {
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

/** A name by its namespace, so that a packet may use any prefix. */
interface QualifiedName {
  readonly namespace: string;
  readonly local: string;
}

function qualifiedName(name: string, scope: Scope): QualifiedName {
  const colon = name.indexOf(":");
  if (colon === -1) return { namespace: "", local: name };
  return { namespace: namespaceOf(name.slice(0, colon), scope), local: name.slice(colon + 1) };
}

function isOfRdf({ name }: XmlElement, wanted: string, scope: Scope): boolean {
  const { namespace, local } = qualifiedName(name, scope);
  return local === wanted && namespace === rdf;
}

/** ISO 16684-1 §7.5 to §7.7: the items of a container in the property, or its text. */
function itemsOf(property: XmlElement, scope: Scope, childrenOf: Children): XmpItem[] {
  const containers = childrenOf(property);
  if (containers.length === 0) return [itemOf(property)];
  return containers.flatMap((container) => {
    const inner = withDeclarations(container, scope);
    return childrenOf(container)
      .filter((child) => isOfRdf(child, "li", withDeclarations(child, inner)))
      .map(itemOf);
  });
}

function itemOf(element: XmlElement): XmpItem {
  return { text: element.text, language: element.attributes["xml:lang"] ?? null };
}
