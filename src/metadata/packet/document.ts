import { asUtf8 } from "../blocks/xmp/xml-text.ts";
import { declaredPrefix, NameTable, sameBytes, sameNamespace, type Scope } from "../blocks/xmp/xml-names.ts";
import { type Span, type Token, XmlScanner } from "../blocks/xmp/xml-scanner.ts";
import { rdf } from "../blocks/xmp/values.ts";
import {
  blanksBefore,
  isBlankSpan,
  isComment,
  isContent,
  isQualifiedName,
  isXmlText,
  type PlacedAttribute,
  placedAttributes,
} from "./well-formed.ts";

/** A property of a description, as an element or an attribute: where it stands, with the blanks before it. */
export interface PlacedProperty {
  readonly namespace: string;
  readonly name: string;
  readonly span: Span;
}

/** A description in RDF: where it stands, with the blanks before it, and what is in it. */
export interface PlacedDescription {
  readonly span: Span;
  /** The resource that it describes, as the document writes it, in quotes. */
  readonly about: string;
  readonly properties: readonly PlacedProperty[];
  /** Whether anything but properties, declarations and blanks is in it. */
  readonly hasMore: boolean;
}

/** A well-formed packet, with its properties where they stand. */
export interface PacketDocument {
  /** UTF-8, without a mark of byte order. */
  readonly bytes: Uint8Array;
  readonly descriptions: readonly PlacedDescription[];
  /** Where a description may be added: behind the last thing in RDF. */
  readonly room: Span;
  /** What has to stand before and behind that description: RDF may have been an empty element. */
  readonly around: readonly [string, string];
}

type Role = "outside" | "rdf" | "description" | "inside";

/** A description while its end has not come. */
class OpenDescription {
  readonly start: number;
  readonly about: string;
  readonly properties: PlacedProperty[] = [];
  hasMore = false;

  constructor(start: number, about: string) {
    this.start = start;
    this.about = about;
  }
}

interface Frame {
  readonly role: Role;
  readonly name: Span;
  readonly start: number;
  readonly scope: Scope | null;
  /** Of a description itself. */
  readonly description: OpenDescription | null;
}

/** An attribute with what its name means. */
interface KnownAttribute extends PlacedAttribute {
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
}

/** As deep as the reader looks: a property has a dozen levels. A bound keeps the search for a prefix short. */
const maxDepth = 64;
const colon = 0x3a;

/** What a document is refused by, inside of {@link placedPacket} alone. */
class NotWellFormed extends Error {}

function must(condition: boolean): asserts condition {
  if (!condition) throw new NotWellFormed();
}

/**
 * Finds the properties of an XMP packet in any encoding (ISO 16684-1 §7). Null where it is not XML 1.0 with namespaces, has
 * a document type, or has not exactly one RDF: of such a document nobody can say what a change would leave of it.
 */
export function placedPacket(given: Uint8Array): PacketDocument | null {
  const converted = asUtf8(given);
  const isMarked = converted[0] === 0xef && converted[1] === 0xbb && converted[2] === 0xbf;
  const bytes = isMarked ? converted.subarray(3) : converted;
  if (!isXmlText(bytes)) return null;
  // Halves of characters in UTF-16 become a replacement character: then the text is not what was written.
  if (converted !== given && new TextDecoder().decode(bytes).includes("\ufffd")) return null;
  try {
    return new PacketReader(bytes).read();
  } catch (error) {
    if (error instanceof NotWellFormed) return null;
    throw error;
  }
}

