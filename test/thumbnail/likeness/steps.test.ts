import { describe, expect, test } from "vitest";
import { align, placementOfWhole } from "../../../src/thumbnail/likeness/align.ts";
import { withinBorder, withinGreyBorder } from "../../../src/thumbnail/likeness/border.ts";
import { differenceOf } from "../../../src/thumbnail/likeness/detail.ts";
import { commonParts, isSameFrame } from "../../../src/thumbnail/likeness/frame.ts";
import {
  type GreyPicture,
  halved,
  type Plane,
  rendered,
  whole,
} from "../../../src/thumbnail/likeness/plane.ts";
import { fittedCurve, rankedCurve, toned } from "../../../src/thumbnail/likeness/tone.ts";
import { inverseTurn, turnedPicture } from "../../../src/thumbnail/likeness/turn.ts";
import { cut, framed, greyOf, greyScene } from "./support.ts";

function planeOf(picture: GreyPicture): Plane {
  return rendered(picture, picture, whole);
}

function mean({ values }: Plane): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const scene = greyScene(5, 128, 96);

describe("planes", () => {
  test("a picture at its own size stays as it is", () => {
    expect([...planeOf(scene).values]).toEqual([...scene.luma]);
  });

  test("a smaller one has the same mean, whatever the size", () => {
    const small = rendered(scene, { width: 37, height: 29 }, whole);
    expect(mean(small)).toBeCloseTo(mean(planeOf(scene)), 2);
    expect(mean(halved(planeOf(scene)))).toBeCloseTo(mean(planeOf(scene)), 2);
  });

  test("a part is what lies between its edges", () => {
    const part = { left: 0.25, right: 0.75, top: 0.5, bottom: 1 };
    const plane = rendered(scene, { width: 64, height: 48 }, part);
    expect([...plane.values]).toEqual([...cut(scene, [32, 48], [64, 48]).luma]);
  });
});

