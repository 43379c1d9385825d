import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { storableText } from "../../src/metadata/packet/serialise.ts";
import { writePacket } from "../../src/metadata/packet/write.ts";
import { anyWords, nastyText } from "../support/packet/words.ts";
import { Exiftool } from "./support/exiftool.ts";

let exiftool: Exiftool;
beforeAll(async () => {
  exiftool = await Exiftool.start();
});
afterAll(() => exiftool.stop());

const words = {
  description: "The beach\r\nat noon, 30 °C & <warm>",
  keywords: ["beach", "Ann & Ben", "Paris"],
  title: "Noon",
  creator: "Ann",
  credit: "Ann's photos",
  copyright: "© 2024 Ann",
  usage_terms: "Ask first",
  city: "Zürich",
  state: "ZH",
  country: "Schweiz",
  rating: 4,
  taken_at: "1962-07-14T16:03:11.250",
  location: { latitude: -48.8566123, longitude: 2.3522 },
  box: { number: 7, note: "<late>\u0007\ud800" },
};

async function tagsOf(written: Readonly<Record<string, unknown>>, hierarchical: readonly string[] = []) {
  await exiftool.write("a.xmp", writePacket(written, { hierarchical, existing: null }));
  const [tags] = await exiftool.read("a.xmp");
  return tags ?? {};
}

describe("exiftool reads back", () => {
  it("every property that we write, and finds nothing wrong with it", async () => {
    const tags = await tagsOf(words, ["places|France|Paris", "x|gone"]);
    const { "XMP-exif:GPSLatitude": latitude, "XMP-exif:GPSLongitude": longitude, ...others } = tags;
    expect(latitude).toBeCloseTo(words.location.latitude, 9);
    expect(longitude).toBeCloseTo(words.location.longitude, 9);
    expect(others).toEqual({
      "XMP-x:XMPToolkit": "Tagline",
      "XMP-dc:Description": words.description,
      "XMP-dc:Subject": words.keywords,
      "XMP-lr:HierarchicalSubject": ["places|France|Paris"],
      "XMP-dc:Title": words.title,
      "XMP-dc:Creator": [words.creator],
      "XMP-photoshop:Credit": words.credit,
      "XMP-dc:Rights": words.copyright,
      "XMP-xmpRights:UsageTerms": words.usage_terms,
      "XMP-photoshop:City": words.city,
      "XMP-photoshop:State": words.state,
      "XMP-photoshop:Country": words.country,
      "XMP-xmp:Rating": words.rating,
      "XMP-exif:DateTimeOriginal": "1962:07:14 16:03:11.250",
      "XMP-photoshop:DateCreated": "1962:07:14 16:03:11.250",
      "XMP-tagline:ObjectMetadata": JSON.stringify(words),
    });
    expect(await exiftool.complaints("a.xmp")).toEqual([]);
  });

  it.each([
    ["1962", "1962"],
    ["1962-07", "1962:07"],
    ["1962-07-14", "1962:07:14"],
  ])("the date %s as exactly as it is known", async (date, created) => {
    const tags = await tagsOf({ taken_at: date });
    expect(String(tags["XMP-photoshop:DateCreated"])).toBe(created);
    expect(tags).not.toHaveProperty("XMP-exif:DateTimeOriginal");
    expect(await exiftool.complaints("a.xmp")).toEqual([]);
  });

  it("any text, and finds every packet well-formed", async () => {
    const texts = fc.sample(nastyText, { numRuns: 200, seed: 1 });
    const drawn = fc.sample(anyWords, { numRuns: 200, seed: 2 });
    const names = texts.map((_, index) => `n${index}.xmp`);
    for (const [index, text] of texts.entries()) {
      const all = { ...drawn[index], description: `<${text}>`, keywords: [`<${text}>`] };
      await exiftool.write(`n${index}.xmp`, writePacket(all, { hierarchical: [], existing: null }));
    }
    const read = await exiftool.read(...names);
    const shown = (text: string): string => `<${storableText(text)}>`;
    expect(read.map((tags) => tags["XMP-dc:Description"])).toEqual(texts.map(shown));
    expect(read.map((tags) => tags["XMP-dc:Subject"])).toEqual(texts.map((text) => [shown(text)]));
    expect(await exiftool.complaints(...names)).toEqual([]);
  });
});
