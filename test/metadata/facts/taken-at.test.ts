import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { iptcDataset, joined, photoshopResources, xmpPacket } from "../../support/images/index.ts";
import { readTime } from "../../../src/metadata/facts/notations/time-text.ts";
import { factsOfExif, factsOfFields, factsOfJpeg, rawExif, textField } from "./facts-of.ts";

const original = 0x9003;
const digitized = 0x9004;
const at = (date: string, time = "00:00:00.000") => `${date}T${time}`;
const inXmp = async (content: string) => (await factsOfJpeg({ xmp: xmpPacket("", content) })).takenAt;
const inIptc = async (date: string, time?: string) => {
  const datasets = [iptcDataset(2, 55, date), ...(time === undefined ? [] : [iptcDataset(2, 60, time)])];
  return (await factsOfJpeg({ photoshop: photoshopResources(joined(...datasets)) })).takenAt;
};

describe("the time at which a photo was taken", () => {
  it.each([
    ["2024:07:14 16:03:11", undefined, undefined, "16:03:11.000", null],
    ["2024:07:14 16:03:11", "5", "+02:00", "16:03:11.500", "+02:00"],
    ["2024:07:14 16:03:11", "123456", "-09:30", "16:03:11.123", "-09:30"],
    ["2024:07:14 16:03:11", "07 ", "+14:00", "16:03:11.070", "+14:00"],
    ["2024-07-14T16:03:11", "abc", "+15:00", "16:03:11.000", null],
    ["2024/07/14 16:03:11", "", "Z", "16:03:11.000", "+00:00"],
    ["2024:07:14 00:00:00", undefined, "+02:60", "00:00:00.000", null],
    ["2024:07:14 16:03:11", undefined, "   :  ", "16:03:11.000", null],
    ["2024:07:14 16:03:11", undefined, "-0330", "16:03:11.000", "-03:30"],
    ["2024:07:14 16:03:11.25+01:00", "7", "+02:00", "16:03:11.250", "+01:00"],
  ])("of %j, %j, %j is %s%s", async (takenAt, subSeconds, offset, time, expectedOffset) => {
    const fields = {
      takenAt,
      ...(subSeconds === undefined ? {} : { subSeconds }),
      ...(offset === undefined ? {} : { offset }),
    };
    expect((await factsOfExif(fields)).takenAt).toStrictEqual({
      local: at("2024-07-14", time),
      offset: expectedOffset,
      precision: "second",
      source: "exif",
    });
  });

  it.each([
    ["in the first directory alone", { main: [textField(original, 2, "2004:01:04 18:05:09\0")] }],
    [
      "in the first directory, where that of EXIF has blanks",
      {
        main: [textField(original, 2, "2004:01:04 18:05:09\0")],
        photo: [textField(original, 2, "    :  :     :  :  \0")],
      },
    ],
    [
      "in the directory of EXIF before the first",
      {
        main: [textField(original, 2, "1999:01:01 00:00:00\0")],
        photo: [textField(original, 2, "2004:01:04 18:05:09\0")],
      },
    ],
  ])("is found %s", async (_, fields) => {
    expect((await factsOfFields(fields)).takenAt).toMatchObject({ local: at("2004-01-04", "18:05:09.000") });
  });

  it("takes fraction and offset from whichever directory they stand in", async () => {
    const main = [textField(0x9011, 2, "+02:00\0"), textField(0x9291, 2, "25\0")];
    const photo = [textField(original, 2, "2004:01:04 18:05:09\0")];
    expect((await factsOfFields({ main, photo })).takenAt).toMatchObject({
      local: at("2004-01-04", "18:05:09.250"),
      offset: "+02:00",
    });
  });
});

