import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { insertMedia, type MediaContent } from "../../support/records/media.ts";
import { described, found, insertNamed, search } from "./searches.ts";

const camera = JSON.stringify({
  camera: { make: "NIKON CORPORATION", model: "NIKON D850", lens: "AF-S 50mm" },
});

const everyField: readonly (readonly [string, MediaContent])[] = [
  ["description", described("One zebra")],
  ["keywords", { objectMetadata: { keywords: ["other", "Zebra crossing"] } }],
  ...["title", "creator", "credit", "copyright", "usage_terms", "city", "state", "country"].map(
    (name) => [name, { objectMetadata: { [name]: "zebra" } }] as const,
  ),
  ["own", { objectMetadata: { animal_seen: "a zebra" } }],
  ["camera", { intrinsic: JSON.stringify({ camera: { make: "Zebra", model: "1", lens: null } }) }],
  ["lens", { intrinsic: JSON.stringify({ camera: { make: null, model: null, lens: "Zebra 50mm" } }) }],
];

describe("GET /v1/search looks for a word", () => {
  it.each(everyField)("in %s", async (name, content) => {
    await insertNamed({ [`a/${name}.jpg`]: content, "a/none.jpg": described("a horse") });
    expect(await found("zebra")).toEqual([`a/${name}.jpg`]);
  });

  it("in the object key: in folders, in the name and in its ending", async () => {
    await insertNamed({ "2024/Zoo_Berlin/IMG_0042.JPG": {} });
    for (const q of ["2024", "zoo", "berlin", "img", "0042", "img_0042.jpg", "jpg", "2024/zoo_berlin"])
      expect(await found(q)).toHaveLength(1);
    expect(await found("042 ")).toEqual([]);
  });

  it("in nothing that is no text: numbers, lists and objects of one's own, and times", async () => {
    await insertMedia({
      objectKey: "a.jpg",
      objectMetadata: {
        taken_at: "1962",
        rating: 5,
        count: 77,
        list: ["zebra"],
        nested: { animal: "zebra" },
        location: { latitude: 1, longitude: 2 },
      },
    });
    for (const q of ["1962", "5", "77", "zebra", "latitude"]) expect(await found(q)).toEqual([]);
  });

  it("and finds no phrase that reaches over two texts", async () => {
    await insertMedia({
      objectKey: "last/x.jpg",
      objectMetadata: {
        description: "white sand",
        keywords: ["beach house", "red roof"],
        title: "green door",
        city: "Blue Lake",
      },
      intrinsic: camera,
    });
    for (const q of ['"beach house"', '"white sand"', '"green door"', '"blue lake"', '"nikon d850"'])
      expect(await found(q)).toHaveLength(1);
    for (const q of [
      '"sand beach"',
      '"house red"',
      '"roof green"',
      '"door blue"',
      '"lake last"',
      '"d850 af"',
      '"corporation nikon d850 af"',
    ])
      expect(await found(q)).toEqual([]);
  });

  it("and finds what has its words in different fields", async () => {
    await insertMedia({
      objectKey: "harbour/1.jpg",
      objectMetadata: { description: "a boat", keywords: ["sunset"], city: "Oslo" },
      intrinsic: camera,
    });
    expect(await found("oslo sunset nikon boat harbour")).toHaveLength(1);
    expect(await found("oslo sunset nikon boat harbour car")).toEqual([]);
  });

  it("in every record where there is no word, or nothing but signs", async () => {
    await insertNamed({ "a.jpg": {}, "b.jpg": {} });
    for (const q of ["", "   ", "-", '""', "*", "((", "!?…"])
      expect(await found(q)).toEqual(["b.jpg", "a.jpg"]);
    const { items } = await search("");
    expect(items.map(({ highlight }) => highlight)).toEqual([{}, {}]);
  });
});

describe("GET /v1/search for a camera by the name that lists of cameras give it", () => {
  it.each([
    ['camera:"Osprey 35"', ["osprey"]],
    ['camera:"Apple iPhone 14 Pro"', ["pro"]],
    ['camera:"Apple iPhone 14"', ["pro", "plain"]],
    ['camera:"OLYMPUS IMAGING CORP. E-M5"', ["olympus"]],
    ['camera:"Osprey 14 Pro"', []],
    ['-camera:"Apple iPhone 14"', ["olympus", "osprey"]],
  ])("finds what its maker and its model are: %s", async (q, expected) => {
    const taken = (make: string, model: string) => ({
      intrinsic: JSON.stringify({ camera: { make, model, lens: "35mm f/2" } }),
    });
    await insertNamed({
      osprey: taken("Osprey", "35"),
      plain: taken("Apple", "iPhone 14"),
      pro: taken("Apple", "iPhone 14 Pro"),
      olympus: taken("OLYMPUS IMAGING CORP.", "E-M5"),
    });
    expect(await found(q)).toEqual(expected);
  });
});

