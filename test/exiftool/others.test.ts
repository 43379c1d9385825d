import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readPacket } from "../../src/metadata/packet/read.ts";
import { writePacket } from "../../src/metadata/packet/write.ts";
import { Exiftool, type Tags } from "./support/exiftool.ts";
import { programs, type Program } from "./support/programs.ts";

let exiftool: Exiftool;
beforeAll(async () => {
  exiftool = await Exiftool.start();
});
afterAll(() => exiftool.stop());

async function sidecar(args: readonly string[]): Promise<Uint8Array> {
  const name = `${crypto.randomUUID()}.xmp`;
  await exiftool.run(...args, "-o", name);
  return exiftool.bytes(name);
}

async function tagsOf(content: string | Uint8Array): Promise<Tags> {
  const name = `${crypto.randomUUID()}.xmp`;
  await exiftool.write(name, content);
  expect(await exiftool.complaints(name)).toEqual([]);
  const [tags] = await exiftool.read(name);
  return tags ?? {};
}

/** The tags by which words are told; all others are another program's. */
const wordTags = new Set([
  ...["Description", "Description-de", "Subject", "Title", "Creator", "Rights"].map((tag) => `XMP-dc:${tag}`),
  ...["Credit", "City", "State", "Country", "DateCreated"].map((tag) => `XMP-photoshop:${tag}`),
  ...["DateTimeOriginal", "GPSLatitude", "GPSLongitude"].map((tag) => `XMP-exif:${tag}`),
  "XMP-xmpRights:UsageTerms",
  "XMP-xmp:Rating",
  "XMP-lr:HierarchicalSubject",
  "XMP-digiKam:TagsList",
  "XMP-microsoft:LastKeywordXMP",
  "XMP-microsoft:RatingPercent",
  "XMP-tagline:ObjectMetadata",
]);

const others = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).filter(([tag]) => !wordTags.has(tag)));

const words = {
  description: "Another beach",
  keywords: ["sea", "Ann", "Paris"],
  title: "Evening",
  creator: "Ben",
  rating: 2,
  taken_at: "1962-07",
  location: { latitude: 1.5, longitude: 2.5 },
  box: 7,
};

describe.each(programs)("a sidecar of $name", (program: Program) => {
  it("is read", async () => {
    const read = readPacket(await sidecar(program.args));
    expect(read).toEqual({
      own: null,
      changed: [],
      facts: program.facts,
      hierarchical: program.hierarchical,
    });
  });

  it("keeps all that carries no words when words are written into it, as exiftool sees it", async () => {
    const before = await sidecar(program.args);
    const packet = writePacket(words, { hierarchical: [], existing: before });
    const tags = await tagsOf(packet ?? "");
    expect(others(tags)).toEqual(others(await tagsOf(before)));
    expect(tags).toMatchObject({
      "XMP-dc:Description": "Another beach",
      "XMP-dc:Subject": ["sea", "Ann", "Paris"],
      "XMP-dc:Title": "Evening",
      "XMP-dc:Creator": ["Ben"],
      "XMP-xmp:Rating": 2,
      "XMP-photoshop:DateCreated": "1962:07",
      "XMP-exif:GPSLatitude": 1.5,
      "XMP-exif:GPSLongitude": 2.5,
      "XMP-tagline:ObjectMetadata": JSON.stringify(words),
    });
    expect(readPacket(new TextEncoder().encode(packet ?? ""))?.own).toEqual(words);
  });

  it("keeps the photo's date and place, and a rating of none, where no person wrote any", async () => {
    const before = await sidecar(program.args);
    const packet = writePacket({ title: "Evening" }, { hierarchical: [], existing: before });
    const [tags, held] = [await tagsOf(packet ?? ""), await tagsOf(before)];
    for (const tag of ["XMP-exif:DateTimeOriginal", "XMP-photoshop:DateCreated", "XMP-exif:GPSLatitude"]) {
      expect(tags[tag]).toEqual(held[tag]);
    }
    const rating = Number(held["XMP-xmp:Rating"]);
    expect(tags["XMP-xmp:Rating"]).toBe(rating > 0 ? undefined : rating);
  });
});

