import { describe, expect, it } from "vitest";
import { parseXmp } from "../../src/metadata/xmp.ts";
import { utf16, xmpPacket } from "../support/images/index.ts";
import { factsOfJpeg } from "./facts/facts-of.ts";

const dublinCore = "http://purl.org/dc/elements/1.1/";
const encoded = (packet: string) => new TextEncoder().encode(packet);

/** The texts of a Dublin Core property. */
async function texts(packet: string | Uint8Array, name = "description") {
  const parsed = await parseXmp(typeof packet === "string" ? encoded(packet) : packet);
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
  ])("reads a property from %s", async (_, packet, expected) => {
    expect(await texts(packet)).toStrictEqual(expected);
  });

  it("goes by namespaces, whatever their prefixes", async () => {
    const renamed = `<meta:xmpmeta xmlns:meta="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <r:Description xmlns:dc="http://example.com/other#" dc:description="Other">
        <d:description xmlns:d="${dublinCore}"><r:Alt><r:li>Beach</r:li></r:Alt></d:description>
      </r:Description></r:RDF></meta:xmpmeta>`;
    expect(await texts(renamed)).toStrictEqual(["Beach"]);
  });

  it("reads all descriptions of a packet, which need no envelope", async () => {
    const bare = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="${dublinCore}">
      <rdf:Description dc:title="T"/><rdf:Description dc:description="Beach"/></rdf:RDF>trailer>`;
    expect(await texts(bare)).toStrictEqual(["Beach"]);
  });

  it("reads UTF-16 of either byte order, with and without its mark", async () => {
    const packet = xmpPacket("<dc:description>Zürich 北京</dc:description>").slice(
      1 + 'xpacket begin="'.length,
    );
    const little = utf16(`\ufeff<${packet}`);
    const big = Uint8Array.from({ length: little.length }, (_, index) => little[index ^ 1] ?? 0);
    for (const bytes of [little, little.subarray(2), big, big.subarray(2)]) {
      expect(await texts(bytes)).toStrictEqual(["Zürich 北京"]);
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
    ["a root without an end", xmpPacket("").slice(0, 200)],
    ["tags that do not match", xmpPacket("<dc:description>Beach</dc:title>")],
    [
      "a document type",
      `<!DOCTYPE x [<!ENTITY a "aaaa">]>${xmpPacket("<dc:description>a</dc:description>")}`,
    ],
    ["an entity that is not XML's own", xmpPacket("<dc:description>&a;</dc:description>")],
    ["elements nested beyond the stack", xmpPacket("<a>".repeat(24_000) + "</a>".repeat(24_000))],
    ["more elements than a packet has", xmpPacket("<a/>".repeat(60_000))],
  ])("answers null for %s", async (_, packet) => {
    expect(await parseXmp(encoded(packet))).toBeNull();
  });

  it("looks for descriptions only so deep", async () => {
    const deep = "<a>".repeat(30) + '<rdf:Description dc:description="Beach"/>' + "</a>".repeat(30);
    const packet = xmpPacket("").replaceAll(/<rdf:Description[\s\S]*<\/rdf:Description>/gu, deep);
    expect(await texts(packet.replace("<rdf:RDF", `<rdf:RDF xmlns:dc="${dublinCore}"`))).toStrictEqual([]);
  });
});
