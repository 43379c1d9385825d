import { describe, expect, it } from "vitest";
import type { TiffFieldContent } from "../../support/images/index.ts";
import { factsOfExif, factsOfFields, numberField } from "./facts-of.ts";

describe("the exposure", () => {
  it("is told in seconds, f-number, ISO and millimetres", async () => {
    const fields = { exposureTime: [1, 500], fNumber: [178, 100], iso: 80, focalLength: [343, 50] } as const;
    const expected = { time: 0.002, f_number: 1.78, iso: 80, focal_length: 6.86 };
    expect((await factsOfExif(fields)).exposure).toStrictEqual(expected);
    expect((await factsOfExif({ ...fields, littleEndian: false })).exposure).toStrictEqual(expected);
  });

  it("takes an ISO that does not fit its field from the other", async () => {
    expect((await factsOfExif({ iso: 65_535, recommendedIso: 102_400 })).exposure?.iso).toBe(102_400);
    expect((await factsOfExif({ iso: 65_535 })).exposure?.iso).toBe(65_535);
    expect((await factsOfExif({ recommendedIso: 400 })).exposure?.iso).toBe(400);
  });

  it.each<[string, Parameters<typeof factsOfExif>[0]]>([
    ["0/0", { exposureTime: [0, 0], fNumber: [0, 0], focalLength: [0, 0] }],
    ["infinite", { exposureTime: [1, 0], fNumber: [1, 0], focalLength: [1, 0] }],
    ["zero", { exposureTime: [0, 1], fNumber: [0, 1], iso: 0, focalLength: [0, 1] }],
    [
      "absurd",
      { exposureTime: [4_294_967_295, 1], fNumber: [4_294_967_295, 1], recommendedIso: 4_294_967_295 },
    ],
  ])("is not told where it is %s", async (_, fields) => {
    expect((await factsOfExif(fields)).exposure).toBeNull();
  });
});

describe("the sensitivity", () => {
  const iso = 0x8827;
  const parameters = [
    numberField(0x8831, 4, 100_001),
    numberField(0x8832, 4, 100_002),
    numberField(0x8833, 4, 100_003),
  ];
  const ofPhoto = async (...photo: TiffFieldContent[]) =>
    (await factsOfFields({ photo })).exposure?.iso ?? null;

  it.each([
    [0, 100_002],
    [1, 100_001],
    [2, 100_002],
    [3, 100_003],
    [4, 100_001],
    [5, 100_001],
    [6, 100_002],
    [7, 100_001],
  ])("of 65535 is told by the field that type %d names", async (type, expected) => {
    expect(await ofPhoto(numberField(iso, 3, 65_535), numberField(0x8830, 3, type), ...parameters)).toBe(
      expected,
    );
  });

  it("of 65535 is told by whichever field there is where the one that is named is not", async () => {
    for (const field of parameters) {
      const expected = await ofPhoto(numberField(iso, 3, 65_535), field);
      expect(expected).toBeGreaterThan(100_000);
      expect(await ofPhoto(numberField(iso, 3, 65_535), numberField(0x8830, 3, 3), field)).toBe(expected);
    }
  });

  it("that its own field tells is that, whatever the others say", async () => {
    expect(await ofPhoto(numberField(iso, 3, 400), numberField(0x8830, 3, 1), ...parameters)).toBe(400);
    expect(await ofPhoto(numberField(iso, 4, 204_800), ...parameters)).toBe(204_800);
  });

  it("is the first of several values, and of 0 another's", async () => {
    expect(await ofPhoto(numberField(iso, 3, 200, 0))).toBe(200);
    expect(await ofPhoto(numberField(iso, 3, 0, 200))).toBe(200);
    expect(await ofPhoto(numberField(iso, 3, 0), ...parameters)).toBe(100_002);
  });
});