describe("the source of the time", () => {
  const sources = {
    exif: 'exif:DateTimeOriginal="2002-01-01" photoshop:DateCreated="2003-01-01" xmp:CreateDate="2005-01-01"',
    photoshop: 'photoshop:DateCreated="2003-01-01" xmp:CreateDate="2005-01-01"',
    created: 'xmp:CreateDate="2005-01-01"',
    none: "",
  };
  const photoshop = photoshopResources(iptcDataset(2, 55, "20040101"));

  it.each([
    ["EXIF", [original, digitized], sources.exif, true, "2001", "exif"],
    ["exif:DateTimeOriginal of XMP", [digitized], sources.exif, true, "2002", "xmp"],
    ["photoshop:DateCreated of XMP", [digitized], sources.photoshop, true, "2003", "xmp"],
    ["IPTC", [digitized], sources.created, true, "2004", "iptc"],
    ["xmp:CreateDate", [digitized], sources.created, false, "2005", "digitized"],
    ["EXIF's DateTimeDigitized", [digitized], sources.none, false, "2006", "digitized"],
  ])("is %s where it is the first that tells", async (_, tags, attributes, hasIptc, year, source) => {
    const photo = tags.map((tag) => textField(tag, 2, `${tag === original ? 2001 : 2006}:01:01 00:00:00\0`));
    const { takenAt } = await factsOfJpeg({
      exif: rawExif({ photo }),
      xmp: xmpPacket("", attributes),
      ...(hasIptc ? { photoshop } : {}),
    });
    expect(takenAt).toMatchObject({ local: at(`${year}-01-01`), source });
  });

  it("is passed over where it makes no sense, and not where it is less exact", async () => {
    const exif = rawExif({ photo: [textField(original, 2, "0000:00:00 00:00:00\0")] });
    const xmp = xmpPacket("", 'exif:DateTimeOriginal="soon" photoshop:DateCreated="1962"');
    expect((await factsOfJpeg({ exif, xmp, photoshop })).takenAt).toStrictEqual({
      local: at("1962-01-01"),
      offset: null,
      precision: "year",
      source: "xmp",
    });
  });

  it("counts with its own fraction and offset alone", async () => {
    const exif = rawExif({
      photo: [
        textField(digitized, 2, "2006:01:01 10:00:00\0"),
        textField(0x9011, 2, "+01:00\0"),
        textField(0x9012, 2, "+02:00\0"),
        textField(0x9291, 2, "1\0"),
        textField(0x9292, 2, "2\0"),
      ],
    });
    expect((await factsOfJpeg({ exif })).takenAt).toMatchObject({
      local: at("2006-01-01", "10:00:00.200"),
      offset: "+02:00",
    });
  });

  it("is the first of several values that is a time", async () => {
    const items = "<rdf:Seq><rdf:li>?</rdf:li><rdf:li>1962-07-14</rdf:li></rdf:Seq>";
    const xmp = xmpPacket(`<photoshop:DateCreated>${items}</photoshop:DateCreated>`);
    expect((await factsOfJpeg({ xmp })).takenAt).toMatchObject({
      local: at("1962-07-14"),
      precision: "day",
    });
  });
});

describe("a time in XMP", () => {
  it.each([
    ["1962", "1962-01-01", "00:00:00.000", null, "year"],
    ["1962-07", "1962-07-01", "00:00:00.000", null, "month"],
    ["1962-07-14", "1962-07-14", "00:00:00.000", null, "day"],
    ["1962-07-14T10:20", "1962-07-14", "10:20:00.000", null, "second"],
    ["1962-07-14T10:20-05:00", "1962-07-14", "10:20:00.000", "-05:00", "second"],
    ["1962-07-14T10:20Z", "1962-07-14", "10:20:00.000", "+00:00", "second"],
    ["1962-07-14T10:20:30.4567+05:30", "1962-07-14", "10:20:30.456", "+05:30", "second"],
  ])("of %s is as exact as that", async (text, date, time, offset, precision) => {
    expect(await inXmp(`photoshop:DateCreated="${text}"`)).toStrictEqual({
      local: at(date, time),
      offset,
      precision,
      source: "xmp",
    });
  });
});

describe("a time in IPTC", () => {
  it.each([
    ["19620714", "102030+0200", "1962-07-14", "10:20:30.000", "+02:00", "second"],
    ["19620714", "102030", "1962-07-14", "10:20:30.000", null, "second"],
    ["19620714", "10:20:30-05:00", "1962-07-14", "10:20:30.000", "-05:00", "second"],
    ["19620714", undefined, "1962-07-14", "00:00:00.000", null, "day"],
    ["19620714", "noon", "1962-07-14", "00:00:00.000", null, "day"],
    ["19620714", "996161", "1962-07-14", "00:00:00.000", null, "day"],
    ["19620700", "000000+0000", "1962-07-01", "00:00:00.000", null, "month"],
    ["19620000", "102030", "1962-01-01", "00:00:00.000", null, "year"],
    ["1962-07-14", undefined, "1962-07-14", "00:00:00.000", null, "day"],
  ])("of %s and %s is as exact as that", async (date, clock, day, time, offset, precision) => {
    expect(await inIptc(date, clock)).toStrictEqual({
      local: at(day, time),
      offset,
      precision,
      source: "iptc",
    });
  });

  it("is not told by a time without a date, nor by a date of zeros", async () => {
    expect(await inIptc("", "143000")).toBeNull();
    expect(await inIptc("00000000", "143000")).toBeNull();
  });
});

