import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  exifBytes,
  extendedXmpSegments,
  iptcDataset,
  joined,
  jpegBytes,
  jpegSegment,
  latin1,
  orientationExif,
  photoshopResource,
  photoshopResources,
  tiffBytes,
  webpBytes,
  xmpPacket,
} from "../../support/images/index.ts";
import { factsOf, factsOfJpeg } from "../facts/facts-of.ts";

const size = { width: 16, height: 8 };
const encoded = (text: string) => new TextEncoder().encode(text);
const iptc = iptcDataset(2, 120, "From IPTC");
const xmpSegment = (packet: string) => jpegSegment(0xe1, "http://ns.adobe.com/xap/1.0/\0", encoded(packet));
const caption = (text: string) => xmpPacket(`<dc:description>${text}</dc:description>`);
const keywords = (...words: string[]) =>
  xmpPacket(
    `<dc:subject><rdf:Bag>${words.map((word) => `<rdf:li>${word}</rdf:li>`).join("")}</rdf:Bag></dc:subject>`,
  );

describe("EXIF over several segments of a JPEG", () => {
  const exif = exifBytes({ description: "A caption", make: "Maker" });
  const segment = (piece: Uint8Array) => jpegSegment(0xe1, "Exif\0\0", piece);

  it.each([10, 30, 60])("is read as one, parted at byte %i", async (at) => {
    const extra = joined(segment(exif.subarray(at, at + 20)), segment(exif.subarray(at + 20)));
    expect(await factsOfJpeg({ exif: exif.subarray(0, at), extra })).toMatchObject({
      caption: "A caption",
      camera: { make: "Maker" },
    });
  });

  it("tells its orientation from a later segment", () => {
    const block = orientationExif(6);
    const file = jpegBytes({ ...size, exif: block.subarray(0, 9), extra: segment(block.subarray(9)) });
    expect(readImageHeader(FileParts.whole(file))).toMatchObject({
      header: { orientation: 6, shownWidth: 8 },
    });
  });

  it("is another block where it begins with a structure of its own, and the first counts", async () => {
    const other = segment(exifBytes({ make: "Other" }));
    expect(await factsOfJpeg({ exif, extra: other })).toMatchObject({ camera: { make: "Maker" } });
  });

  it("is read with whatever other segments lie between", async () => {
    const extra = joined(xmpSegment(keywords("one")), segment(exif.subarray(40)));
    expect(await factsOfJpeg({ exif: exif.subarray(0, 40), extra })).toMatchObject({
      camera: { make: "Maker" },
      keywords: ["one"],
    });
  });
});

describe("several packets of XMP in a JPEG", () => {
  it("are told as one: of each property the first that tells something counts", async () => {
    const empty = xmpPacket("<dc:description> </dc:description>", 'dc:title="T"');
    const extra = joined(
      xmpSegment(keywords("one")),
      xmpSegment(caption("Second")),
      xmpSegment(keywords("no")),
    );
    expect(await factsOfJpeg({ xmp: empty, extra })).toMatchObject({ caption: "Second", keywords: ["one"] });
  });
});

describe("extended XMP of a JPEG", () => {
  const guid = "0123456789ABCDEF0123456789ABCDEF";
  const main = (named: string) =>
    xmpPacket("", `xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="${named}"`);
  const extension = encoded(caption("Extended"));
  const pieces = extendedXmpSegments(extension, guid, 100);

  it("is read in whichever order its pieces come", async () => {
    for (const order of [pieces, pieces.toReversed(), [...pieces, ...pieces]]) {
      expect(await factsOfJpeg({ xmp: main(guid), extra: joined(...order) })).toMatchObject({
        caption: "Extended",
      });
    }
    const before = joined(...pieces, xmpSegment(main(guid)));
    expect(await factsOfJpeg({ extra: before })).toMatchObject({ caption: "Extended" });
  });

  it("adds to the main packet, whose properties count before its own", async () => {
    const both = main(guid).replace(
      "</rdf:Description>",
      "<dc:description>Main</dc:description></rdf:Description>",
    );
    const words = joined(...extendedXmpSegments(encoded(keywords("one") + " "), guid));
    expect(await factsOfJpeg({ xmp: both, extra: words })).toMatchObject({
      caption: "Main",
      keywords: ["one"],
    });
    expect(await factsOfJpeg({ xmp: both, extra: joined(...pieces) })).toMatchObject({ caption: "Main" });
  });

  it("is read up to the first piece that is missing", async () => {
    const words = keywords("one").replace(
      "</rdf:Description>",
      `${" ".repeat(300)}<dc:description>Late</dc:description></rdf:Description>`,
    );
    const parted = extendedXmpSegments(encoded(words), guid, 100);
    const count = parted.length;
    const read = async (kept: Uint8Array[]) => await factsOfJpeg({ xmp: main(guid), extra: joined(...kept) });
    expect(await read(parted.toSpliced(count - 3, 1))).toMatchObject({ caption: null, keywords: ["one"] });
    expect(await read(parted.slice(1))).toMatchObject({ caption: null, keywords: null });
  });

  it("that the main packet does not name tells nothing", async () => {
    const extra = joined(...pieces);
    for (const xmp of [main(guid.replace("0", "F")), main("none"), caption("")]) {
      expect(await factsOfJpeg({ xmp, extra })).toMatchObject({ caption: null });
    }
    expect(await factsOfJpeg({ extra })).toMatchObject({ caption: null });
  });

  it("has no room for lengths that are not there", async () => {
    const hostile = [0, 1, 0x7fff_ffff, 0xffff_ffff].map((offset) =>
      jpegSegment(
        0xe1,
        `http://ns.adobe.com/xmp/extension/\0${guid}`,
        new Uint8Array(4).fill(255),
        Uint8Array.of(offset >>> 24, offset >>> 16, offset >>> 8, offset),
        "x",
      ),
    );
    const cut = jpegSegment(0xe1, "http://ns.adobe.com/xmp/extension/\0", "too short");
    expect(await factsOfJpeg({ xmp: main(guid), extra: joined(...hostile, cut) })).toMatchObject({
      caption: null,
    });
  });

  it("is read where it has megabytes", async () => {
    const long = xmpPacket(
      `<x:depth>${"A".repeat(3_000_000)}</x:depth><dc:description>Extended</dc:description>`,
    );
    const extra = joined(...extendedXmpSegments(encoded(long), guid));
    expect(await factsOfJpeg({ xmp: main(guid), extra })).toMatchObject({ caption: "Extended" });
  });
});

