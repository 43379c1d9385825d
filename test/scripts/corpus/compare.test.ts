import { describe, expect, it } from "vitest";
import type { Media } from "../../../scripts/corpus/client.ts";
import { expectedDifferences } from "../../../scripts/corpus/compare.ts";
import { type Expected, expectedTime } from "../../../scripts/corpus/expected.ts";
import { ownDifferences } from "../../../scripts/corpus/look.ts";
import { lookAt, lookAtNone, lookAtRefused, made, photo, photoWith } from "./support/looks.ts";

const expected: Expected = {
  mime: "image/jpeg",
  width_after: 3024,
  height_after: 4032,
  orientation: 6,
  taken_at: "2024-07-14T16:03:11+02:00",
  make: "Maker",
  model: "Model",
  lens: null,
  gps: { lat: 48.854554, lon: -2.30029 },
  description: "A caption",
  keywords: ["a", "b"],
  decodable: true,
  disputed: [],
};

const compare = (media: Media, wanted: Partial<Expected> = {}): string[] =>
  expectedDifferences(lookAt(media), { ...expected, ...wanted });
const noDate = { taken_at: null, taken_at_offset: null };
const untold = photoWith({
  content_type: "application/octet-stream",
  state: "unsupported",
  intrinsic: { ...noDate, width: null, height: null, orientation: null, camera: null, location: null },
  taken: null,
  object_metadata: { description: null, keywords: [] },
});

describe("facts", () => {
  it("are the same to whole seconds and to rounded degrees", () => {
    expect(compare(photo)).toStrictEqual([]);
  });

  it.each<[string, Media, string]>([
    ["a type", photoWith({ content_type: "image/png" }), "mime is image/png, not image/jpeg"],
    ["an orientation", photoWith({ intrinsic: { orientation: 8 } }), "orientation is 8, not 6"],
    [
      "an offset",
      photoWith({ intrinsic: { taken_at_offset: null } }),
      "taken_at is 2024-07-14T16:03:11, not 2024-07-14T16:03:11+02:00",
    ],
    ["a time", photoWith({ intrinsic: noDate }), "taken_at is null, not 2024-07-14T16:03:11+02:00"],
    [
      "a source of the time",
      photoWith({
        taken: { at: "2024-07-14T16:03:11.123", offset: "+02:00", precision: "second", source: "xmp" },
      }),
      "taken is 2024-07-14T16:03:11+02:00 second xmp, not 2024-07-14T16:03:11+02:00 second exif",
    ],
    ["no best time", photoWith({ taken: null }), "taken is null, not 2024-07-14T16:03:11+02:00 second exif"],
    [
      "a make",
      photoWith({ intrinsic: { camera: { make: null, model: "Model", lens: null } } }),
      "make is null, not Maker",
    ],
    [
      "a model",
      photoWith({ intrinsic: { camera: { make: "Maker", model: "model", lens: null } } }),
      "model is model, not Model",
    ],
    [
      "a lens",
      photoWith({ intrinsic: { camera: { make: "Maker", model: "Model", lens: "Lens" } } }),
      "lens is Lens, not null",
    ],
    [
      "no place",
      photoWith({ intrinsic: { location: null } }),
      'gps is null, not {"lat":48.854554,"lon":-2.30029}',
    ],
    [
      "a place",
      photoWith({ intrinsic: { location: { latitude: 48.854554, longitude: 2.30029, altitude: null } } }),
      'gps is {"lat":48.854554,"lon":2.30029}, not {"lat":48.854554,"lon":-2.30029}',
    ],
    [
      "a description",
      photoWith({ object_metadata: { description: "Another", keywords: ["a", "b"] } }),
      "description is Another, not A caption",
    ],
    [
      "keywords",
      photoWith({ object_metadata: { description: "A caption", keywords: ["b", "a"] } }),
      'keywords is ["b","a"], not ["a","b"]',
    ],
  ])("that differ are named: %s", (_what, media, difference) => {
    expect(compare(media)).toStrictEqual([difference]);
  });

  it("are not compared where they are disputed, or where the expectation leaves them out", () => {
    const other = photoWith({
      content_type: "image/png",
      intrinsic: { ...noDate, location: null, width: 1 },
    });
    const disputed = ["gps", "size", "mime", "taken_at"];
    expect(compare(other, { disputed })).toStrictEqual([]);
    expect(expectedDifferences(lookAt(other), { disputed: [] })).toStrictEqual([]);
  });

  it("of types that are not accepted are not to be told", () => {
    const look = lookAt(untold, { outcome: "unsupported", reason: { code: "not_an_image", detail: "" } });
    expect(expectedDifferences(look, { ...expected, mime: "image/jxl" })).toStrictEqual([]);
    const telling = { ...untold, intrinsic: { ...untold.intrinsic, taken_at: "2024-07-14T16:03:11.000" } };
    expect(compare(telling, { mime: "image/jxl" })).toContain("taken_at is 2024-07-14T16:03:11, not null");
  });

  it("of an upload that was refused are none, which is right where the type is not accepted", () => {
    expect(expectedDifferences(lookAtRefused(), { ...expected, mime: "text/html" })).toStrictEqual([]);
    expect(expectedDifferences(lookAtRefused(), expected)).toContain("mime is null, not image/jpeg");
  });

  it("turn HEIC and AVIF by their container, so that EXIF's orientation says nothing", () => {
    for (const type of ["image/heic", "image/avif"]) {
      const media = photoWith({ content_type: type, intrinsic: { orientation: 3 } });
      expect(compare(media, { mime: type })).toStrictEqual([]);
    }
  });

  it("have no orientation where EXIF has an invalid one", () => {
    const none = photoWith({ intrinsic: { orientation: null } });
    expect(compare(none, { orientation: 0 })).toStrictEqual([]);
    expect(compare(none, { orientation: 1 })).toStrictEqual([]);
    expect(compare(photo, { orientation: null })).toStrictEqual(["orientation is 6, not 1"]);
  });

  it("have a description that is cut to its limit", () => {
    const description = `${"ä".repeat(1022)} ${"b".repeat(500)}`;
    const cut = photoWith({ object_metadata: { description: `${"ä".repeat(1022)}…`, keywords: ["a", "b"] } });
    expect(compare(cut, { description })).toStrictEqual([]);
    expect(compare(photo, { description })).toHaveLength(1);
  });
});