class PacketReader {
  readonly #bytes: Uint8Array;
  readonly #names: NameTable;
  readonly #scanner: XmlScanner;
  readonly #frames: Frame[] = [];
  readonly #descriptions: PlacedDescription[] = [];
  #hasRoot = false;
  #hasRdf = false;
  #room: Span = { start: 0, end: 0 };
  #around: readonly [string, string] = ["", ""];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#names = new NameTable(bytes);
    this.#scanner = new XmlScanner(bytes);
  }

  read(): PacketDocument {
    for (;;) {
      const start = this.#scanner.position;
      const token = this.#scanner.next();
      if (token === null) break;
      this.#take(token, start);
    }
    must(this.#frames.length === 0 && this.#hasRdf);
    return {
      bytes: this.#bytes,
      descriptions: this.#descriptions,
      room: this.#room,
      around: this.#around,
    };
  }

  #take(token: Token, start: number): void {
    if (token.kind === "open") this.#open(token, start);
    else if (token.kind === "close") this.#close(token.span);
    else if (token.kind === "instruction") this.#pass(token.span, start);
    else if (token.kind === "text") this.#text(token.span);
    else {
      must(token.kind === "section" && this.#frames.length > 0);
      this.#note();
    }
  }

  /** A description that has anything but properties stays, whatever is taken out of it. */
  #note(): void {
    const description = this.#frames.at(-1)?.description ?? null;
    if (description !== null) description.hasMore = true;
  }

  #text(span: Span): void {
    const isBlank = isBlankSpan(this.#bytes, span);
    must(isBlank || (this.#frames.length > 0 && isContent(this.#bytes, span)));
    if (!isBlank) this.#note();
  }

  /** A comment or an instruction; an XML declaration stands at the beginning alone. */
  #pass(span: Span, start: number): void {
    this.#note();
    const kind = String.fromCharCode(...this.#bytes.subarray(start, start + 4));
    if (kind === "<!--") {
      must(isComment(this.#bytes, span));
      return;
    }
    must(kind.startsWith("<?"));
    const text = new TextDecoder().decode(this.#bytes.subarray(span.start, span.end));
    const target = /^[^\s?]+/u.exec(text)?.[0] ?? "";
    must(isQualifiedName({ prefix: "", local: target }));
    must(target.toLowerCase() !== "xml" || (start === 0 && target === "xml" && isKnownEncoding(text)));
  }

  #open({ span, attributes, isEmpty }: Extract<Token, { kind: "open" }>, start: number): void {
    const parent = this.#frames.at(-1) ?? null;
    must(this.#frames.length < maxDepth && (parent !== null || !this.#hasRoot));
    this.#hasRoot = true;
    const placed = placedAttributes(this.#bytes, attributes);
    must(placed !== null);
    const { scope, known } = this.#declare(placed, parent?.scope ?? null);
    const name = this.#names.nameAt(span);
    must(isQualifiedName(name) && this.#bytes[span.start] !== colon);
    const namespace = knownNamespace(name.prefix, scope);
    const role = roleOf(parent?.role ?? "outside", namespace, name.local);
    if (role === "rdf") {
      must(!this.#hasRdf);
      this.#hasRdf = true;
    }
    const description = role === "description" ? this.#describe(known, start) : null;
    this.#frames.push({ role, name: span, start, scope, description });
    if (isEmpty) this.#closeEmpty(span);
  }

  /** The attributes that say something, and the namespaces that count from here on. */
  #declare(
    placed: readonly PlacedAttribute[],
    outer: Scope | null,
  ): { scope: Scope | null; known: readonly KnownAttribute[] } {
    const declared = new Map<string, string>();
    const others: PlacedAttribute[] = [];
    for (const attribute of placed) {
      const prefix = declaredPrefix(this.#names.nameAt(attribute.name));
      if (prefix === null) others.push(attribute);
      else {
        const uri = this.#textOf(attribute.value);
        must(!declared.has(prefix) && prefix !== "xmlns" && (prefix === "" || uri !== ""));
        declared.set(prefix, sameNamespace(uri));
      }
    }
    const scope = declared.size === 0 ? outer : { declared, outer };
    // By namespace and then by name: a namespace may be long and stand before very many names.
    const seen = new Map<string, Set<string>>();
    const known = others.map((attribute) => {
      const { prefix, local } = this.#names.nameAt(attribute.name);
      must(isQualifiedName({ prefix, local }) && this.#bytes[attribute.name.start] !== colon);
      const namespace = prefix === "" ? "" : knownNamespace(prefix, scope);
      const names = seen.get(namespace) ?? new Set();
      must(!names.has(local));
      seen.set(namespace, names.add(local));
      return { name: attribute.name, value: attribute.value, span: attribute.span, prefix, local, namespace };
    });
    return { scope, known };
  }

  #describe(attributes: readonly KnownAttribute[], start: number): OpenDescription {
    const description = new OpenDescription(blanksBefore(this.#bytes, start), this.#aboutOf(attributes));
    for (const { prefix, namespace, local, span } of attributes) {
      const isAbout = (namespace === rdf || prefix === "") && local === "about";
      if (prefix === "xml" || prefix === "" || namespace === rdf) description.hasMore ||= !isAbout;
      else description.properties.push({ namespace, name: local, span });
    }
    return description;
  }

  #aboutOf(attributes: readonly KnownAttribute[]): string {
    const about = attributes.find(({ namespace, local }) => namespace === rdf && local === "about");
    return about === undefined
      ? '""'
      : this.#textOf({ start: about.value.start - 1, end: about.value.end + 1 });
  }

  #close(span: Span): void {
    const frame = this.#frames.pop();
    must(frame !== undefined && sameBytes(this.#bytes, frame.name, span));
    must(isBlankSpan(this.#bytes, { start: span.end, end: this.#scanner.position - 1 }));
    if (frame.role === "rdf") {
      const at = blanksBefore(this.#bytes, span.start - 2);
      this.#room = { start: at, end: at };
    }
    this.#finish(frame);
  }

  #closeEmpty(name: Span): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    if (frame.role === "rdf") {
      const end = this.#scanner.position;
      this.#room = { start: end - 2, end };
      this.#around = [">", `\n</${this.#textOf(name)}>`];
    }
    this.#finish(frame);
  }

  #finish({ start, name, scope, description }: Frame): void {
    const end = this.#scanner.position;
    if (description !== null) {
      const { about, properties, hasMore } = description;
      const span = { start: description.start, end };
      this.#descriptions.push({ span, about, properties, hasMore });
    }
    const owner = this.#frames.at(-1)?.description ?? null;
    if (owner === null) return;
    const { prefix, local } = this.#names.nameAt(name);
    owner.properties.push({
      namespace: knownNamespace(prefix, scope),
      name: local,
      span: { start: blanksBefore(this.#bytes, start), end },
    });
  }

  #textOf({ start, end }: Span): string {
    return new TextDecoder().decode(this.#bytes.subarray(start, end));
  }
}

function roleOf(parent: Role, namespace: string, local: string): Role {
  if (parent === "outside") return namespace === rdf && local === "RDF" ? "rdf" : "outside";
  return parent === "rdf" && namespace === rdf && local === "Description" ? "description" : "inside";
}

/** The namespace of a prefix, which has to be declared; a name without a prefix may have none. */
function knownNamespace(prefix: string, scope: Scope | null): string {
  for (let each = scope; each !== null; each = each.outer) {
    const uri = each.declared.get(prefix);
    if (uri !== undefined) return uri;
  }
  must(prefix === "" || prefix === "xml");
  return prefix === "" ? "" : "http://www.w3.org/XML/1998/namespace";
}

const encoding = /\sencoding\s*=\s*["']([\w.-]{1,40})["']/u;

/** Whether a declaration names an encoding of Unicode, or none: the bytes are what `asUtf8` took them for. */
function isKnownEncoding(declaration: string): boolean {
  const [, name] = encoding.exec(declaration) ?? [];
  return name === undefined || /^(?:utf-?(?:8|16|32)(?:[bl]e)?|us-ascii|iso-10646-ucs-[24])$/iu.test(name);
}
