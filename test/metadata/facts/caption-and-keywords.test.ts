import { describe, expect, it } from "vitest";
import {
  exifBytes,
  iptcDataset,
  joined,
  latin1,
  photoshopResources,
  xmpPacket,
} from "../../support/images/index.ts";
import { factsOfExif, factsOfJpeg } from "./facts-of.ts";

const exif = exifBytes({ description: "From EXIF", windowsKeywords: "exif one; exif two ;" });
const photoshop = photoshopResources(joined(iptcDataset(2, 25, "iptc"), iptcDataset(2, 120, "From IPTC")));
const xmp = xmpPacket(
  `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">From XMP</rdf:li></rdf:Alt></dc:description>
   <dc:subject><rdf:Bag><rdf:li>xmp one</rdf:li><rdf:li>xmp two</rdf:li></rdf:Bag></dc:subject>`,
);
const ofIptc = (...datasets: Uint8Array[]) =>
  factsOfJpeg({ photoshop: photoshopResources(joined(...datasets)) });

describe("caption and keywords", () => {
  it("are XMP's, else IPTC's, else EXIF's", async () => {
    expect(await factsOfJpeg({ exif, photoshop, xmp })).toMatchObject({
      caption: "From XMP",
      keywords: ["xmp one", "xmp two"],
    });
    expect(await factsOfJpeg({ exif, photoshop })).toMatchObject({
      caption: "From IPTC",
      keywords: ["iptc"],
    });
    expect(await factsOfJpeg({ exif })).toMatchObject({
      caption: "From EXIF",
      keywords: ["exif one", "exif two"],
    });
  });

  it("are taken one by one: a source that tells the one need not tell the other", async () => {
    const captionOnly = xmpPacket(
      "<dc:description>From XMP</dc:description><dc:subject><rdf:Bag/></dc:subject>",
    );
    expect(await factsOfJpeg({ photoshop, xmp: captionOnly })).toMatchObject({
      caption: "From XMP",
      keywords: ["iptc"],
    });
    const blank = xmpPacket(
      "<dc:description> </dc:description><dc:subject><rdf:Bag><rdf:li> </rdf:li></rdf:Bag></dc:subject>",
    );
    expect(await factsOfJpeg({ exif, xmp: blank })).toMatchObject({
      caption: "From EXIF",
      keywords: ["exif one", "exif two"],
    });
  });

  it("are of another language where the default one is blank, and not of another source", async () => {
    const blankDefault = xmpPacket(
      `<dc:description><rdf:Alt><rdf:li xml:lang="x-default"> </rdf:li><rdf:li xml:lang="de">Der Strand</rdf:li></rdf:Alt></dc:description>`,
    );
    expect((await factsOfJpeg({ exif, photoshop, xmp: blankDefault })).caption).toBe("Der Strand");
  });

  it("are told by the first dataset of IPTC that is not blank", async () => {
    const told = await ofIptc(iptcDataset(2, 120, " "), iptcDataset(2, 120, "The beach"));
    expect(told.caption).toBe("The beach");
  });

  it("are whole in EXIF up to 64 KiB", async () => {
    const description = "海辺".repeat(10_000);
    expect((await factsOfExif({ description })).caption).toBe(description);
  });

  it("keep line breaks in a caption, and no other control characters", async () => {
    expect(await factsOfExif({ description: " One\x07\r\n\tTwo\x7f " })).toMatchObject({
      caption: "One\r\n\tTwo",
    });
    expect((await factsOfExif({ description: "\x01\x02" })).caption).toBeNull();
  });

  it("are free of repetitions and of white space but single blanks", async () => {
    const keywords = ["beach", " beach ", "sea\n side", "", "\x01"].map((word) => iptcDataset(2, 25, word));
    expect((await ofIptc(...keywords)).keywords).toStrictEqual(["beach", "sea side"]);
  });

  it("keep one keyword that has commas in it", async () => {
    expect((await ofIptc(iptcDataset(2, 25, "sunset, mountains"))).keywords).toStrictEqual([
      "sunset, mountains",
    ]);
  });
});

describe("character sets", () => {
  it("of IPTC are UTF-8 with its flag, and without", async () => {
    const flag = iptcDataset(1, 90, "\x1b%G");
    expect(await ofIptc(flag, iptcDataset(2, 120, "Café 北京"))).toMatchObject({ caption: "Café 北京" });
    expect(await ofIptc(iptcDataset(2, 120, "Café 北京"))).toMatchObject({ caption: "Café 北京" });
  });

  it("of IPTC are Latin-1 where its bytes are no UTF-8, and where it says so", async () => {
    expect(await ofIptc(iptcDataset(2, 25, latin1("Caf\xe9")))).toMatchObject({ keywords: ["Café"] });
    expect(await ofIptc(iptcDataset(2, 25, latin1("\x93Caf\xe9\x94")))).toMatchObject({
      keywords: ["“Café”"],
    });
    const flag = iptcDataset(1, 90, "\x1b.A");
    expect(await ofIptc(flag, iptcDataset(2, 25, latin1("\xc3\xa9")))).toMatchObject({ keywords: ["Ã©"] });
  });

  it("are UTF-8 where a writer cut the last character in two, and other characters have several bytes", async () => {
    const cut = new TextEncoder().encode("東京都").subarray(0, 8);
    expect((await ofIptc(iptcDataset(2, 120, cut))).caption).toBe("東京");
    expect((await factsOfExif({ description: cut })).caption).toBe("東京");
  });

  it("of EXIF texts are UTF-8, else Latin-1", async () => {
    expect(await factsOfExif({ description: "Café 北京" })).toMatchObject({ caption: "Café 北京" });
    expect(await factsOfExif({ description: latin1("Caf\xe9") })).toMatchObject({ caption: "Café" });
    expect(await factsOfExif({ description: latin1("\x93Caf\xe9\x94") })).toMatchObject({
      caption: "“Café”",
    });
  });

  it("of Windows' keywords are UTF-16 in either byte order of the block", async () => {
    for (const littleEndian of [true, false]) {
      const { keywords } = await factsOfExif({ windowsKeywords: "Zürich;北京;🏖", littleEndian });
      expect(keywords).toStrictEqual(["Zürich", "北京", "🏖"]);
    }
  });
});
