import { describe, expect, test } from "vitest";
import { convertPlanes, type YccCoding } from "../../../src/thumbnail/raster/ycc.ts";

/** The red, green and blue of one sample. */
function convert(y: number, cb: number, cr: number, coding: YccCoding): number[] {
  const to = { r: new Uint8Array(1), g: new Uint8Array(1), b: new Uint8Array(1) };
  convertPlanes({ y: Uint8Array.of(y), cb: Uint8Array.of(cb), cr: Uint8Array.of(cr) }, to, coding);
  return [to.r, to.g, to.b].map(([level = -1]) => level);
}

describe("matrices", () => {
  test.each([
    ["BT.709", 1, 0.2126, 0.0722],
    ["FCC", 4, 0.3, 0.11],
    ["BT.470", 5, 0.299, 0.114],
    ["BT.601", 6, 0.299, 0.114],
    ["SMPTE 240M", 7, 0.212, 0.087],
    ["BT.2020", 9, 0.2627, 0.0593],
    ["BT.2020 of constant luminance", 10, 0.2627, 0.0593],
    ["what is unspecified, which is taken as BT.601,", 2, 0.299, 0.114],
    ["what is unknown, which is taken as BT.601,", 200, 0.299, 0.114],
  ])("%s gives back the colours that it was made of", (_, matrix, kr, kb) => {
    for (const [r, g, b] of [
      [200, 100, 50],
      [30, 60, 220],
      [128, 128, 128],
      [90, 180, 20],
    ] as const) {
      const luma = kr * r + (1 - kr - kb) * g + kb * b;
      const [pb, pr] = [(b - luma) / (2 * (1 - kb)), (r - luma) / (2 * (1 - kr))];
      const full = convert(Math.round(luma), Math.round(128 + pb), Math.round(128 + pr), {
        matrix,
        fullRange: true,
      });
      const limited = convert(
        Math.round(16 + (luma * 219) / 255),
        Math.round(128 + (pb * 224) / 255),
        Math.round(128 + (pr * 224) / 255),
        { matrix, fullRange: false },
      );
      for (const [i, level] of [r, g, b].entries()) {
        expect(Math.abs((full[i] ?? -99) - level)).toBeLessThanOrEqual(2);
        expect(Math.abs((limited[i] ?? -99) - level)).toBeLessThanOrEqual(2);
      }
    }
  });

  test("the identity has green, blue and red in the three planes", () => {
    expect(convert(10, 20, 30, { matrix: 0, fullRange: true })).toEqual([30, 10, 20]);
    expect(convert(16, 235, 255, { matrix: 0, fullRange: false })).toEqual([255, 0, 255]);
  });

  test("levels out of range are clamped", () => {
    expect(convert(255, 255, 255, { matrix: 6, fullRange: true })).toEqual([255, 121, 255]);
    expect(convert(0, 128, 128, { matrix: 1, fullRange: false })).toEqual([0, 0, 0]);
    expect(convert(255, 128, 128, { matrix: 1, fullRange: false })).toEqual([255, 255, 255]);
  });

  test("samples without chroma are grey", () => {
    const none = new Uint8Array();
    const to = { r: new Uint8Array(2), g: new Uint8Array(2), b: new Uint8Array(2) };
    convertPlanes({ y: Uint8Array.of(7, 250), cb: none, cr: none }, to, { matrix: 9, fullRange: true });
    for (const plane of [to.r, to.g, to.b]) expect([...plane]).toEqual([7, 250]);
  });
});
