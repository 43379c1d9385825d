import { describe, expect, it } from "vitest";
import { factsOfExif } from "./facts-of.ts";

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
