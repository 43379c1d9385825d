import { describe, expect, it } from "vitest";
import { parseXmp } from "../../../src/metadata/blocks/xmp/xmp.ts";
import { joined, latin1, utf16, xmpPacket } from "../../support/images/index.ts";
import { factsOfJpeg } from "../facts/facts-of.ts";

const dublinCore = "http://purl.org/dc/elements/1.1/";
const encoded = (packet: string) => new TextEncoder().encode(packet);

/** The texts of a Dublin Core property. */
function texts(packet: string | Uint8Array, name = "description") {
  const parsed = parseXmp(typeof packet === "string" ? encoded(packet) : packet);
  return parsed === null ? null : parsed.items(dublinCore, name).map(({ text }) => text);
}

describe("parseXmp", () => {
  it.each([
    ["an element", xmpPacket("<dc:description>Beach</dc:description>"), ["Beach"]],
    ["an attribute", xmpPacket("", 'dc:description="Beach"'), ["Beach"]],
    [
      "a bag",
      xmpPacket("<dc:description><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Bag></dc:description>"),
      ["a", "b"],
    ],
    [
      "a sequence",
      xmpPacket("<dc:description><rdf:Seq><rdf:li>a</rdf:li></rdf:Seq></dc:description>"),
      ["a"],
    ],
    [
      "an element twice",
      xmpPacket("<dc:description>a</dc:description><dc:description>b</dc:description>"),
      ["a"],
    ],
    [
      "references and CDATA",
      xmpPacket("<dc:description>&lt;&#66;&#x65;&amp;<![CDATA[<b>]]></dc:description>"),
      ["<Be&<b>"],
    ],
    [
      "a container of something else",
      xmpPacket("<dc:description><rdf:Bag><rdf:la>a</rdf:la></rdf:Bag></dc:description>"),
      [],
    ],
    ["nothing of the name", xmpPacket("<dc:title>Beach</dc:title>"), []],
  ])("reads a property from %s", (_, packet, expected) => {
    expect(texts(packet)).toStrictEqual(expected);
  });

  it("goes by namespaces, whatever their prefixes", () => {
    const renamed = `<meta:xmpmeta xmlns:meta="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <r:Description xmlns:dc="http://example.com/other#" dc:description="Other">
        <d:description xmlns:d="${dublinCore}"><r:Alt><r:li>Beach</r:li></r:Alt></d:description>
      </r:Description></r:RDF></meta:xmpmeta>`;
    expect(texts(renamed)).toStrictEqual(["Beach"]);
  });

  it("reads all descriptions of a packet, which need no envelope", () => {
    const bare = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="${dublinCore}">
      <rdf:Description dc:title="T"/><rdf:Description dc:description="Beach"/></rdf:RDF>trailer>`;
    expect(texts(bare)).toStrictEqual(["Beach"]);
  });

  it("reads UTF-16 of either byte order, with and without its mark", () => {
    const packet = xmpPacket("<dc:description>Zürich 北京</dc:description>").slice(
      1 + 'xpacket begin="'.length,
    );
    const little = utf16(`\ufeff<${packet}`);
    const big = Uint8Array.from({ length: little.length }, (_, index) => little[index ^ 1] ?? 0);
    for (const bytes of [little, little.subarray(2), big, big.subarray(2)]) {
      expect(texts(bytes)).toStrictEqual(["Zürich 北京"]);
    }
  });

  it("takes the default language of several", async () => {
    const languages = `<dc:description><rdf:Alt><rdf:li xml:lang="de">Strand</rdf:li>
      <rdf:li xml:lang="x-default">Beach</rdf:li></rdf:Alt></dc:description>`;
    expect(await factsOfJpeg({ xmp: xmpPacket(languages) })).toMatchObject({ caption: "Beach" });
    const germanOnly = languages.replace("x-default", "en");
    expect(await factsOfJpeg({ xmp: xmpPacket(germanOnly) })).toMatchObject({ caption: "Strand" });
  });

  it.each([
    ["no packet", "just a text"],
    ["nothing", ""],
    [
      "a document type",
      `<!DOCTYPE x [<!ENTITY a "aaaa">]>${xmpPacket("<dc:description>a</dc:description>")}`,
    ],
  ])("answers null for %s", (_, packet) => {
    expect(parseXmp(encoded(packet))).toBeNull();
  });

  it.each([
    ["elements nested beyond any depth", "<a>".repeat(24_000) + "</a>".repeat(24_000)],
    ["very many elements", "<a/>".repeat(60_000)],
    [
      "very many items of another property",
      `<dc:title><rdf:Seq>${"<rdf:li>a</rdf:li>".repeat(60_000)}</rdf:Seq></dc:title>`,
    ],
    ["an element that is not closed", "<dc:title>a"],
    ["an item that is not closed", "<dc:subject><rdf:Bag><rdf:li>a<rdf:li>b</rdf:Bag></dc:subject>"],
    ["a container that is not closed", "<dc:subject><rdf:Bag><rdf:li>a</rdf:li></dc:subject>"],
    ["a property and its container that are not closed", "<dc:subject><rdf:Bag><rdf:li>a</rdf:li>"],
    ["an end tag of nothing", "</dc:subject></rdf:li>"],
    ["an end tag of another name", "<dc:title>a</dc:subject>"],
    ["an ampersand", "<dc:title>a & b</dc:title>"],
    ["an entity that nobody declares", "<dc:title>&eacute;</dc:title>"],
    ["a reference to a control character", "<dc:title>&#1;&#x1F;&#0;</dc:title>"],
    ["a reference to no character", "<dc:title>&#xD800;&#1114112;&#xZZ;&#;</dc:title>"],
    ["a control character", "<dc:title>\x01\x1b\0</dc:title>"],
    ["an attribute twice", '<dc:title a="1" a="2">a</dc:title>'],
    ["an attribute without quotes", "<dc:title a=1>a</dc:title>"],
    ["an attribute without a value", "<dc:title a>a</dc:title>"],
    ["quotes that do not end", "<dc:title a='1>a</dc:title>"],
    ["a prefix that nobody declares", "<nobody:knows>a</nobody:knows>"],
    ["a bracket", "<dc:title>a < b <3 <></dc:title>"],
    ["a comment that does not end", "<dc:title><!-- a</dc:title>"],
    ["a section that does not end", "<dc:title><![CDATA[a</dc:title>"],
    ["an instruction that does not end", "<dc:title><?a</dc:title>"],
    ["a declaration", "<!ELEMENT a>"],
  ])("reads words behind %s in another property", (_, flaw) => {
    expect(texts(xmpPacket(`${flaw}<dc:description>Beach</dc:description>`))).toStrictEqual(["Beach"]);
  });

  it.each([
    ["an end tag of another name", "Beach</dc:title>", "Beach"],
    ["an ampersand", "Salt & pepper</dc:description>", "Salt & pepper"],
    ["an entity that nobody declares", "Caf&eacute;</dc:description>", "Caf&eacute;"],
    ["a reference without an end", "a &amp b &#65 c</dc:description>", "a &amp b &#65 c"],
    ["control characters", "Be\0a\x0b&#1;ch</dc:description>", "Beach"],
    ["brackets", "a < b > c <3</dc:description>", "a < b > c <3"],
    ["markup", "a <b>bold</b> word<br/></dc:description>", "a bold word"],
    ["a comment in it", "Be<!-- no -->ach</dc:description>", "Beach"],
  ])("reads words that have %s", (_, content, expected) => {
    expect(texts(xmpPacket(`<dc:description>${content}`))?.map((text) => text.trim())).toStrictEqual([
      expected,
    ]);
  });

  it.each([
    [
      "in a structure of RDF",
      "<rdf:Description><rdf:value>Beach</rdf:value><dc:q>q</dc:q></rdf:Description>",
    ],
    ["as a resource", "<rdf:value>Beach</rdf:value><dc:q>q</dc:q>", ' rdf:parseType="Resource"'],
    ["as an attribute of RDF", "", ' rdf:value="Beach" dc:q="q"'],
    ["as an address", "", ' rdf:resource="Beach"'],
    [
      "behind items that are fields",
      '<rdf:Seq><rdf:li rdf:parseType="Resource"><dc:q>q</dc:q></rdf:li><rdf:li>Beach</rdf:li></rdf:Seq>',
    ],
    [
      "in an item with qualifiers",
      '<rdf:Bag><rdf:li rdf:parseType="Resource"><rdf:value>Beach</rdf:value><dc:q>q</dc:q></rdf:li></rdf:Bag>',
    ],
    [
      "in a container in a container",
      "<rdf:Bag><rdf:li><rdf:Seq><rdf:li>Beach</rdf:li></rdf:Seq></rdf:li></rdf:Bag>",
    ],
    ["as an item without its container", "<rdf:li>Beach</rdf:li>"],
  ])("reads a value %s", (_, content, attributes = "") => {
    expect(texts(xmpPacket(`<dc:description${attributes}>${content}</dc:description>`))).toStrictEqual([
      "Beach",
    ]);
  });

  it("does not take a field of a structure for a property of the picture", () => {
    const field = "<dc:description>Other</dc:description>";
    for (const content of [
      `<xmpMM:DerivedFrom rdf:parseType="Resource">${field}</xmpMM:DerivedFrom>`,
      `<xmpMM:Pantry><rdf:Bag><rdf:li rdf:parseType="Resource">${field}</rdf:li></rdf:Bag></xmpMM:Pantry>`,
      `<xmpMM:Pantry><rdf:Bag><rdf:li><rdf:Description>${field}</rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>`,
      `<xmpMM:DerivedFrom><rdf:Description dc:description="Other"/></xmpMM:DerivedFrom>`,
    ]) {
      const packet = xmpPacket(
        `${content}<dc:description>Beach</dc:description>`,
        'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"',
      );
      expect(texts(packet)).toStrictEqual(["Beach"]);
    }
  });

  it("takes the first of several packets in one block, and nothing of what stands behind it", () => {
    const first = xmpPacket("<dc:description>New</dc:description>");
    const second = xmpPacket("<dc:description>Old</dc:description><dc:title>Old</dc:title>");
    for (const rest of [second, second.slice(400), second.slice(30)]) {
      expect(texts(first + rest)).toStrictEqual(["New"]);
      expect(texts(first + rest, "title")).toStrictEqual([]);
    }
  });

  it("reads a packet that lacks its end as far as its values are whole", () => {
    const packet =
      xmpPacket("<dc:title>Title</dc:title><dc:subject><rdf:Bag><rdf:li>one</rdf:li><rdf:li>tw").split(
        "</rdf:Description>",
      )[0] ?? "";
    expect(texts(packet.trimEnd(), "subject")).toStrictEqual(["one"]);
    expect(texts(packet, "title")).toStrictEqual(["Title"]);
    expect(texts(xmpPacket("<dc:description>cut o").split("</rdf:Desc")[0] ?? "")).toStrictEqual([]);
  });

  it("knows the usual prefixes where a packet does not declare them, and namespaces without their end", () => {
    const undeclared =
      "<rdf:RDF><rdf:Description><dc:description>Beach</dc:description></rdf:Description></rdf:RDF>";
    expect(texts(undeclared)).toStrictEqual(["Beach"]);
    expect(
      texts(xmpPacket("", 'xmlns:d="http://purl.org/dc/elements/1.1" d:description="Beach"')),
    ).toStrictEqual(["Beach"]);
    const byDefault = `<description xmlns="${dublinCore}">Beach</description>`;
    expect(texts(xmpPacket(byDefault))).toStrictEqual(["Beach"]);
    expect(
      texts(
        xmpPacket("")
          .replaceAll("rdf:Description", "rdf:description")
          .replace('rdf:about=""', 'dc:description="Beach"'),
      ),
    ).toStrictEqual(["Beach"]);
  });

  it("reads bytes that are no UTF-8 as Windows-1252, and a flaw in UTF-8 as a flaw", () => {
    const packet = (text: string) =>
      latin1(xmpPacket(`<dc:description>${text}</dc:description>`).replace("\ufeff", ""));
    expect(texts(packet("Caf\xe9 \x96 bar"))).toStrictEqual(["Café – bar"]);
    expect(texts(packet("Z\xc3\xbcrich \xe5\x8c"))).toStrictEqual(["Zürich \ufffd"]);
  });

  it("reads every Unicode encoding, with nulls and blanks around a packet", () => {
    const packet = xmpPacket("<dc:description>Zürich 北京 🏖</dc:description>");
    const wide = (text: string, littleEndian: boolean) => {
      const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
      const view = new DataView(new ArrayBuffer(4 * codes.length));
      for (const [at, code] of codes.entries()) view.setUint32(4 * at, code, littleEndian);
      return new Uint8Array(view.buffer);
    };
    const little = utf16(packet);
    const blocks = [
      joined("\0\0\0\0", encoded(packet), new Uint8Array(50)),
      joined("\xef\xbb\xbf \n\t", encoded(packet)),
      little,
      joined(new Uint8Array(4), little),
      wide(packet, true),
      wide(packet, false),
      wide(`\ufeff${packet}`, true),
      wide(`\ufeff${packet}`, false),
    ];
    for (const block of blocks) expect(texts(block)).toStrictEqual(["Zürich 北京 🏖"]);
  });

  it("tells of a property twice what has words", () => {
    expect(
      texts(xmpPacket("<dc:description> </dc:description><dc:description>b</dc:description>")),
    ).toStrictEqual(["b"]);
  });

  it("reads words behind a list of ancestors that has a hundred thousand entries, in a packet of megabytes", () => {
    const ancestors = "<rdf:li>xmp.did:0123456789abcdef0123456789abcdef</rdf:li>".repeat(100_000);
    const packet = xmpPacket(
      `<photoshop:DocumentAncestors><rdf:Bag>${ancestors}</rdf:Bag></photoshop:DocumentAncestors>
       <dc:description>Beach</dc:description>`,
      'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"',
    );
    expect(texts(packet)).toStrictEqual(["Beach"]);
  });

  it("reads words behind a value of megabytes", () => {
    const depth = "A".repeat(4 * 1024 * 1024);
    expect(
      texts(
        xmpPacket(`<x:data>${depth}</x:data><dc:description>Beach</dc:description>`, `x:more="${depth}"`),
      ),
    ).toStrictEqual(["Beach"]);
  });

  it("looks for descriptions only so deep", () => {
    const deep = "<a>".repeat(30) + '<rdf:Description dc:description="Beach"/>' + "</a>".repeat(30);
    const packet = xmpPacket("").replaceAll(/<rdf:Description[\s\S]*<\/rdf:Description>/gu, deep);
    expect(texts(packet.replace("<rdf:RDF", `<rdf:RDF xmlns:dc="${dublinCore}"`))).toStrictEqual([]);
  });
});