describe("turns", () => {
  test("6 is a quarter clockwise", () => {
    const picture = { width: 3, height: 2, luma: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect(turnedPicture(picture, 6)).toEqual({
      width: 2,
      height: 3,
      luma: Uint8Array.of(4, 1, 5, 2, 6, 3),
    });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)("%i is taken back by its inverse", (turn) => {
    expect(turnedPicture(turnedPicture(scene, turn), inverseTurn(turn))).toEqual(scene);
  });
});

describe("borders", () => {
  test("a border ends where the picture begins", () => {
    const { left, right, top, bottom } = withinGreyBorder(framed(scene, 3, 200));
    expect([left * 134, right * 134, top * 102, bottom * 102].map(Math.round)).toEqual([3, 131, 3, 99]);
  });

  test("a border whose shade the picture has at one edge is as wide there as at the other", () => {
    const sky = greyOf(100, 80, (x, y) => (y < 40 ? 250 : (x * 37 + y * 91) % 200));
    const { top, bottom } = withinGreyBorder(framed(sky, 2, 250));
    expect([top * 84, bottom * 84].map(Math.round)).toEqual([2, 82]);
  });

  test.each([
    ["a scene", scene],
    ["a picture of one shade", greyOf(50, 40, () => 7)],
    ["a sky that becomes lighter", greyOf(90, 90, (_, y) => 120 + y)],
    ["a bar at one edge", greyOf(90, 90, (x, y) => (y < 3 ? 0 : 100 + ((x * 31 + y * 17) % 100)))],
    ["a pixel", greyOf(1, 1, () => 9)],
  ])("%s has none", (_, picture) => {
    expect(withinGreyBorder(picture)).toEqual(whole);
  });

  test("nothing beyond the picture is asked for", () => {
    const shadeAt = (x: number, y: number): number => {
      expect(x >= 0 && y >= 0 && x < 40 && y < 30).toBe(true);
      return x < 2 || y < 2 || x > 37 || y > 27 ? 0 : (x * 71 + y * 43) % 256;
    };
    withinBorder({ width: 40, height: 30, shadeAt });
  });
});

describe("shades", () => {
  const brighter = planeOf(greyOf(128, 96, (x, y) => 0.8 * (scene.luma[y * 128 + x] ?? 0) + 40));

  test("a curve by rank brings the shades of a picture to those of another", () => {
    const curve = rankedCurve(brighter, planeOf(scene), 0);
    expect(mean(toned(brighter, curve))).toBeCloseTo(mean(planeOf(scene)), 0);
  });

  test("a fitted curve does, but not where a few pixels alone have a shade", () => {
    const spot = planeOf(
      greyOf(128, 96, (x, y) => (x < 8 && y < 8 ? 255 : (scene.luma[y * 128 + x] ?? 0) / 2)),
    );
    const curve = fittedCurve(spot, planeOf(scene), rankedCurve(spot, planeOf(scene), 0));
    expect(curve[64]).toBeGreaterThan(120);
    expect(curve[64]).toBeLessThan(136);
    expect(curve[255]).toBeGreaterThan(300);
  });

  test("a picture of one shade has a curve of numbers", () => {
    const flat = planeOf(greyOf(9, 9, () => 50));
    expect(fittedCurve(flat, flat, rankedCurve(flat, flat, 0)).every(Number.isFinite)).toBe(true);
  });
});

describe("placement", () => {
  const wide = greyScene(6, 140, 110);

  test.each([
    [0, 0],
    [1, 0],
    [2, 3],
    [-3, 1],
  ])("a shift by %i and %i pixels is found", (across, down) => {
    const one = planeOf(cut(wide, [6, 6], [128, 96]));
    const two = planeOf(cut(wide, [6 + across, 6 + down], [128, 96]));
    const { placement, correlation } = align(one, two);
    expect((placement[0] ?? 0) * 64).toBeCloseTo(-across, 1);
    expect((placement[3] ?? 0) * 48).toBeCloseTo(-down, 1);
    expect(correlation).toBeGreaterThan(0.99);
  });

  test("of a part on a part it is that of the whole on the whole", () => {
    const still = new Float64Array(6);
    const part = { left: 0.1, right: 0.9, top: 0, bottom: 1 };
    const placement = placementOfWhole(still, whole, part);
    const [ofPicture, ofOther] = commonParts(placement);
    expect(ofPicture.left).toBeCloseTo(0);
    expect(ofPicture.right).toBeCloseTo(1);
    expect(ofOther.left).toBeCloseTo(0.1);
    expect(ofOther.right).toBeCloseTo(0.9);
  });
});

describe("frames", () => {
  const still = new Float64Array(6);

  test("edges that meet are of one frame, edges that do not are of two", () => {
    expect(isSameFrame(still, [scene, scene])).toBe(true);
    expect(isSameFrame(Float64Array.of(0.02, 0, 0, 0, 0, 0), [scene, scene])).toBe(false);
    expect(isSameFrame(Float64Array.of(0, 0, 0.05, 0, 0, 0), [scene, scene])).toBe(false);
  });

  test("what reaches over all around is a border if it is plain", () => {
    const placement = Float64Array.of(0, -6 / 134, 0, 0, 0, -6 / 102);
    expect(isSameFrame(placement, [scene, framed(scene, 3, 40)])).toBe(true);
    expect(isSameFrame(placement, [scene, greyScene(5, 134, 102)])).toBe(false);
  });
});

describe("details", () => {
  test("a copy that has lost a share everywhere stands out nowhere", () => {
    const copy = greyOf(128, 96, (x, y) => {
      const noise = ((x * 7919 + y * 104_729) % 13) - 6;
      return (scene.luma[y * 128 + x] ?? 0) + noise;
    });
    const { outstanding, change } = differenceOf(planeOf(scene), planeOf(copy));
    expect(outstanding).toBeLessThan(2);
    expect(change).toBeLessThan(2);
  });

  test("something that is in one of them alone stands out", () => {
    const other = greyOf(128, 96, (x, y) => {
      const shade = scene.luma[y * 128 + x] ?? 0;
      return x > 60 && x < 67 && y > 40 && y < 47 ? (shade + 128) % 256 : shade;
    });
    expect(differenceOf(planeOf(scene), planeOf(other)).outstanding).toBeGreaterThan(5);
  });
});