describe("a sidecar of ours that exiftool has changed", () => {
  const changed = async (...args: readonly string[]) => {
    await exiftool.write("ours.xmp", writePacket(words, { hierarchical: ["places|Paris"], existing: null }));
    await exiftool.run(...args, "-overwrite_original", "ours.xmp");
    return readPacket(await exiftool.bytes("ours.xmp"));
  };

  it("still carries every word where the change was of something else", async () => {
    const read = await changed("-XMP-xmp:Label=Red", "-XMP-crs:Exposure2012=1");
    expect(JSON.stringify(read?.own)).toBe(JSON.stringify(words));
    expect(read).toMatchObject({ changed: [], hierarchical: ["places|Paris"] });
  });

  it("tells what exiftool wrote, and no more what it removed", async () => {
    const read = await changed(
      "-XMP-dc:Title=Night",
      "-XMP-dc:Subject+=night",
      "-XMP-xmp:Rating=5",
      "-XMP-dc:Creator=",
      "-XMP-photoshop:City=Rome",
      "-XMP-exif:GPSLatitude=-3.5",
    );
    expect(read?.own).toEqual({
      description: "Another beach",
      keywords: ["sea", "Ann", "Paris", "night"],
      title: "Night",
      rating: 5,
      taken_at: "1962-07",
      location: { latitude: -3.5, longitude: 2.5 },
      box: 7,
      city: "Rome",
    });
    expect(read?.changed).toEqual(["keywords", "rating", "title", "creator", "city", "location"]);
  });

  it("takes words again, and is then as if only we had written it", async () => {
    await changed("-XMP-dc:Title=Night", "-XMP-xmp:Label=Red");
    const existing = await exiftool.bytes("ours.xmp");
    const packet = writePacket(words, { hierarchical: [], existing }) ?? "";
    const tags = await tagsOf(packet);
    expect(tags).toMatchObject({
      "XMP-dc:Title": "Evening",
      "XMP-xmp:Label": "Red",
      "XMP-lr:HierarchicalSubject": ["places|Paris"],
    });
    expect(writePacket(words, { hierarchical: [], existing: new TextEncoder().encode(packet) })).toBe(packet);
  });
});

describe("hierarchical keywords of other programs", () => {
  it("are kept as they were where their leaf is still a keyword, and digiKam's and Windows' list has the new ones", async () => {
    const before = await sidecar([
      "-XMP-digiKam:TagsList=people/Ann",
      "-XMP-digiKam:TagsList=places/Rome",
      "-XMP-microsoft:LastKeywordXMP=people/Ann",
      "-XMP-microsoft:RatingPercent=75",
      "-XMP-dc:Subject=Ann",
    ]);
    const tags = await tagsOf(
      writePacket(
        { keywords: ["ann", "sea"], rating: 2 },
        { hierarchical: ["people|Ann"], existing: before },
      ) ?? "",
    );
    expect(tags).toMatchObject({
      "XMP-digiKam:TagsList": ["people/Ann", "sea"],
      "XMP-microsoft:LastKeywordXMP": ["people/Ann", "sea"],
      "XMP-lr:HierarchicalSubject": ["people|Ann"],
      "XMP-microsoft:RatingPercent": 25,
      "XMP-dc:Subject": ["ann", "sea"],
    });
  });

  it("keep a description in other languages", async () => {
    const before = await sidecar([
      "-XMP-dc:Description=Beach",
      "-XMP-dc:Description-de=Strand",
      "-XMP-dc:Description-en=Beach",
    ]);
    const tags = await tagsOf(
      writePacket({ description: "Sea" }, { hierarchical: [], existing: before }) ?? "",
    );
    expect(tags).toMatchObject({ "XMP-dc:Description": "Sea", "XMP-dc:Description-de": "Strand" });
    expect(tags).not.toHaveProperty("XMP-dc:Description-en");
  });
});
