import { describe, expect, it } from "vitest";
import { differences } from "../../../scripts/corpus/compare.ts";
import type { Expected } from "../../../scripts/corpus/expected.ts";
import type { Look, Told } from "../../../scripts/corpus/look.ts";
import type { ThumbnailResult, UnsupportedCode } from "../../../src/thumbnail/types.ts";

const told: Told = {
  mime: "image/jpeg",
  width: 3024,
  height: 4032,
  orientation: 6,
  takenAt: "2024-07-14T16:03:11.123+02:00",
  make: "Maker",
  model: "Model",
  lens: null,
  gps: { lat: 48.8545541, lon: -2.3002905 },
  description: "A caption",
  keywords: ["a", "b"],
  problem: null,
};
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
const untold: Told = {
  ...told,
  mime: null,
  width: null,
  height: null,
  orientation: null,
  takenAt: null,
  make: null,
  model: null,
  gps: null,
  description: null,
  keywords: [],
};

function made(width: number, height: number): ThumbnailResult {
  return { outcome: "made", jpeg: new Uint8Array(10), width, height, thumbhash: "", workingBytes: 1 };
}
function refused(code: UnsupportedCode): ThumbnailResult {
  return { outcome: "unsupported", reason: { code, detail: "Refused." } };
}
const corrupt: ThumbnailResult = { outcome: "failed", reason: { code: "corrupt", detail: "Broken." } };

function look(change: Partial<Told> = {}, contain = made(384, 512)): Look {
  const cover = contain.outcome === "made" ? made(512, 512) : contain;
  return { told: { ...told, ...change }, contain, cover, ms: 1 };
}
const compare = (change: Partial<Told>, wanted: Partial<Expected> = {}, thumbnail?: ThumbnailResult) =>
  differences(look(change, thumbnail), { ...expected, ...wanted });

describe("facts", () => {
  it("are the same to whole seconds and to rounded degrees", () => {
    expect(compare({})).toStrictEqual([]);
  });

  it.each<[Partial<Told>, string]>([
    [{ mime: "image/png" }, "mime is image/png, not image/jpeg"],
    [{ orientation: 8 }, "orientation is 8, not 6"],
    [
      { takenAt: "2024-07-14T16:03:11.123" },
      "taken_at is 2024-07-14T16:03:11, not 2024-07-14T16:03:11+02:00",
    ],
    [{ takenAt: null }, "taken_at is null, not 2024-07-14T16:03:11+02:00"],
    [{ make: null }, "make is null, not Maker"],
    [{ model: "model" }, "model is model, not Model"],
    [{ lens: "Lens" }, "lens is Lens, not null"],
    [{ gps: null }, 'gps is null, not {"lat":48.854554,"lon":-2.30029}'],
    [
      { gps: { lat: 48.854554, lon: 2.30029 } },
      'gps is {"lat":48.854554,"lon":2.30029}, not {"lat":48.854554,"lon":-2.30029}',
    ],
    [{ description: "Another" }, "description is Another, not A caption"],
    [{ keywords: ["b", "a"] }, 'keywords is ["b","a"], not ["a","b"]'],
  ])("that differ are named: %o", (change, difference) => {
    expect(compare(change)).toStrictEqual([difference]);
  });

  it("are not compared where they are disputed, or where the expectation leaves them out", () => {
    const other = { gps: null, width: 4032, height: 3024, description: null, mime: null };
    const disputed = ["gps", "size", "description", "mime"];
    expect(compare(other, { disputed }, made(512, 384))).toStrictEqual([]);
    expect(differences(look(other, made(512, 384)), { disputed: [] })).toStrictEqual([]);
  });

  it("of types that are not accepted are not to be told", () => {
    expect(compare(untold, { mime: "image/jxl" }, refused("no_decoder"))).toStrictEqual([]);
    expect(compare({ ...untold, make: "Maker" }, { mime: "image/jxl" }, refused("no_decoder"))).toStrictEqual(
      ["make is Maker, not null"],
    );
  });

  it("turn HEIC and AVIF by their container, so that EXIF's orientation says nothing", () => {
    expect(compare({ mime: "image/heic", orientation: 3 }, { mime: "image/heic" })).toStrictEqual([]);
    expect(compare({ mime: "image/avif", orientation: null }, { mime: "image/avif" })).toStrictEqual([]);
  });

  it("have no orientation where EXIF has an invalid one", () => {
    expect(compare({ orientation: null }, { orientation: 0 })).toStrictEqual([]);
    expect(compare({ orientation: null }, { orientation: 1 })).toStrictEqual([]);
    expect(compare({ orientation: 2 }, { orientation: null })).toStrictEqual(["orientation is 2, not 1"]);
  });

  it("have a description that is cut to its limit", () => {
    const description = `${"ä".repeat(1022)} ${"b".repeat(500)}`;
    expect(compare({ description: `${"ä".repeat(1022)}…` }, { description })).toStrictEqual([]);
    expect(compare({ description }, { description })).toHaveLength(1);
  });
});

