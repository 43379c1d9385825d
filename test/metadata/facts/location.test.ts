import { describe, expect, it } from "vitest";
import { xmpPacket } from "../../support/images/index.ts";
import { factsOfExif, factsOfJpeg } from "./facts-of.ts";

const north = { latitude: [48, 1, 51, 1, 24, 1], latitudeRef: "N" };
const east = { longitude: [2, 1, 21, 1, 0, 1], longitudeRef: "E" };
const inXmp = (attributes: string) => factsOfJpeg({ xmp: xmpPacket("", attributes) });

describe("the location", () => {
  it.each([
    ["N", "E", 48.856_666_7, 2.35],
    ["S", "W", -48.856_666_7, -2.35],
    ["n ", "w", 48.856_666_7, -2.35],
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
