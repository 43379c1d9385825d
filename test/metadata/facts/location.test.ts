import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { xmpPacket } from "../../support/images/index.ts";
import { readCoordinate } from "../../../src/metadata/facts/notations/coordinates.ts";
import { factsOfExif, factsOfFields, factsOfJpeg, numberField, textField } from "./facts-of.ts";

const north = { latitude: [48, 1, 51, 1, 24, 1], latitudeRef: "N" };
const east = { longitude: [2, 1, 21, 1, 0, 1], longitudeRef: "E" };
const inXmp = (attributes: string) => factsOfJpeg({ xmp: xmpPacket("", attributes) });

describe("the location", () => {
  it.each([
    ["N", "E", 48.856_666_7, 2.35],
    ["S", "W", -48.856_666_7, -2.35],
    ["n ", "w", 48.856_666_7, -2.35],
    ["North", "west", 48.856_666_7, -2.35],
    [" SOUTH", "East\0", -48.856_666_7, 2.35],
  ])("has the signs of its directions %j and %j", async (latitudeRef, longitudeRef, latitude, longitude) => {
    const position = { ...north, ...east, latitudeRef, longitudeRef };
    expect((await factsOfExif({ position })).location).toStrictEqual({
      latitude,
      longitude,
      altitude: null,
      source: "exif",
    });
  });

  it("is told by decimal minutes as well, and by degrees alone", async () => {
    const position = {
      ...north,
      ...east,
      latitude: [48, 1, 5140, 100, 0, 1],
      longitude: [2_350_000, 1_000_000],
    };
    expect((await factsOfExif({ position })).location).toMatchObject({
      latitude: 48.856_666_7,
      longitude: 2.35,
    });
  });

  it.each([
    [undefined, 35.1],
    [0, 35.1],
    [1, -35.1],
    [2, 35.1],
    [3, -35.1],
  ])("has an altitude with the sign of its reference %j", async (altitudeRef, altitude) => {
    const reference = altitudeRef === undefined ? {} : { altitudeRef };
    const position = { ...north, ...east, altitude: [351, 10], ...reference } as const;
    expect((await factsOfExif({ position })).location?.altitude).toBe(altitude);
  });

  it("on the equator is no minus zero", async () => {
    const position = { ...east, latitude: [0, 1, 0, 1, 0, 1], latitudeRef: "S" };
    expect((await factsOfExif({ position })).location?.latitude).toBe(0);
  });

  it.each([
    ["a latitude of 200", { ...north, ...east, latitude: [200, 1, 0, 1, 0, 1] }],
    ["a longitude of 181", { ...north, ...east, longitude: [181, 1, 0, 1, 0, 1] }],
    ["0/0 for everything", { ...north, ...east, latitude: [0, 0, 0, 0, 0, 0] }],
    ["an infinite latitude", { ...north, ...east, latitude: [1, 0, 0, 1, 0, 1] }],
    ["no direction", { latitude: north.latitude, ...east }],
    ["the direction of the other axis", { ...north, ...east, latitudeRef: "E" }],
    ["no longitude", north],
    ["nothing", {}],
  ])("is not told by %s", async (_, position) => {
    expect((await factsOfExif({ position, make: "Maker" })).location).toBeNull();
  });

  it("has no altitude beyond the sea's floor or the atmosphere", async () => {
    for (const altitude of [
      [4_294_967_295, 1],
      [1, 0],
    ] as const) {
      expect(
        (await factsOfExif({ position: { ...north, ...east, altitude } })).location?.altitude,
      ).toBeNull();
    }
  });

  it("is told by XMP where EXIF does not", async () => {
    const attributes =
      'exif:GPSLatitude="48,51.4S" exif:GPSLongitude="2,21,0E" exif:GPSAltitude="351/10" exif:GPSAltitudeRef="1"';
    const expected = { latitude: -48.856_666_7, longitude: 2.35, altitude: -35.1, source: "xmp" };
    expect((await inXmp(attributes)).location).toStrictEqual(expected);
  });

  it.each([
    'exif:GPSLatitude="148,0N" exif:GPSLongitude="2,21E"',
    'exif:GPSLatitude="48,51E" exif:GPSLongitude="2,21E"',
    'exif:GPSLatitude="48,51N"',
  ])("is not told by XMP of %s", async (attributes) => {
    expect((await inXmp(attributes)).location).toBeNull();
  });

  it("has no altitude by XMP of a denominator of zero", async () => {
    const attributes = 'exif:GPSLatitude="48,51N" exif:GPSLongitude="2,21E" exif:GPSAltitude="1/0"';
    expect((await inXmp(attributes)).location).toMatchObject({ altitude: null });
  });
});

