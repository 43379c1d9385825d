import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  bigEndian,
  exifBytes,
  iptcDataset,
  joined,
  latin1,
  orientationExif,
  photoshopResources,
  pngBytes,
  pngChunk,
  type PngContent,
  rawProfile,
  xmpPacket,
  zlibBytes,
} from "../../support/images/index.ts";
import { factsOf } from "../facts/facts-of.ts";

const size = { width: 20, height: 10 };
const exif = exifBytes({ make: "Maker" });
const iptc = iptcDataset(2, 120, "From IPTC");
const xmp = new TextEncoder().encode(xmpPacket("<dc:description>From XMP</dc:description>"));
const factsOfPng = async (...chunksBefore: Uint8Array[]) =>
  factsOf(await pngBytes({ ...size, chunksBefore }));
const profile = (keyword: string, text: string) => pngChunk("tEXt", `Raw profile type ${keyword}\0`, text);

async function header(content: Partial<PngContent>) {
  const result = readImageHeader(FileParts.whole(await pngBytes({ ...size, ...content })));
  return result.kind === "header" ? result.header : null;
}

describe("raw profiles of PNG", () => {
  it.each([
    ["one word before the length", "\niptc\n      20\n"],
    ["two words", "\nIPTC profile\n      20\n"],
    ["two words of older programs", "\ngeneric profile\n      20\n"],
    ["no words", "\n\n      20\n"],
    ["no first line", "      20\n"],
    ["a length that is too small", "\niptc\n 1\n"],
    ["a length that is too large", "\niptc\n 99999\n"],
    ["CR and LF", "\r\niptc\r\n      20\r\n"],
    ["everything in one line", "iptc 20 "],
  ])("are read with %s", async (_, head) => {
    const text = rawProfile("iptc", photoshopResources(iptc), { head });
    expect(await factsOfPng(profile("iptc", text))).toMatchObject({ caption: "From IPTC" });
  });

  it.each([
    ["capital letters", { isUpperCase: true }],
    ["one long line", { lineLength: 1_000_000 }],
    ["lines of odd length", { lineLength: 7 }],
    ["lines that end with CR and LF", { lineEnd: "\r\n" }],
    ["lines that end with CR", { lineEnd: "\r" }],
  ])("are read in %s", async (_, content) => {
    const text = rawProfile("exif", joined("Exif\0\0", exif), content);
    expect(await factsOfPng(profile("exif", text))).toMatchObject({ camera: { make: "Maker" } });
  });

  it.each(["tEXt", "zTXt", "iTXt", "iTXt, compressed"])("are read in %s", async (chunk) => {
    const text = latin1(rawProfile("exif", exif));
    const keyword = "Raw profile type exif\0";
    const chunks: Record<string, () => Promise<Uint8Array>> = {
      tEXt: async () => pngChunk("tEXt", keyword, text),
      zTXt: async () => pngChunk("zTXt", keyword, "\0", await zlibBytes(text)),
      iTXt: async () => pngChunk("iTXt", keyword, "\0\0\0\0", text),
      "iTXt, compressed": async () => pngChunk("iTXt", keyword, "\x01\0\0\0", await zlibBytes(text)),
    };
    const made = await chunks[chunk]?.();
    expect(await factsOfPng(made ?? new Uint8Array(0))).toMatchObject({ camera: { make: "Maker" } });
  });

  it.each([
    ["EXIF in APP1", "APP1", joined("Exif\0\0", exif), { camera: { make: "Maker" } }],
    ["EXIF without its mark in APP1", "APP1", exif, { camera: { make: "Maker" } }],
    ["XMP in APP1", "APP1", joined("http://ns.adobe.com/xap/1.0/\0", xmp), { caption: "From XMP" }],
    ["XMP in xmp", "xmp", xmp, { caption: "From XMP" }],
    ["XMP in exif", "exif", joined("http://ns.adobe.com/xap/1.0/\0", xmp), { caption: "From XMP" }],
    ["resources in iptc", "iptc", photoshopResources(iptc), { caption: "From IPTC" }],
    ["resources in 8bim", "8bim", photoshopResources(iptc), { caption: "From IPTC" }],
    ["bare datasets in iptc", "iptc", iptc, { caption: "From IPTC" }],
    [
      "a whole APP13 in iptc",
      "iptc",
      joined("Photoshop 3.0\0", photoshopResources(iptc)),
      { caption: "From IPTC" },
    ],
  ])("tell what they hold: %s", async (_, keyword, bytes, told) => {
    expect(await factsOfPng(profile(keyword, rawProfile(keyword, bytes)))).toMatchObject(told);
  });

  it.each([
    ["nothing", ""],
    ["no digits", "\nexif\n 20\nno digits"],
    ["no length", "\nexif\n\n"],
    ["a length alone", "20"],
    ["very many words", "word ".repeat(1000)],
  ])("tell nothing of %s", async (_, text) => {
    expect(await factsOfPng(profile("exif", text))).toMatchObject({ camera: null });
  });
});