describe("sizes", () => {
  const none = { width_after: null, height_after: null };
  const declared = { width: 3024, height: 4032 };

  it("are the shown ones", () => {
    expect(compare({ width: 4032, height: 3024 }, {}, made(512, 384))).toStrictEqual([
      "size_after is 4032 × 3024, not 3024 × 4032",
    ]);
  });

  it("that a header declares may be told, if they are the same, or not at all", () => {
    expect(compare({}, { ...none, declared })).toStrictEqual([]);
    expect(compare({ width: null, height: null }, { ...none, declared })).toStrictEqual([]);
    expect(compare({}, { ...none, declared: { width: 1, height: 2 } })).toStrictEqual([
      "size_after is 3024 × 4032, not 1 × 2",
    ]);
  });

  it("of what nobody decodes are the header's alone", () => {
    expect(compare({}, { ...none, decodable: false }, corrupt)).toStrictEqual([]);
    expect(compare({}, none)).toStrictEqual(["size_after is 3024 × 4032, not null"]);
  });
});

describe("thumbnails", () => {
  it("have the shape of the picture, and are never enlarged", () => {
    expect(compare({}, {}, made(512, 384))).toStrictEqual(["contain is 512 × 384, not 384 × 512"]);
    const small = { width: 40, height: 30 };
    expect(compare(small, { width_after: 40, height_after: 30 }, made(40, 30))).toStrictEqual([]);
    const square = { ...look(), cover: made(512, 384) };
    expect(differences(square, expected)).toStrictEqual(["cover is not square"]);
  });

  it("come in both fits or in none", () => {
    expect(differences({ ...look(), cover: corrupt }, undefined)).toStrictEqual([
      "contain is made, cover is failed",
    ]);
  });

  it("are to be made of what others decode", () => {
    expect(compare({}, {}, corrupt)).toStrictEqual(["others can decode it: Broken."]);
    expect(compare({}, {}, refused("over_budget"))).toStrictEqual(["others can decode it: Refused."]);
    expect(compare({}, { decodable: null }, corrupt)).toStrictEqual([]);
    expect(compare({}, { disputed: ["decodable"] }, corrupt)).toStrictEqual([]);
  });

  it("may be refused for how the picture is coded", () => {
    expect(compare({}, {}, refused("arithmetic_coding"))).toStrictEqual([]);
  });

  it("are not to be made of what nobody decodes", () => {
    expect(compare({}, { decodable: false })).toStrictEqual(["nobody else can decode it"]);
    expect(compare({}, { decodable: false }, corrupt)).toStrictEqual([]);
  });

  it("never end in a fault of the decoder, also without expectations", () => {
    const fault: ThumbnailResult = {
      outcome: "failed",
      reason: { code: "decoder_fault", detail: "Gave up." },
    };
    expect(differences(look({}, fault), undefined)).toStrictEqual(["contain: Gave up.", "cover: Gave up."]);
    expect(differences(look({}, corrupt), undefined)).toStrictEqual([]);
  });
});