describe("the expected time", () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    [
      "XMP's original",
      { "XMP-exif:DateTimeOriginal": "2001:02:03 04:05:06.78+01:00" },
      "04:05:06+01:00 second xmp",
    ],
    ["a date of creation", { "XMP-photoshop:DateCreated": "2001:02:03" }, "00:00:00 day xmp"],
    [
      "the first of several",
      { "XMP-photoshop:DateCreated": "2001:02:03T04:05:06, 1999:01:01" },
      "04:05:06 second xmp",
    ],
    [
      "IPTC's day and time",
      { "IPTC:DateCreated": "2001:02:03", "IPTC:TimeCreated": "04:05:06+00:00" },
      "04:05:06+00:00 second iptc",
    ],
    ["IPTC's day", { "IPTC:DateCreated": "2001:02:03" }, "00:00:00 day iptc"],
    ["XMP's creation", { "XMP-xmp:CreateDate": "2001:02:03 04:05:06Z" }, "04:05:06+00:00 second digitized"],
    ["EXIF's digitizing", { "ExifIFD:CreateDate": "2001:02:03 04:05:06" }, "04:05:06 second digitized"],
    ["a time without a day", { "IPTC:TimeCreated": "04:05:06" }, undefined],
    ["a day of nought", { "ExifIFD:CreateDate": "0000:00:00 00:00:00" }, undefined],
    ["a change of the file", { "IFD0:ModifyDate": "2001:02:03 04:05:06" }, undefined],
  ])("is told by %s", (_what, dates, time) => {
    const told = expectedTime({ taken_at: null, other_dates: dates, disputed: [] });
    expect(told ? `${told.at} ${told.precision} ${told.source}` : undefined).toBe(
      time === undefined ? undefined : `2001-02-03T${time}`,
    );
  });

  it("is the first in the order of the contract", () => {
    const names = [
      "XMP-exif:DateTimeOriginal",
      "XMP-photoshop:DateCreated",
      "IPTC:DateCreated",
      "XMP-xmp:CreateDate",
      "ExifIFD:CreateDate",
    ];
    names.forEach((_, from) => {
      const dates = names
        .slice(from)
        .map((name, index) => [name, `200${from + index}:01:01 00:00:00`] as const);
      const told = expectedTime({
        taken_at: null,
        other_dates: Object.fromEntries(dates.toReversed()),
        disputed: [],
      });
      expect(told?.at).toBe(`200${from}-01-01T00:00:00`);
    });
  });

  it("is EXIF's original where there is one, and unknown where nothing is said", () => {
    expect(expectedTime({ taken_at: "2024-01-01T00:00:00", disputed: [] })?.source).toBe("exif");
    expect(expectedTime({ disputed: [] })).toBeUndefined();
  });

  it("is compared with what the service tells", () => {
    const dates = { "XMP-photoshop:DateCreated": "2003:08:31" };
    const day = { at: "2003-08-31T00:00:00.000", offset: null, precision: "day", source: "xmp" };
    const right = photoWith({ intrinsic: { taken_at: day.at, taken_at_offset: null }, taken: day });
    expect(compare(right, { taken_at: null, other_dates: dates })).toStrictEqual([]);
    const wrong = { ...right, taken: { ...day, precision: "second" } };
    expect(compare(wrong, { taken_at: null, other_dates: dates })).toHaveLength(1);
    expect(compare(photo, { taken_at: null, other_dates: dates })).toHaveLength(2);
  });
});