describe("the orientation of a PNG", () => {
  const inText = (orientation: number) =>
    profile("exif", rawProfile("exif", joined("Exif\0\0", orientationExif(orientation))));

  it("is told by EXIF in a text, plain or compressed, before the picture or behind it", async () => {
    const turned = { orientation: 6, shownWidth: 10, shownHeight: 20 };
    const deflated = await zlibBytes(latin1(rawProfile("APP1", orientationExif(6))));
    const compressed = pngChunk("zTXt", "Raw profile type APP1\0\0", deflated);
    for (const chunk of [inText(6), compressed]) {
      expect(await header({ chunksBefore: [chunk] })).toMatchObject(turned);
      expect(await header({ chunksBehind: [chunk] })).toMatchObject(turned);
    }
  });

  it("is told by eXIf with JPEG's mark in front of the structure", async () => {
    const chunk = pngChunk("eXIf", "Exif\0\0", orientationExif(6));
    expect(await header({ chunksBefore: [chunk] })).toMatchObject({ orientation: 6 });
  });

  it("is eXIf's where both tell one, and the text's where eXIf tells none", async () => {
    const none = pngChunk("eXIf", exif);
    expect(await header({ orientation: 3, chunksBefore: [inText(6)] })).toMatchObject({ orientation: 3 });
    expect(await header({ chunksBefore: [inText(6), none] })).toMatchObject({ orientation: 6 });
  });

  it("is not looked for in very many texts", async () => {
    const chunksBefore = [...Array.from({ length: 50 }, () => inText(0)), inText(6)];
    expect(await header({ chunksBefore })).toMatchObject({ orientation: null });
  });
});

describe("XMP of a PNG", () => {
  const text = (...content: (Uint8Array | string)[]) => pngChunk("iTXt", "XML:com.adobe.xmp\0", ...content);
  const noise = pngChunk(
    "IDAT",
    Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7919) >> 3),
  );

  it("is read behind the picture, also where it is longer than the end that is read at first", async () => {
    const long = new TextEncoder().encode(
      xmpPacket(`<dc:title>${"a".repeat(100_000)}</dc:title><dc:description>From XMP</dc:description>`),
    );
    for (const packet of [xmp, long]) {
      for (const chunk of [text("\0\0\0\0", packet), text("\x01\0\0\0", await zlibBytes(packet))]) {
        const file = await pngBytes({ ...size, chunksBefore: [noise], chunksBehind: [chunk] });
        expect(await factsOf(file)).toMatchObject({ caption: "From XMP" });
      }
    }
  });

  it("of several chunks is told as one, the first that has a property counting", async () => {
    const title = new TextEncoder().encode(
      xmpPacket("<dc:subject><rdf:Bag><rdf:li>one</rdf:li></rdf:Bag></dc:subject>"),
    );
    expect(await factsOfPng(text("\0\0\0\0", title), text("\0\0\0\0", xmp))).toMatchObject({
      caption: "From XMP",
      keywords: ["one"],
    });
  });

  it("is read as far as it is there where its compressed data breaks off", async () => {
    const deflated = await zlibBytes(xmp, new Uint8Array(2000).fill(0x20));
    expect(await factsOfPng(text("\x01\0\0\0", deflated.subarray(0, deflated.length - 12)))).toMatchObject({
      caption: "From XMP",
    });
  });

  it("of more than a MiB is read, plain and compressed", async () => {
    const ancestors = "<rdf:li>0123456789abcdef0123456789abcdef</rdf:li>".repeat(30_000);
    const packet = new TextEncoder().encode(
      xmpPacket(`<x:a><rdf:Bag>${ancestors}</rdf:Bag></x:a><dc:description>From XMP</dc:description>`),
    );
    for (const chunk of [text("\0\0\0\0", packet), text("\x01\0\0\0", await zlibBytes(packet))]) {
      expect(await factsOfPng(chunk)).toMatchObject({ caption: "From XMP" });
    }
    const inHex = await zlibBytes(latin1(rawProfile("xmp", packet)));
    expect(await factsOfPng(pngChunk("zTXt", "Raw profile type xmp\0\0", inHex))).toMatchObject({
      caption: "From XMP",
    });
  });
});

describe("a PNG without room", () => {
  it("has no text of a length beyond the file", async () => {
    const chunk = joined(
      bigEndian(4, 0x7fff_ffff),
      "tEXt",
      "Raw profile type exif\0",
      rawProfile("exif", exif),
    );
    expect(await factsOfPng(chunk)).toMatchObject({ caption: null });
  });
});