describe("GET /v1/search with a field", () => {
  it.each([
    ["keyword:beach", ["k1"]],
    ["KEYWORD:Beach", ["k1"]],
    ['keyword:"New York"', ["k2"]],
    ["keyword:new", ["k2"]],
    ["keyword:new ", []],
    ["keyword:new*", ["k2"]],
    ["keyword:bea", ["k1"]],
    ["keyword:bea ", []],
    ["-keyword:beach keyword:new*", ["k2"]],
    ["-keyword:beach", ["new.jpg", "k3", "k2"]],
    ["camera:nikon", ["k3"]],
    ["camera:d850", ["k3"]],
    ['camera:"nikon d850"', ["k3"]],
    ["camera:beach", []],
    ["-camera:nikon", ["new.jpg", "k2", "k1"]],
    ["has:keywords", ["k2", "k1"]],
    ["-has:keywords", ["new.jpg", "k3"]],
    ["has:description", ["k3"]],
    ["-has:description", ["new.jpg", "k2", "k1"]],
    ["has:location", ["k2"]],
    ["-has:location", ["new.jpg", "k3", "k1"]],
    ["has:taken_at", ["k1"]],
    ["-has:taken_at", ["new.jpg", "k3", "k2"]],
    ["has:keywords has:location", ["k2"]],
    ["has:keywords -has:location", ["k1"]],
  ])("finds what has it: %s", async (q, expected) => {
    await insertNamed({
      k1: { objectMetadata: { keywords: ["Beach", "beach house"] }, takenAt: "2024-07-14T16:03:11.000" },
      k2: { objectMetadata: { keywords: ["new york"], location: { latitude: 1, longitude: 2 } } },
      k3: { objectMetadata: { description: "beach" }, intrinsic: camera },
      "new.jpg": {},
    });
    expect(await found(q)).toEqual(expected);
  });

  it.each([
    ["folder:2024/", ["2024/beach/deep/3.jpg", "2024/beach/2.jpg", "2024/1.jpg"]],
    ["folder:2024", ["2024/beach/deep/3.jpg", "2024/beach/2.jpg", "2024/1.jpg"]],
    ["folder:/2024/beach", ["2024/beach/deep/3.jpg", "2024/beach/2.jpg"]],
    ["folder:202", []],
    ["folder:Beach", []],
    ['folder:"my photos/été"', ["my photos/\u00e9t\u00e9/6.jpg"]],
    ["-folder:2024", ["my photos/\u00e9t\u00e9/6.jpg", "2024.jpg", "20245/4.jpg"]],
    ["folder:2024 -folder:2024/beach", ["2024/1.jpg"]],
    ["folder:2024 folder:2024/beach/deep", ["2024/beach/deep/3.jpg"]],
    ["-folder:2024 -folder:20245", ["my photos/\u00e9t\u00e9/6.jpg", "2024.jpg"]],
  ])("finds what lies in a folder: %s", async (q, expected) => {
    const keys = ["2024/1.jpg", "2024/beach/2.jpg", "2024/beach/deep/3.jpg", "20245/4.jpg", "2024.jpg"];
    for (const objectKey of [...keys, "my photos/\u00e9t\u00e9/6.jpg"]) await insertMedia({ objectKey });
    expect(await found(q)).toEqual(expected);
  });

  it.each([
    ["taken:2024", ["e", "d", "c", "b"]],
    ["taken:2024-07", ["d", "c", "b"]],
    ["taken:2024-07-14", ["c", "b"]],
    ["taken:2024-07..2024-08", ["e", "d", "c", "b"]],
    ["taken:2024-07-15..", ["e", "d"]],
    ["taken:..2024-07-13", ["a"]],
    ["taken:..2023", ["a"]],
    ["-taken:2024", ["undated", "a"]],
    ["-taken:2024-07-14", ["undated", "e", "d", "a"]],
    ["taken:2024 -taken:2024-07", ["e"]],
    ["taken:2024 taken:2024-08", ["e"]],
    ["-taken:2023 -taken:2024-08", ["undated", "d", "c", "b"]],
  ])("finds what was taken in a period: %s", async (q, expected) => {
    await insertNamed({
      a: { takenAt: "2023-12-31T23:59:59.999" },
      b: { takenAt: "2024-07-14T00:00:00.000" },
      c: { takenAt: "2024-07-14T23:59:59.999" },
      d: { takenAt: "2024-07-31T12:00:00.000" },
      e: { takenAt: "2024-08-31T23:59:59.000" },
      undated: {},
    });
    expect(await found(q)).toEqual(expected);
  });

  it("goes by the best that is known of time and place", async () => {
    await insertNamed({
      file: {
        takenAt: "2024-07-14T16:03:11.000",
        intrinsic: JSON.stringify({ location: { latitude: 1, longitude: 2, altitude: null } }),
      },
      person: { takenAt: "2024-07-14T16:03:11.000", objectMetadata: { taken_at: "1962" } },
    });
    expect(await found("taken:2024")).toEqual(["file"]);
    expect(await found("taken:1962")).toEqual(["person"]);
    expect(await found("has:location")).toEqual(["file"]);
  });

  it.each(["foo:bar", "taken:yesterday", "has:cheese", "folder:", "taken:2024..2023", "keyword:"])(
    "takes what is none for plain text: %s",
    async (q) => {
      await insertNamed({ "a.jpg": described(`We said ${q} and laughed`), "b.jpg": described("foo") });
      expect(await found(q)).toEqual(["a.jpg"]);
    },
  );
});
