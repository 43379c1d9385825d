import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { placeInput, placeOfValue, readPlace } from "../../../../console/src/words/fields/place.ts";

const paris = { latitude: 48.85, longitude: 2.35 };

describe("a place that somebody has pasted", () => {
  test.each([
    "48.85, 2.35",
    "48.85 2.35",
    "48.85,2.35",
    "  48.85 ;2.35 ",
    "48,85; 2,35",
    "48,85 2,35",
    "48,85, 2,35",
    "48.85° N, 2.35° E",
    "48.85N 2.35E",
    "N 48.85 E 2.35",
    "N48.85, E2.35",
    "2.35 E, 48.85 N",
    "48°51'N 2°21'E",
    "48° 51′ 0″ N, 2° 21′ 0″ E",
    "48°51’0”N 2°21’0”E",
    "48°51'0'' 2°21'0''",
    "geo:48.85,2.35",
    "https://www.openstreetmap.org/#map=15/48.85/2.35",
    "https://www.google.com/maps/@48.85,2.35,15z",
  ])("%s", (text) => {
    expect(readPlace(text)).toEqual(paris);
  });

  test.each([
    ["-33.86, 151.2", { latitude: -33.86, longitude: 151.2 }],
    ["33°51'36\"S 70°40'W", { latitude: -33.86, longitude: -70.6666667 }],
    ["48, 2", { latitude: 48, longitude: 2 }],
    ["48,2", { latitude: 48, longitude: 2 }],
    ["-0, 0", { latitude: 0, longitude: 0 }],
  ])("%s, with its sign", (text, place) => {
    expect(readPlace(text)).toEqual(place);
  });

  test.each([
    "",
    "Paris",
    "48.85",
    "91, 2",
    "48, 181",
    "48.85 N, 2.35 N",
    "48.85 E, 2.35 E",
    "48.85 N 2.35",
    "48°61'N 2°21'E",
    "1 2 3",
    "48.85, 2.35, Paris",
    "48'51°N 2°21'E",
    "-48.85 N, 2.35 E",
    "https://example.org/",
  ])("%s is none", (text) => {
    expect(readPlace(text)).toBeNull();
  });

  it("comes back from its field as it was, to the centimetre", () => {
    const degrees = (most: number): fc.Arbitrary<number> =>
      fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((tenths) => tenths / 1e7 + 0);
    fc.assert(
      fc.property(degrees(90), degrees(180), (latitude, longitude) => {
        expect(readPlace(placeInput({ latitude, longitude }))).toEqual({ latitude, longitude });
      }),
    );
  });

  it("is never read as a place that is not on earth", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("0123456789-.,;° '\"NESW")) }), (text) => {
        const place = readPlace(text);
        expect(place === null || placeOfValue(place) !== null).toBe(true);
      }),
    );
  });
});

test.each([null, "Paris", {}, { latitude: "48", longitude: 2 }, { latitude: 91, longitude: 0 }])(
  "%j is no place",
  (value) => {
    expect(placeOfValue(value)).toBeNull();
  },
);