describe("readTime", () => {
  it.each([
    ["2004: 1: 4  8: 5: 9", "2004-01-04", "08:05:09.000", "second"],
    ["2004:1:4 8:05", "2004-01-04", "08:05:00.000", "second"],
    ["2004.01.04 18.05.09", "2004-01-04", "18:05:09.000", "second"],
    ["2004_01_04 18-05-09", "2004-01-04", "18:05:09.000", "second"],
    ["2004:01:04:18:05:09", "2004-01-04", "18:05:09.000", "second"],
    ["20040104180509", "2004-01-04", "18:05:09.000", "second"],
    ["200401041805", "2004-01-04", "18:05:00.000", "second"],
    ["20040104T180509.5Z", "2004-01-04", "18:05:09.500", "second"],
    ["2004:01:04 06:05:09 PM", "2004-01-04", "18:05:09.000", "second"],
    ["2004:01:04 12:05:09 am", "2004-01-04", "00:05:09.000", "second"],
    ["2004:01:04 18:05:60", "2004-01-04", "18:05:59.000", "second"],
    ["2004:01:04 18:05:  ", "2004-01-04", "18:05:00.000", "second"],
    ["2004:01:04   :  :  ", "2004-01-04", "00:00:00.000", "day"],
    ["2004:01:04", "2004-01-04", "00:00:00.000", "day"],
    ["1962:07:  ", "1962-07-01", "00:00:00.000", "month"],
    ["1962:07:00 00:00:00", "1962-07-01", "00:00:00.000", "month"],
    ["1962:  :     :  :  ", "1962-01-01", "00:00:00.000", "year"],
    ["1962:00:00 00:00:00", "1962-01-01", "00:00:00.000", "year"],
  ])("reads %j", (text, date, time, precision) => {
    expect(readTime(text)).toMatchObject({ local: at(date, time), precision });
  });

  it.each([
    "0000:00:00 00:00:00",
    "    :  :     :  :  ",
    "2023:02:29 12:00:00",
    "2024:13:01 12:00:00",
    "2024:00:10 12:00:00",
    "2024:06:31 12:00:00",
    "2024:07:14 24:00:00",
    "2024:07:14 12:60:00",
    "2024:07:14 12:00:61",
    "1700:01:01 00:00:00",
    "2165:01:01 00:00:00",
    "19621",
    "62-07-14",
    "yesterday",
    "",
    `2024:07:14 16:03:11${" ".repeat(100_000)}`,
  ])("finds no time in %j", (text) => {
    expect(readTime(text)).toBeNull();
  });

  const notations = [
    ([y, m, d]: string[], [h, i, s]: string[], f: string, z: string) =>
      `${y}:${m}:${d} ${h}:${i}:${s}.${f}${z}`,
    ([y, m, d]: string[], [h, i, s]: string[], f: string, z: string) =>
      `${y}-${m}-${d}T${h}:${i}:${s}.${f}${z}`,
    ([y, m, d]: string[], [h, i, s]: string[], f: string, z: string) =>
      `${y}${m}${d} ${h}${i}${s}.${f}${z.replace(":", "")}`,
    ([y, m, d]: string[], [h, i, s]: string[], f: string, z: string) =>
      [y, m, d].join("/").replaceAll("/0", "/ ") +
      ` ${[h, i, s].join(":").replaceAll(/\b0/gu, " ")},${f} ${z}`,
  ];

  it("reads any moment in each notation as what it is", () => {
    const moment = fc.date({
      min: new Date("1826-01-01T00:00:00Z"),
      max: new Date("2099-12-31T23:59:59Z"),
      noInvalidDate: true,
    });
    const offset = fc.constantFrom("+00:00", "+02:00", "-09:30", "+14:00");
    fc.assert(
      fc.property(moment, offset, fc.constantFrom(...notations), (date, zone, notation) => {
        const local = date.toISOString().slice(0, 23);
        const [day = "", time = ""] = local.split("T");
        const [clock = "", fraction = ""] = time.split(".");
        const text = notation(day.split("-"), clock.split(":"), fraction, zone);
        expect(readTime(text)).toStrictEqual({ local, offset: zone, precision: "second" });
      }),
    );
  });

  it("throws at no text, and tells only moments of the calendar", () => {
    const characters = fc.constantFrom(...Array.from("0123456789:-/. TZ+apm\0é"));
    const texts = fc.oneof(fc.string(), fc.string({ unit: characters, maxLength: 30 }));
    fc.assert(
      fc.property(texts, (text) => {
        const told = readTime(text);
        if (told === null) return;
        expect(new Date(`${told.local}Z`).toISOString()).toBe(`${told.local}Z`);
        expect(told.offset ?? "+00:00").toMatch(/^[+-]\d\d:\d\d$/u);
      }),
      { numRuns: 2000 },
    );
  });
});
