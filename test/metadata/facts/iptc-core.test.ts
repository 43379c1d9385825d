import { describe, expect, it } from "vitest";
import type { IptcCore } from "../../../src/metadata/facts/iptc-core.ts";
import {
  iptcDataset,
  joined,
  latin1,
  photoshopResources,
  utf16,
  xmpPacket,
} from "../../support/images/index.ts";
import { factsOfFields, factsOfJpeg, numberField, rawExif, textField } from "./facts-of.ts";

const nothing: IptcCore = {
  title: null,
  creator: null,
  credit: null,
  copyright: null,
  usageTerms: null,
  city: null,
  state: null,
  country: null,
  rating: null,
};

const alternatives = (text: string) =>
  `<rdf:Alt><rdf:li xml:lang="de">Deutsch</rdf:li><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt>`;
const xmp = xmpPacket(
  `<dc:title>${alternatives("Title in XMP")}</dc:title>
   <dc:creator><rdf:Seq><rdf:li>Ann in XMP</rdf:li><rdf:li>Bob</rdf:li><rdf:li>Bob</rdf:li></rdf:Seq></dc:creator>
   <dc:rights>${alternatives("© XMP")}</dc:rights>
   <xmpRights:UsageTerms>${alternatives("Ask first")}</xmpRights:UsageTerms>`,
  `photoshop:Credit="Credit in XMP" photoshop:City="Paris" photoshop:State="Île-de-France" photoshop:Country="France" xmp:Rating="4"`,
);
const record = joined(
  iptcDataset(2, 5, "Title in IPTC"),
  iptcDataset(2, 80, "Ann in IPTC"),
  iptcDataset(2, 80, "Bob"),
  iptcDataset(2, 90, "Lyon"),
  iptcDataset(2, 95, "Rhône"),
  iptcDataset(2, 101, "France by IPTC"),
  iptcDataset(2, 110, "Credit in IPTC"),
  iptcDataset(2, 116, "© IPTC"),
);
const photoshop = photoshopResources(record);
const exif = rawExif({
  main: [
    textField(0x013b, 2, "Ann in EXIF\0"),
    numberField(0x4746, 3, 2),
    textField(0x8298, 2, "© EXIF\0"),
    textField(0x9c9b, 1, utf16("Title in EXIF")),
  ],
});

describe("the fields of IPTC Core", () => {
  it("are XMP's", async () => {
    expect((await factsOfJpeg({ xmp, photoshop, exif })).iptcCore).toStrictEqual({
      title: "Title in XMP",
      creator: "Ann in XMP; Bob",
      credit: "Credit in XMP",
      copyright: "© XMP",
      usageTerms: "Ask first",
      city: "Paris",
      state: "Île-de-France",
      country: "France",
      rating: 4,
    });
  });

  it("are IPTC's where XMP does not tell them", async () => {
    expect((await factsOfJpeg({ photoshop, exif })).iptcCore).toStrictEqual({
      title: "Title in IPTC",
      creator: "Ann in IPTC; Bob",
      credit: "Credit in IPTC",
      copyright: "© IPTC",
      usageTerms: null,
      city: "Lyon",
      state: "Rhône",
      country: "France by IPTC",
      rating: 2,
    });
  });

  it("are EXIF's where neither tells them", async () => {
    expect((await factsOfJpeg({ exif })).iptcCore).toStrictEqual({
      ...nothing,
      title: "Title in EXIF",
      creator: "Ann in EXIF",
      copyright: "© EXIF",
      rating: 2,
    });
  });

  it("are taken one by one: a source that tells the one need not tell the other", async () => {
    const blank = xmpPacket(
      "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'> </rdf:li></rdf:Alt></dc:title>",
      'photoshop:City="Nice" photoshop:Country=" "',
    );
    expect((await factsOfJpeg({ xmp: blank, photoshop })).iptcCore).toMatchObject({
      title: "Title in IPTC",
      city: "Nice",
      country: "France by IPTC",
    });
  });

  it("are nothing at all where a file tells none of them", async () => {
    expect(
      (await factsOfJpeg({ xmp: xmpPacket("<dc:description>Words</dc:description>") })).iptcCore,
    ).toBeNull();
  });

  it("are one line each but for copyright and terms, without control characters", async () => {
    const packet = xmpPacket(
      "<dc:title>One&#10; two</dc:title><dc:rights>One\ntwo&#127;</dc:rights>",
      'photoshop:City=" Aix\u0085 en\tProvence "',
    );
    expect((await factsOfJpeg({ xmp: packet })).iptcCore).toMatchObject({
      title: "One two",
      copyright: "One\ntwo",
      city: "Aix en Provence",
    });
  });

  it("have the language that is there where none is the default", async () => {
    const packet = xmpPacket('<dc:title><rdf:Alt><rdf:li xml:lang="fr">Le lac</rdf:li></rdf:Alt></dc:title>');
    expect((await factsOfJpeg({ xmp: packet })).iptcCore?.title).toBe("Le lac");
  });
});

describe("the creator in EXIF", () => {
  it("is the artist, else the author by Windows", async () => {
    const author = textField(0x9c9d, 1, utf16("Ann;Bob"));
    expect((await factsOfFields({ main: [author] })).iptcCore?.creator).toBe("Ann;Bob");
    const artist = textField(0x013b, 2, "Carol\0");
    expect((await factsOfFields({ main: [artist, author] })).iptcCore?.creator).toBe("Carol");
  });
});

describe("the copyright in EXIF", () => {
  it.each([
    ["Ann\0", "Ann"],
    ["Ann\0Bob\0", "Ann; Bob"],
    [" \0Bob\0", "Bob"],
    ["Ann\0\x01\x02", "Ann"],
    ["  \0", null],
  ])("of %j is %j", async (text, expected) => {
    const main = [textField(0x8298, 2, latin1(text)), textField(0x013b, 2, "Artist\0")];
    expect((await factsOfFields({ main })).iptcCore?.copyright).toBe(expected);
  });
});

describe("the rating", () => {
  const inXmp = async (attributes: string) =>
    (await factsOfJpeg({ xmp: xmpPacket("", `photoshop:City="Paris" ${attributes}`) })).iptcCore?.rating;

  it.each([
    ["5", 5],
    ["1.0", 1],
    ["3.6", 4],
    ["0", null],
    ["-1", null],
    ["6", null],
    ["many", null],
    ["", null],
  ])("of %j in XMP is %j", async (text, expected) => {
    expect(await inXmp(`xmp:Rating="${text}"`)).toBe(expected);
  });

  it.each([
    ["1", 1],
    ["25", 2],
    ["50", 3],
    ["75", 4],
    ["99", 5],
    ["0", null],
    ["101", null],
  ])("of %j percent is %j", async (text, expected) => {
    expect(await inXmp(`MicrosoftPhoto:Rating="${text}"`)).toBe(expected);
    const main = [textField(0x013b, 2, "Ann\0"), numberField(0x4749, 3, Number(text))];
    expect((await factsOfFields({ main })).iptcCore?.rating).toBe(expected);
  });

  it("that was taken away in XMP is not one that EXIF still has", async () => {
    const main = [numberField(0x4746, 3, 4)];
    const packet = xmpPacket("", 'xmp:Rating="0" photoshop:City="Paris"');
    expect((await factsOfJpeg({ exif: rawExif({ main }), xmp: packet })).iptcCore?.rating).toBeNull();
  });
});
