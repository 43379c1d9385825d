import fc from "fast-check";

import { utf16 } from "../images/index.ts";

/** A packet of another program, and what in it has to stay, text by text. */
export interface OtherPacket {
  readonly text: string;
  readonly kept: readonly string[];
}

/** A property in a description: as an attribute, or as an element. */
interface Piece {
  readonly attribute: string;
  readonly element: string;
  /** Whether it carries no words. */
  readonly isKept: boolean;
}

const attribute = (name: string, value: string, isKept: boolean): Piece => ({
  attribute: `${name}="${value}"`,
  element: "",
  isKept,
});
const element = (text: string, isKept: boolean): Piece => ({ attribute: "", element: text, isKept });
const list = (name: string, container: string, items: readonly string[]): string =>
  `<${name}><R:${container}>${items.map((item) => `<R:li>${item}</R:li>`).join("")}</R:${container}></${name}>`;
const inLanguages = (name: string, items: readonly (readonly [string, string])[]): string =>
  `<${name}><R:Alt>${items.map(([language, text]) => `<R:li xml:lang="${language}">${text}</R:li>`).join("")}</R:Alt></${name}>`;

/** What other programs write: with the prefixes of {@link head}, of which `R` is RDF's. */
const pieces: readonly Piece[] = [
  attribute("d:description", "A beach", false),
  attribute("d:title", "T", false),
  attribute("ps:City", "Rome &amp; more", false),
  attribute("ps:DateCreated", "2004-01-04", true),
  attribute("x:Rating", "3", false),
  attribute("x:CreatorTool", "Tool &quot;7&quot;", true),
  attribute("crs:Exposure2012", "+0.35", true),
  attribute("e:DateTimeOriginal", "2004-01-04T18:05:09", true),
  attribute("e:GPSLatitude", "48,51.4N", true),
  attribute("e:GPSLongitude", "2,21.1E", true),
  attribute("MP:Rating", "75", false),
  element(
    inLanguages("d:description", [
      ["x-default", "Beach"],
      ["de", "Strand"],
    ]),
    false,
  ),
  element(inLanguages("d:rights", [["en", "mine"]]), false),
  element(list("d:subject", "Bag", ["beach", "sea"]), false),
  element(list("d:subject", "Seq", ["one"]), false),
  element(list("d:creator", "Seq", ["Ann", "Ben"]), false),
  element(list("l:hierarchicalSubject", "Bag", ["places|France|Paris", "beach"]), false),
  element(list("dk:TagsList", "Seq", ["places/Rome", "x/beach"]), false),
  element("<x:Rating>-1</x:Rating>", false),
  element("<x:Label>Red</x:Label>", true),
  element("<ps:Headline><![CDATA[<b>]]></ps:Headline>", true),
  element('<dt:history><R:Seq><R:li dt:operation="crop" dt:params="gz02"/></R:Seq></dt:history>', true),
  element('<o:box R:parseType="Resource"><d:title>inner</d:title><x:Rating>2</x:Rating></o:box>', true),
  element("<!-- a comment with <d:title>no title</d:title> -->", true),
  element("<?darktable keep?>", true),
  element("<o:empty/>", true),
];

const head =
  'xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:x="http://ns.adobe.com/xap/1.0/" xmlns:ps="http://ns.adobe.com/photoshop/1.0/" ' +
  'xmlns:e="http://ns.adobe.com/exif/1.0/" xmlns:l="http://ns.adobe.com/lightroom/1.0/" xmlns:dk="http://www.digikam.org/ns/1.0/" ' +
  'xmlns:MP="http://ns.microsoft.com/photo/1.0/" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" ' +
  'xmlns:dt="http://darktable.sf.net/" xmlns:o="http://example.com/o#" xmlns:tagline="http://example.com/not-ours/"';

const description: fc.Arbitrary<OtherPacket> = fc
  .record({
    chosen: fc.uniqueArray(fc.constantFrom(...pieces), {
      // One attribute of a name: more would not be XML.
      selector: (piece) => (piece.attribute === "" ? piece.element : piece.attribute.split("=")[0]),
      maxLength: 7,
    }),
    about: fc.constantFrom(' R:about=""', " R:about='uuid:1'", ""),
    blanks: fc.constantFrom("", "\n   ", "\r\n\t"),
  })
  .map(({ chosen, about, blanks }) => {
    const attributes = chosen.map((piece) => (piece.attribute === "" ? "" : ` ${piece.attribute}`)).join("");
    const content = chosen.map((piece) => (piece.element === "" ? "" : `${blanks}${piece.element}`)).join("");
    const text =
      content === ""
        ? `<R:Description${about}${attributes}/>`
        : `<R:Description${about}${attributes}>${content}${blanks}</R:Description>`;
    const kept = chosen.filter(({ isKept }) => isKept).map((piece) => piece.attribute + piece.element);
    return { text, kept };
  });

const wrappers: readonly (readonly [string, string])[] = [
  ["", ""],
  [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    "</x:xmpmeta>\n   <?xpacket end='w'?>",
  ],
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">',
    "\n</x:xmpmeta>\n",
  ],
];

/** Packets of other programs, in their many forms. */
export const otherPacket: fc.Arbitrary<OtherPacket> = fc
  .record({
    descriptions: fc.array(description, { maxLength: 3 }),
    wrapper: fc.constantFrom(...wrappers),
    isEmptyTag: fc.boolean(),
  })
  .map(({ descriptions, wrapper: [before, behind], isEmptyTag }) => {
    const open = `<R:RDF xmlns:R="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ${head}`;
    const content = descriptions.map(({ text }) => `\n ${text}`).join("");
    const rdf = content === "" && isEmptyTag ? `${open}/>` : `${open}>${content}\n</R:RDF>`;
    return { text: `${before}${rdf}${behind}`, kept: descriptions.flatMap(({ kept }) => kept) };
  });

/** A packet in one of the encodings of Unicode (ISO 16684-1 §7.1). */
export function encoded(text: string, encoding: "utf-8" | "utf-8 with a mark" | "utf-16"): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  // The text ends with two nulls, as it does in EXIF.
  if (encoding === "utf-16") return utf16(`\ufeff${text.replace("UTF-8", "UTF-16")}`).subarray(0, -2);
  return new TextEncoder().encode(`\ufeff${text}`);
}
