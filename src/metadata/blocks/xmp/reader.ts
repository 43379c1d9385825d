import { decodeAttribute, decodeSection, decodeText } from "./xml-text.ts";
import { declaredPrefix, namespaceOf, NameTable, sameBytes, sameNamespace, type Scope } from "./xml-names.ts";
import { applyAttribute, isSimple, itemOf, newValue, type OpenValue, rdf, type Value } from "./values.ts";
import { attributesIn, type Span, type Token, XmlScanner } from "./xml-scanner.ts";
import { ItemCollector, type KeptBudget, maxValueUnits, XmpProperties } from "./properties.ts";

/**
 * What an element is in a packet (ISO 16684-1 §7). `outside`: what is around descriptions. `description`: of the picture.
 * `property` and `item`: they have a value. `container`: of items. `structure`: fields of a value. `value`: the value of
 * one that has qualifiers. `markup`: an element within a text. `ignored`: what tells nothing, with all in it.
 */
type Role =
  | "outside"
  | "description"
  | "property"
  | "container"
  | "item"
  | "structure"
  | "value"
  | "markup"
  | "ignored";

/** An element that is open. */
interface Frame {
  readonly role: Role;
  readonly name: Span;
  readonly scope: Scope | null;
  readonly declaredCount: number;
  /** Of a property, an item, or the value of one: what belongs to it. */
  readonly value: OpenValue | null;
}

const envelopes: ReadonlySet<string> = new Set(["xmpmeta", "xapmeta", "RDF"]);
const containers: ReadonlySet<string> = new Set(["bag", "seq", "alt"]);
// Beyond this depth no description is looked for: packet, RDF, description.
const maxOutsideDepth = 16;
// Elements below this one are counted only. A property with containers in structures in containers has a dozen.
const maxDepth = 64;
/** Prefixes that are declared at a time. */
const maxDeclared = 4096;

/** Reads one packet's properties, well-formed or not; what has a document type tells nothing. */
export class XmpReader {
  readonly #bytes: Uint8Array;
  readonly #names: NameTable;
  readonly #properties: XmpProperties;
  readonly #frames: Frame[] = [];
  #below = 0;
  #declared = 0;
  #hasBegun = false;

  constructor(bytes: Uint8Array, budget: KeptBudget) {
    this.#bytes = bytes;
    this.#names = new NameTable(bytes);
    this.#properties = new XmpProperties(budget);
  }

  /** The properties of the first packet; null where there is none. */
  read(): XmpProperties | null {
    const scanner = new XmlScanner(this.#bytes);
    for (let token = scanner.next(); token !== null; token = scanner.next()) {
      if (token.kind === "document_type") return null;
      const isOver = this.#take(token);
      if (isOver) return this.#properties;
    }
    // The end is missing. A property that has whole items is told, the text of one that was cut off is not.
    for (const { role, value } of this.#frames) {
      if (role === "property" && value !== null && value.collector.items.length > 0) this.#tell(value);
    }
    return this.#hasBegun ? this.#properties : null;
  }

  /** Whether the packet ends with a token. */
  #take(token: Token): boolean {
    if (token.kind === "open") {
      this.#open(token);
      return token.isEmpty && this.#close(token.span);
    }
    if (token.kind === "close") return this.#close(token.span);
    if (token.kind === "instruction") return this.#isEnd(token.span);
    this.#addText(token);
    return false;
  }

