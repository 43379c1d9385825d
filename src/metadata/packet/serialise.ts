/** How a property holds its texts (ISO 16684-1 §7.6, §7.7): as one, in languages, without an order, or in one. */
export type PropertyForm = "simple" | "alt" | "bag" | "seq";

/** A property that is written. */
export interface PacketProperty {
  readonly namespace: string;
  /** The usual prefix of the namespace. */
  readonly prefix: string;
  readonly name: string;
  readonly form: PropertyForm;
  /** One text, but of a bag or a sequence. */
  readonly texts: readonly string[];
  /** Of an `alt`: the texts in other languages that stay beside the default one. */
  readonly translations?: readonly { readonly language: string; readonly text: string }[];
}

/** RDF's namespace (ISO 16684-1 §7.2). */
export const rdfNamespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

const containers = { alt: "Alt", bag: "Bag", seq: "Seq" } as const;

/** What XML 1.0 §2.2 cannot hold, surrogates that stand alone included, and the controls that readers leave out. */
const forbidden = /[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu;
/** A raw CR would be read as LF (XML 1.0 §2.11), and in an attribute white space would be blanks. */
const special = /[&<>"\r\n\t\ufffd]/gu;
const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\r": "&#xD;",
  // Readers take a text in which it stands for another encoding's.
  "\ufffd": "&#xFFFD;",
};
const attributeEscapes: Readonly<Record<string, string>> = {
  ...escapes,
  '"': "&quot;",
  "\n": "&#xA;",
  "\t": "&#x9;",
};

/** A text as XML can hold it: without what XML has no place for. */
export function storableText(text: string): string {
  return text.replaceAll(forbidden, "");
}

/** A text as the content of an element. */
export function elementText(text: string): string {
  return storableText(text).replaceAll(special, (character) => escapes[character] ?? character);
}

/** A text as the value of an attribute in double quotes. */
export function attributeText(text: string): string {
  return storableText(text).replaceAll(special, (character) => attributeEscapes[character] ?? character);
}

/**
 * A description with properties as elements, which declares every prefix that it uses, so that it stands in any packet.
 * `about` is the attribute that names the resource, as it stands in XML.
 */
export function descriptionText(properties: readonly PacketProperty[], about: string): string {
  const declared = new Map([["rdf", rdfNamespace]]);
  for (const { prefix, namespace } of properties) declared.set(prefix, namespace);
  const declarations = Array.from(declared, ([prefix, uri]) => `\n    xmlns:${prefix}="${uri}"`).join("");
  const elements = properties.map((property) => `   ${propertyText(property)}\n`).join("");
  return `<rdf:Description rdf:about=${about}${declarations}>\n${elements}  </rdf:Description>`;
}

function propertyText({ prefix, name, form, texts, translations = [] }: PacketProperty): string {
  const element = (content: string): string => `<${prefix}:${name}>${content}</${prefix}:${name}>`;
  if (form === "simple") return element(elementText(texts[0] ?? ""));
  const items =
    form === "alt"
      ? [{ language: "x-default", text: texts[0] ?? "" }, ...translations].map(({ language, text }) =>
          itemText(text, ` xml:lang="${attributeText(language)}"`),
        )
      : texts.map((text) => itemText(text, ""));
  const container = `rdf:${containers[form]}`;
  return element(`\n    <${container}>\n${items.join("")}    </${container}>\n   `);
}

function itemText(text: string, attributes: string): string {
  return `     <rdf:li${attributes}>${elementText(text)}</rdf:li>\n`;
}

/** A packet of one description (ISO 16684-1 §7.3), as programs write it beside a photo. */
export function packetText(description: string): string {
  return (
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n` +
    `<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Tagline">\n` +
    ` <rdf:RDF xmlns:rdf="${rdfNamespace}">\n  ${description}\n </rdf:RDF>\n</x:xmpmeta>\n` +
    `<?xpacket end="w"?>\n`
  );
}
