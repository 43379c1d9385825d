import { describe, expect, test } from "vitest";
import { takeoutFacts } from "../../../../scripts/import/sidecars/takeout.ts";
import {
  broughtByTakeout,
  broughtByXmp,
  type Described,
  patchOf,
} from "../../../../scripts/import/sidecars/words.ts";
import { readPacket } from "../../../../src/metadata/packet/read.ts";
import { writePacket } from "../../../../src/metadata/packet/write.ts";

const bare: Described = { object_metadata: {}, taken: null, place: null };

/** A JSON file as Google Takeout writes it. */
function takeout(change: object = {}): string {
  return JSON.stringify({
    title: "IMG_1.jpg",
    description: " The beach ",
    imageViews: "3",
    creationTime: { timestamp: "1600000000", formatted: "…" },
    photoTakenTime: { timestamp: "1595757600", formatted: "26.07.2020, 10:00:00 UTC" },
    geoData: { latitude: 54.5, longitude: 10.25, altitude: 3, latitudeSpan: 0, longitudeSpan: 0 },
    geoDataExif: { latitude: 1, longitude: 2, altitude: 0, latitudeSpan: 0, longitudeSpan: 0 },
    people: [{ name: "Ada" }, { name: " " }, {}, { name: "Grace" }],
    url: "https://photos.google.com/photo/x",
    ...change,
  });
}

describe("a JSON file of Google Takeout", () => {
  test("tells description, people, time in UTC and place", () => {
    expect(takeoutFacts(takeout())).toEqual({
      title: "IMG_1.jpg",
      description: "The beach",
      people: ["Ada", "Grace"],
      takenAt: "2020-07-26T10:00:00",
      location: { latitude: 54.5, longitude: 10.25 },
    });
  });

  test.each([
    [{ geoData: { latitude: 0, longitude: 0 } }, { latitude: 1, longitude: 2 }],
    [{ geoData: { latitude: 0, longitude: 0 }, geoDataExif: { latitude: 0, longitude: 0 } }, null],
    [{ geoData: { latitude: 0, longitude: 7 } }, { latitude: 0, longitude: 7 }],
    [{ geoData: { latitude: 91, longitude: 7 }, geoDataExif: null }, null],
  ])("has of %j the place %j", (change, location) => {
    expect(takeoutFacts(takeout(change))?.location).toEqual(location);
  });

  test.each([
    ["-86400", "1969-12-31T00:00:00"],
    [1595757600, "2020-07-26T10:00:00"],
    ["0", null],
    ["99999999999999", null],
    ["-9999999999", null],
  ])("has of the seconds %j the time %j", (timestamp, takenAt) => {
    expect(takeoutFacts(takeout({ photoTakenTime: { timestamp } }))?.takenAt).toBe(takenAt);
  });

  test("without words tells none", () => {
    const facts = takeoutFacts(takeout({ description: "", people: undefined, title: 3 }));
    expect(facts).toMatchObject({ title: null, description: null, people: [] });
  });

  test.each([
    "",
    "[]",
    '{"title":"Album","description":"","date":{"timestamp":"1"}}',
    '{"photoTakenTime":{"timestamp":"soon"}}',
  ])("is none with the content %j", (json) => {
    expect(takeoutFacts(json)).toBeNull();
  });
});

describe("what Takeout brings", () => {
  const brought = broughtByTakeout({
    title: null,
    description: "The beach",
    people: ["Ada", "Grace"],
    takenAt: "2020-07-26T10:00:00",
    location: { latitude: 54.5, longitude: 10.25 },
  });

  test("fills what a photo lacks", () => {
    expect(patchOf(bare, [brought])).toEqual({
      description: "The beach",
      keywords: ["Ada", "Grace"],
      taken_at: "2020-07-26T10:00:00",
      location: { latitude: 54.5, longitude: 10.25 },
    });
  });

  test("comes after what the photo tells itself, and people are added to its keywords", () => {
    const record = {
      object_metadata: { description: "Mine", keywords: ["sea", "ada"] },
      taken: { at: "2020-07-26T12:00:00.000" },
      place: { latitude: 1, longitude: 2 },
    };
    expect(patchOf(record, [brought])).toEqual({ keywords: ["sea", "ada", "Grace"] });
  });

  test("is nothing where the photo has all of it", () => {
    const words = patchOf(bare, [brought]);
    expect(patchOf({ ...bare, object_metadata: words }, [brought])).toEqual({});
  });

  test("keeps the limits of words", () => {
    const long = broughtByTakeout({
      title: null,
      description: "ä".repeat(2_000),
      people: ["n".repeat(100), "\u202e"],
      takenAt: null,
      location: null,
    });
    const { description, keywords } = patchOf(bare, [long]);
    expect(description).toBe(`${"ä".repeat(1_023)}…`);
    expect(keywords).toEqual([`${"n".repeat(63)}…`]);
  });
});

describe("what an XMP sidecar brings", () => {
  const packet = (body: string) =>
    readPacket(
      new TextEncoder().encode(
        `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">${body}</rdf:Description></rdf:RDF></x:xmpmeta>`,
      ),
    );
  const described = packet(
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The pier</rdf:li></rdf:Alt></dc:description><dc:subject><rdf:Bag><rdf:li>pier</rdf:li></rdf:Bag></dc:subject><xmp:Rating>4</xmp:Rating><exif:DateTimeOriginal>2020-07-26T12:00:00</exif:DateTimeOriginal><exif:GPSLatitude>54,30N</exif:GPSLatitude><exif:GPSLongitude>10,15E</exif:GPSLongitude>`,
  );
  const brought = described === null ? [] : [broughtByXmp(described)];

  test("comes before what is embedded in the photo", () => {
    expect(patchOf({ ...bare, object_metadata: { description: "Mine", title: "T" } }, brought)).toEqual({
      description: "The pier",
      keywords: ["pier"],
      rating: 4,
      taken_at: "2020-07-26T12:00:00",
      location: { latitude: 54.5, longitude: 10.25 },
    });
  });

  test("is no other time or place where the photo tells the same", () => {
    const record = {
      object_metadata: {},
      taken: { at: "2020-07-26T12:00:00.120" },
      place: { latitude: 54.50001, longitude: 10.25 },
    };
    expect(Object.keys(patchOf(record, brought))).toEqual(["description", "keywords", "rating"]);
    const other = {
      object_metadata: {},
      taken: { at: "2020-07-27T12:00:00.000" },
      place: { latitude: 54, longitude: 10 },
    };
    expect(patchOf(other, brought)).toMatchObject({
      taken_at: "2020-07-26T12:00:00",
      location: { latitude: 54.5, longitude: 10.25 },
    });
  });

  test("is all of the words, where the service has written it", () => {
    const words = { description: "D", keywords: ["a; b"], taken_at: "1962-07", custom_field: { deep: [1] } };
    const own = readPacket(
      new TextEncoder().encode(writePacket(words, { hierarchical: [], existing: null })),
    );
    expect(patchOf(bare, own === null ? [] : [broughtByXmp(own)])).toEqual(words);
  });

  test("counts before Takeout, which fills what is left", () => {
    const takeoutToo = broughtByTakeout({
      title: null,
      description: "The beach",
      people: ["Ada"],
      takenAt: "2020-07-26T10:00:00",
      location: null,
    });
    expect(patchOf(bare, [...brought, takeoutToo])).toMatchObject({
      description: "The pier",
      keywords: ["pier", "Ada"],
      taken_at: "2020-07-26T12:00:00",
    });
  });
});