  /** Whether an instruction is the mark of a packet's end, or of the next one's beginning. */
  #isEnd({ start }: Span): boolean {
    const isMark =
      this.#hasBegun && String.fromCharCode(...this.#bytes.subarray(start, start + 7)) === "xpacket";
    if (isMark) this.#closeTo(0);
    return isMark;
  }

  #addText({ kind, span }: Token): void {
    const frame = this.#frames.at(-1);
    const value = frame?.value;
    if (this.#below > 0 || frame === undefined || value === null || value === undefined) return;
    if (!takesText(frame.role) || value.text.length >= maxValueUnits) return;
    const piece = this.#bytes.subarray(span.start, Math.min(span.end, span.start + maxValueUnits));
    value.text += kind === "section" ? decodeSection(piece) : decodeText(piece);
  }

  #open({ span, attributes }: Extract<Token, { kind: "open" }>): void {
    if (this.#below > 0 || this.#frames.length >= maxDepth) {
      this.#below += 1;
      return;
    }
    const parent = this.#frames.at(-1);
    if (parent?.role === "ignored") {
      this.#frames.push({ ...parent, name: span, declaredCount: 0 });
      return;
    }
    const outer = parent?.scope ?? null;
    const scope = this.#withDeclarations(attributes, outer);
    const declaredCount = scope === outer ? 0 : (scope?.declared.size ?? 0);
    this.#declared += declaredCount;
    const name = this.#names.nameAt(span);
    const namespace = namespaceOf(name.prefix, scope);
    if (envelopes.has(name.local)) this.#hasBegun = true;
    const role = this.#roleOf(namespace, name.local);
    const frame = {
      role,
      name: span,
      scope,
      declaredCount,
      value: this.#valueOf(role, namespace, name.local),
    };
    this.#frames.push(frame);
    this.#readAttributes(frame, attributes);
  }

  /** What an element is by where it stands; what had to be closed before it is closed. */
  #roleOf(namespace: string, local: string): Role {
    const parent = this.#frames.at(-1)?.role ?? "outside";
    const rdfName = namespace === rdf ? local.toLowerCase() : null;
    if (parent === "outside") {
      if (rdfName === "description") {
        this.#hasBegun = true;
        return "description";
      }
      return this.#frames.length < maxOutsideDepth ? "outside" : "ignored";
    }
    if (parent === "description") {
      if (rdfName === "description") return "description";
      return rdfName === null ? "property" : "ignored";
    }
    return rdfName === null ? this.#otherRole(parent, namespace) : this.#rdfRole(parent, rdfName);
  }

  /** ISO 16684-1 §7.5 to §7.9: what RDF's own elements are in a property. */
  #rdfRole(parent: Role, rdfName: string): Role {
    if (rdfName === "value") return "value";
    if (rdfName === "description") return "structure";
    if (rdfName === "li") {
      // An item in an item: the first was not closed.
      if (parent === "item") this.#closeTo(this.#frames.length - 1);
      return parent === "structure" ? "ignored" : "item";
    }
    return containers.has(rdfName) && parent !== "structure" ? "container" : "ignored";
  }

  /** What an element of another name is in a property. */
  #otherRole(parent: Role, namespace: string): Role {
    const value = this.#frames.at(-1)?.value ?? null;
    if (namespace === "") return takesText(parent) ? "markup" : "ignored";
    if (
      parent === "structure" ||
      (takesText(parent) && value?.isCompound === true && value.text.trim() === "")
    ) {
      return parent === "property" && (value?.collector.items.length ?? 0) > 0
        ? this.#nextProperty()
        : "ignored";
    }
    return this.#nextProperty();
  }

  /** The property that is open was not closed: another one begins. */
  #nextProperty(): Role {
    const at = this.#frames.findLastIndex(({ role }) => role === "description");
    this.#closeTo(at + 1);
    return "property";
  }

  #valueOf(role: Role, namespace: string, local: string): OpenValue | null {
    if (role === "property") return newValue(namespace, local, new ItemCollector());
    const outer = this.#frames.at(-1)?.value ?? null;
    if (outer === null || role === "ignored") return null;
    if (role === "container" || role === "structure") outer.isCompound = true;
    return role === "item" || role === "value" ? newValue("", "", outer.collector) : outer;
  }

  #readAttributes({ role, scope, value }: Frame, attributes: Span): void {
    if (role === "outside" || role === "container" || role === "markup" || role === "ignored") return;
    for (const attribute of attributesIn(this.#bytes, attributes)) {
      const name = this.#names.nameAt(attribute.name);
      if (declaredPrefix(name) !== null) continue;
      const namespace = name.prefix === "" ? "" : namespaceOf(name.prefix, scope);
      const text = (): string => this.#attributeText(attribute.value);
      if (role === "description") {
        if (namespace !== rdf)
          this.#properties.add(namespace, name.local, [{ text: text(), language: null }]);
      } else if (value !== null)
        applyAttribute(value, { namespace, prefix: name.prefix, local: name.local, text });
    }
  }

  #attributeText({ start, end }: Span): string {
    return decodeAttribute(this.#bytes.subarray(start, Math.min(end, start + maxValueUnits)));
  }

  #withDeclarations(attributes: Span, outer: Scope | null): Scope | null {
    let declared: Map<string, string> | null = null;
    for (const attribute of attributesIn(this.#bytes, attributes)) {
      const prefix = declaredPrefix(this.#names.nameAt(attribute.name));
      if (prefix === null || this.#declared + (declared?.size ?? 0) >= maxDeclared) continue;
      declared ??= new Map();
      if (!declared.has(prefix)) declared.set(prefix, sameNamespace(this.#attributeText(attribute.value)));
    }
    return declared === null ? outer : { declared, outer };
  }

  /** Closes an element and those in it that were not closed; one that is not open is passed over. */
  #close(name: Span): boolean {
    if (this.#below > 0) {
      this.#below -= 1;
      return false;
    }
    const at = this.#frames.findLastIndex((frame) => sameBytes(this.#bytes, frame.name, name));
    if (at === -1) return false;
    this.#closeTo(at);
    return at === 0 && this.#hasBegun;
  }

  #closeTo(count: number): void {
    while (this.#frames.length > count) {
      const frame = this.#frames.pop();
      if (frame === undefined) return;
      this.#declared -= frame.declaredCount;
      this.#finish(frame);
    }
  }

  #finish({ role, value }: Frame): void {
    if (value === null) return;
    if (role === "property") this.#tell(value);
    else if (role === "item" && isSimple(value)) value.collector.push(itemOf(value));
    else if (role === "value") {
      const owner = this.#frames.findLast(
        (frame) => frame.role === "item" || frame.role === "property",
      )?.value;
      if (owner !== null && owner !== undefined && isSimple(value)) owner.told = value.told ?? value.text;
    }
  }

  #tell(value: Value): void {
    const { namespace, local, collector } = value;
    const items = collector.items.length === 0 && isSimple(value) ? [itemOf(value)] : collector.items;
    this.#properties.add(namespace, local, items);
  }
}

/** Whether the text of an element with this role is its value's. */
function takesText(role: Role): boolean {
  return role === "property" || role === "item" || role === "value" || role === "markup";
}