describe("sizes", () => {
  const none = { width_after: null, height_after: null };
  const declared = { width: 3024, height: 4032 };

  it("are the shown ones", () => {
    const lying = photoWith({ intrinsic: { width: 4032, height: 3024 } });
    expect(compare(lying)).toStrictEqual(["size_after is 4032 × 3024, not 3024 × 4032"]);
  });

  it("that a header declares may be told, if they are the same, or not at all", () => {
    expect(compare(photo, { ...none, declared })).toStrictEqual([]);
    const unsized = photoWith({ intrinsic: { width: null, height: null } });
    expect(compare(unsized, { ...none, declared })).toStrictEqual([]);
    expect(compare(photo, { ...none, declared: { width: 1, height: 2 } })).toStrictEqual([
      "size_after is 3024 × 4032, not 1 × 2",
    ]);
  });

  it("of what nobody decodes are the header's alone", () => {
    const look = lookAtNone("failed", "corrupt");
    expect(expectedDifferences(look, { ...expected, ...none, decodable: false })).toStrictEqual([]);
    expect(compare(photo, none)).toStrictEqual(["size_after is 3024 × 4032, not null"]);
  });
});

describe("thumbnails", () => {
  it("have the shape of the picture, and are never enlarged", () => {
    expect(ownDifferences(lookAt(photo))).toStrictEqual([]);
    expect(ownDifferences(lookAt(photo, made(512, 384)))).toStrictEqual([
      "contain is 512 × 384, not 384 × 512",
    ]);
    const small = photoWith({ intrinsic: { width: 40, height: 30 } });
    expect(ownDifferences(lookAt(small, made(40, 30)))).toStrictEqual([]);
    const oblong = { ...lookAt(photo), cover: made(512, 384) };
    expect(ownDifferences(oblong)).toStrictEqual(["cover is 512 × 384"]);
  });

  it("come in both fits of what is ready, and in none of what is not", () => {
    const one = { ...lookAt(photo), cover: lookAtNone("failed", "corrupt").cover };
    expect(ownDifferences(one)).toStrictEqual(["is ready, and contain is made, cover is failed (corrupt)"]);
    const both = lookAt(photoWith({ state: "unsupported" }));
    expect(ownDifferences(both)).toStrictEqual(["is unsupported, and contain is made, cover is made"]);
  });

  it("are to be made of what others decode", () => {
    const corrupt = lookAtNone("failed", "corrupt");
    expect(expectedDifferences(corrupt, expected)).toStrictEqual(["others can decode it: Why."]);
    expect(expectedDifferences(lookAtNone("unsupported", "over_budget"), expected)).toHaveLength(1);
    expect(expectedDifferences(corrupt, { ...expected, decodable: null })).toStrictEqual([]);
    expect(expectedDifferences(corrupt, { ...expected, disputed: ["decodable"] })).toStrictEqual([]);
  });

  it("may be refused for how the picture is coded", () => {
    expect(expectedDifferences(lookAtNone("unsupported", "arithmetic_coding"), expected)).toStrictEqual([]);
  });

  it("are not to be made of what nobody decodes", () => {
    expect(compare(photo, { decodable: false })).toStrictEqual(["nobody else can decode it"]);
  });
});

describe("a file without expectations", () => {
  it("may be broken, but is not to end in a fault of the decoder", () => {
    expect(ownDifferences(lookAtNone("failed", "corrupt"))).toStrictEqual([]);
    expect(ownDifferences(lookAtNone("failed", "decoder_fault"))).toStrictEqual([
      "failed with decoder_fault: Why.",
    ]);
  });

  it("may be refused as no photo, but not with an error of the service's own", () => {
    expect(ownDifferences(lookAtRefused())).toStrictEqual([]);
    expect(ownDifferences(lookAtRefused("internal_error"))).toStrictEqual([
      "is refused with 415 internal_error: No photo.",
    ]);
  });
});