describe("the location in EXIF's fields of other types", () => {
  const place = async (
    latitude: readonly [number, ...number[]],
    latitudeRef: string | null = "N",
    longitude: readonly [number, ...number[]] = [5, 2, 1, 0, 1, 0, 1],
  ) => {
    const [type, ...values] = latitude;
    const [otherType, ...others] = longitude;
    const direction = latitudeRef === null ? [] : [textField(1, 2, `${latitudeRef}\0`)];
    const position = [
      ...direction,
      numberField(2, type, ...values),
      textField(3, 2, "E\0"),
      numberField(4, otherType, ...others),
    ];
    return (await factsOfFields({ position })).location?.latitude ?? null;
  };

  it.each<[string, readonly [number, ...number[]]]>([
    ["DOUBLE", [12, 48, 51, 24]],
    ["DOUBLE of degrees alone", [12, 48.856_666_7]],
    ["DOUBLE of degrees and minutes", [12, 48, 51.4]],
    ["FLOAT", [11, 48, 51, 24]],
    ["LONG", [4, 48, 51, 24]],
    ["SHORT", [3, 48, 51, 24]],
    ["SRATIONAL", [10, 48, 1, 51, 1, 24, 1]],
    ["RATIONAL without seconds", [5, 48, 1, 514, 10]],
    ["RATIONAL with seconds of 0/0", [5, 48, 1, 514, 10, 0, 0]],
    ["RATIONAL with minutes and seconds of 0/0", [5, 488_566_667, 10_000_000, 0, 0, 0, 0]],
  ])("is told by %s", async (_, values) => {
    expect(await place(values)).toBe(48.856_666_7);
  });

  it("is south by a minus, with whichever reference of its axis, or none", async () => {
    for (const reference of ["N", "S", null]) {
      expect(await place([10, -48, 1, 51, 1, 24, 1], reference)).toBe(-48.856_666_7);
      expect(await place([12, -48.856_666_7], reference)).toBe(-48.856_666_7);
    }
    expect(await place([12, -48.856_666_7], "E")).toBeNull();
  });

  it("is not told by degrees whose minutes are unknown", async () => {
    expect(await place([5, 48, 1, 0, 0, 0, 0])).toBeNull();
  });

  it.each([
    ["BYTE 1", numberField(5, 1, 1), -12],
    ["SHORT 1", numberField(5, 3, 1), -12],
    ["ASCII 1", textField(5, 2, "1\0"), -12],
    ["ASCII 0", textField(5, 2, "0\0"), 12],
    ["UNDEFINED 1", textField(5, 7, "\x01"), -12],
    ["UNDEFINED of the letter 1", textField(5, 7, "1"), -12],
    ["UNDEFINED of the letter 0", textField(5, 7, "0"), 12],
  ])("has the sign of an altitude's reference that is %s", async (_, reference, altitude) => {
    const position = [
      textField(1, 2, "N\0"),
      numberField(2, 5, 48, 1, 51, 1, 24, 1),
      textField(3, 2, "E\0"),
      numberField(4, 5, 2, 1, 0, 1, 0, 1),
      reference,
    ];
    for (const height of [numberField(6, 5, 12, 1), numberField(6, 12, 12)]) {
      expect((await factsOfFields({ position: [...position, height] })).location?.altitude).toBe(altitude);
    }
  });

  it("is below by an altitude's minus, with whichever reference", async () => {
    for (const reference of [0, 1]) {
      const position = [
        textField(1, 2, "N\0"),
        numberField(2, 12, 1),
        textField(3, 2, "E\0"),
        numberField(4, 12, 2),
        numberField(5, 1, reference),
        numberField(6, 10, -12, 1),
      ];
      expect((await factsOfFields({ position })).location?.altitude).toBe(-12);
    }
  });
});

