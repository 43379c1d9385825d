import type { Span } from "./xml-scanner.ts";

/** A name of an element or attribute, taken apart at its colon; one without a colon has no prefix. */
export interface PrefixedName {
  readonly prefix: string;
  readonly local: string;
}

/** The namespaces that are declared at an element by their prefixes, and those around it. Never copied: both may be many. */
export interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Scope | null;
}

const tableSlots = 1024;

/** The names of a document. Most of them come again and again, and are decoded only where they differ from the last. */
export class NameTable {
  readonly #bytes: Uint8Array;
  readonly #slots: ({ readonly span: Span; readonly name: PrefixedName } | undefined)[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  nameAt(span: Span): PrefixedName {
    let hash = span.end - span.start;
    for (let at = span.start; at < span.end; at++) hash = (hash * 31 + (this.#bytes[at] ?? 0)) | 0;
    const slot = (hash >>> 0) % tableSlots;
    const held = this.#slots[slot];
    if (held !== undefined && sameBytes(this.#bytes, held.span, span)) return held.name;
    const text = new TextDecoder().decode(this.#bytes.subarray(span.start, span.end));
    const colon = text.indexOf(":");
    const name =
      colon === -1
        ? { prefix: "", local: text }
        : { prefix: text.slice(0, colon), local: text.slice(colon + 1) };
    this.#slots[slot] = { span, name };
    return name;
  }
}

/** Whether two pieces of a document are the same. */
export function sameBytes(bytes: Uint8Array, one: Span, other: Span): boolean {
  if (one.end - one.start !== other.end - other.start) return false;
  for (let at = one.start, by = other.start - one.start; at < one.end; at++) {
    if (bytes[at] !== bytes[at + by]) return false;
  }
  return true;
}

/** Whether an attribute declares a namespace, and for which prefix; null where it does not. */
export function declaredPrefix({ prefix, local }: PrefixedName): string | null {
  if (prefix === "xmlns") return local;
  return prefix === "" && local === "xmlns" ? "" : null;
}

/** Namespaces with an end that some leave out are the same without it. */
export function sameNamespace(uri: string): string {
  const trimmed = uri.trim();
  return trimmed.endsWith("/") || trimmed.endsWith("#") ? trimmed.slice(0, -1) : trimmed;
}

/** What these prefixes stand for where a packet uses them and does not declare them (ISO 16684-1 §8, IPTC, EXIF). */
const usual: Readonly<Record<string, string>> = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns",
  dc: "http://purl.org/dc/elements/1.1",
  xmp: "http://ns.adobe.com/xap/1.0",
  xap: "http://ns.adobe.com/xap/1.0",
  xmpRights: "http://ns.adobe.com/xap/1.0/rights",
  xapRights: "http://ns.adobe.com/xap/1.0/rights",
  xmpNote: "http://ns.adobe.com/xmp/note",
  photoshop: "http://ns.adobe.com/photoshop/1.0",
  tiff: "http://ns.adobe.com/tiff/1.0",
  exif: "http://ns.adobe.com/exif/1.0",
  exifEX: "http://cipa.jp/exif/1.0",
  aux: "http://ns.adobe.com/exif/1.0/aux",
  Iptc4xmpCore: "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns",
  Iptc4xmpExt: "http://iptc.org/std/Iptc4xmpExt/2008-02-29",
};

/** The namespace of a name; a prefix that is unknown stands for itself. Scopes are few: elements lie only so deep. */
export function namespaceOf(prefix: string, scope: Scope | null): string {
  for (let each = scope; each !== null; each = each.outer) {
    const uri = each.declared.get(prefix);
    if (uri !== undefined) return uri;
  }
  if (prefix === "") return "";
  return Object.hasOwn(usual, prefix) ? (usual[prefix] ?? prefix) : prefix;
}