describe("XMP of more than a MiB", () => {
  const ancestors = "<rdf:li>0123456789abcdef0123456789abcdef</rdf:li>".repeat(30_000);
  const packet = xmpPacket(
    `<x:a><rdf:Bag>${ancestors}</rdf:Bag></x:a><dc:description>From XMP</dc:description>`,
  );

  it("is read of TIFF and WebP", async () => {
    const fields = [{ tag: 700, value: { type: 1, bytes: encoded(packet) } }];
    expect(await factsOf(tiffBytes({ ...size, fields }))).toMatchObject({ caption: "From XMP" });
    expect(await factsOf(webpBytes({ ...size, xmp: packet }))).toMatchObject({ caption: "From XMP" });
  });

  it("is read up to sixteen", async () => {
    const long = (megabytes: number) =>
      xmpPacket(
        `<dc:subject><rdf:Bag><rdf:li>one</rdf:li></rdf:Bag></dc:subject><x:a>${"A".repeat(megabytes * 1024 * 1024)}</x:a><dc:description>Late</dc:description>`,
      );
    expect(await factsOf(webpBytes({ ...size, xmp: long(15) }))).toMatchObject({
      caption: "Late",
      keywords: ["one"],
    });
    expect(await factsOf(webpBytes({ ...size, xmp: long(16) }))).toMatchObject({
      caption: null,
      keywords: ["one"],
    });
  });
});

describe("IPTC of a JPEG", () => {
  const app13 = (...content: (Uint8Array | string)[]) => jpegSegment(0xed, ...content);

  it.each([
    ["behind the mark of Photoshop 2.5", app13("Adobe_Photoshop2.5:", photoshopResources(iptc))],
    ["behind no mark", app13(photoshopResources(iptc))],
    ["bare", app13(iptc)],
    ["behind PHUT", app13("Photoshop 3.0\0", photoshopResource(0x0404, iptc, "PHUT"))],
    [
      "behind an empty resource",
      app13("Photoshop 3.0\0", photoshopResource(0x0404, latin1("")), photoshopResource(0x0404, iptc)),
    ],
    [
      "in the second of two whole segments",
      joined(
        app13("Photoshop 3.0\0", photoshopResource(0x03ed, latin1("odd"))),
        app13("Photoshop 3.0\0", photoshopResource(0x0404, iptc)),
      ),
    ],
  ])("is read %s", async (_, extra) => {
    expect(await factsOfJpeg({ extra })).toMatchObject({ caption: "From IPTC" });
  });

  it("is read of a TIFF's field of numbers, in either byte order, and of its image resources", async () => {
    const padded = joined(iptc, new Uint8Array(3)).subarray(0, Math.ceil(iptc.length / 4) * 4);
    const numbers = (littleEndian: boolean) => {
      const view = new DataView(padded.buffer, padded.byteOffset, padded.length);
      return Array.from({ length: padded.length / 4 }, (_unused, at) => view.getUint32(4 * at, littleEndian));
    };
    for (const littleEndian of [true, false]) {
      const fields = [{ tag: 33_723, value: { type: 4, values: numbers(true) } }];
      expect(await factsOf(tiffBytes({ ...size, littleEndian, fields }))).toMatchObject({
        caption: "From IPTC",
      });
    }
    const fields = [{ tag: 34_377, value: photoshopResources(iptc) }];
    expect(await factsOf(tiffBytes({ ...size, fields }))).toMatchObject({ caption: "From IPTC" });
  });
});