describe("a coordinate in XMP", () => {
  it.each([
    ["48,51,24N", "", 48.856_666_666_7],
    ["48,51.4N", "", 48.856_666_666_7],
    ["48,51.4 n", "", 48.856_666_666_7],
    ["48.8567N", "", 48.8567],
    ["48.8567 S", "", -48.8567],
    ["N48.8567", "", 48.8567],
    ["S 48.8567", "", -48.8567],
    ["48.8567", "", 48.8567],
    ["+48.8567", "", 48.8567],
    ["-48.8567", "", -48.8567],
    ["-48.8567S", "", -48.8567],
    ["48.8567", "S", -48.8567],
    ["48.8567", "South", -48.8567],
    ["48,51,24", "N", 48.856_666_666_7],
    ["48/1,51/1,2400/100", "N", 48.856_666_666_7],
    ["48,51,2400/100N", "", 48.856_666_666_7],
    ["48° 51' 24.00\" N", "", 48.856_666_666_7],
    ["48 deg 51' 24.00\" N", "", 48.856_666_666_7],
    ["N 48º51′24″", "", 48.856_666_666_7],
    ["48 51 24 South", "", -48.856_666_666_7],
    ["0", "", 0],
  ])("of %j with the reference %j is told", (text, reference, degrees) => {
    expect(readCoordinate("latitude", text, reference)).toBeCloseTo(degrees, 9);
  });

  it.each([
    ["", ""],
    ["N", ""],
    ["48,51,24", ""],
    ["48,51E", ""],
    ["48,61N", ""],
    ["48,51,60N", ""],
    ["148,0N", ""],
    ["91", ""],
    ["48,51,24,1N", ""],
    ["48,x,24N", ""],
    ["0/0N", ""],
    ["48.8567", "Z"],
    ["here", ""],
    [`48.8567${" ".repeat(100_000)}N`, ""],
  ])("of %j with the reference %j is not", (text, reference) => {
    expect(readCoordinate("latitude", text, reference)).toBeNull();
  });

  it("is the same in each notation, wherever on the globe", () => {
    const degrees = fc.double({ min: 0, max: 90, noNaN: true }).map((value) => Number(value.toFixed(7)));
    fc.assert(
      fc.property(degrees, fc.constantFrom("N", "S"), (size, letter) => {
        const whole = Math.floor(size);
        const decimal = size.toFixed(7);
        const minutes = ((size - whole) * 60).toFixed(9);
        const expected = letter === "N" ? size : -size;
        const texts = [
          `${decimal}${letter}`,
          `${letter}${decimal}`,
          `${letter === "N" ? "" : "-"}${decimal}`,
        ];
        const inMinutes = minutes.startsWith("60") ? [] : [`${whole},${minutes}${letter}`];
        for (const text of [...texts, ...inMinutes]) {
          expect(readCoordinate("latitude", text, "")).toBeCloseTo(expected, 7);
        }
      }),
    );
  });

  it("throws at no text, and is never beyond its limits", () => {
    const characters = fc.constantFrom(...Array.from("0123456789.,/+-NSEW°'\" degx"));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: characters, maxLength: 20 })), (text) => {
        expect(Math.abs(readCoordinate("latitude", text, "N") ?? 0)).toBeLessThanOrEqual(90);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["35.1", "", 35.1],
    ["351/10", "0", 35.1],
    ["35.1", "1", -35.1],
    ["-35.1", "1", -35.1],
    ["-35.1", "", -35.1],
    ["35.1 m", "Below Sea Level", -35.1],
    ["0/0", "", null],
    ["high", "", null],
  ])("has an altitude of %j with the reference %j", async (altitude, reference, expected) => {
    const attributes = `exif:GPSLatitude="1N" exif:GPSLongitude="2E" exif:GPSAltitude="${altitude}" exif:GPSAltitudeRef="${reference}"`;
    expect((await inXmp(attributes)).location).toMatchObject({ altitude: expected });
  });
});
