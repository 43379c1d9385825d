import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toOrientation } from "../../../src/core/orientation.ts";
import { type GreyPicture, isSamePicture, unlikenessOf } from "../../../src/thumbnail/likeness/likeness.ts";
import { rendered, whole } from "../../../src/thumbnail/likeness/plane.ts";
import { inverseTurn, turnedPicture } from "../../../src/thumbnail/likeness/turn.ts";
import { cut, framed, greyOf, greyScene } from "./support.ts";

const scene = greyScene(3, 256, 192);

function shrunk(picture: GreyPicture, width: number, height: number): GreyPicture {
  const { values } = rendered(picture, { width, height }, whole);
  return greyOf(width, height, (x, y) => values[y * width + x] ?? 0);
}

/** A scene with a disc on it. */
function withDisc(left: number, top: number, radius: number): GreyPicture {
  return greyOf(scene.width, scene.height, (x, y) => {
    const shade = scene.luma[y * scene.width + x] ?? 0;
    return Math.hypot(x - left, y - top) > radius ? shade : shade > 127 ? shade - 60 : shade + 60;
  });
}

describe("the same", () => {
  test("a picture and itself", () => {
    expect(isSamePicture(scene, scene, 1)).toBe(true);
  });

  test.each([2, 4, 8])("a picture at 1/%i of its size", (by) => {
    expect(isSamePicture(scene, shrunk(scene, 256 / by, 192 / by), 1)).toBe(true);
  });

  test("a picture that is brighter, or has less contrast", () => {
    const brighter = greyOf(256, 192, (x, y) => 1.1 * (scene.luma[y * 256 + x] ?? 0) + 10);
    const duller = greyOf(256, 192, (x, y) => 0.7 * (scene.luma[y * 256 + x] ?? 0) + 30);
    expect([brighter, duller].map((other) => isSamePicture(scene, other, 1))).toEqual([true, true]);
  });

  test.each([0, 128, 255])("a picture within a border of shade %i", (shade) => {
    expect(isSamePicture(scene, framed(scene, 5, shade), 1)).toBe(true);
  });

  test("a picture that is turned, if it is turned back", () => {
    for (const turn of [2, 3, 4, 5, 6, 7, 8] as const) {
      const other = turnedPicture(scene, turn);
      expect(isSamePicture(scene, other, inverseTurn(turn))).toBe(true);
      expect(isSamePicture(scene, other, 1)).toBe(false);
    }
  });
});

describe("merely alike", () => {
  test.each([
    ["across", 3, 0],
    ["down", 0, 2],
    ["both ways", 5, 4],
  ])("a frame that is shifted %s", (_, across, down) => {
    const size = [256 - across, 192 - down] as const;
    const [one, two] = [cut(scene, [0, 0], size), cut(scene, [across, down], size)];
    expect(unlikenessOf(one, two, 1)).toBe("frame");
    expect(unlikenessOf(scene, two, 1)).toBe("frame");
  });

  test("a frame in which something has moved", () => {
    expect(unlikenessOf(withDisc(100, 80, 7), withDisc(115, 84, 7), 1)).toBe("detail");
    expect(unlikenessOf(scene, withDisc(100, 80, 7), 1)).toBe("detail");
  });

  test("a part of a picture, which has no border where it was cut", () => {
    expect(unlikenessOf(scene, cut(scene, [4, 3], [248, 186]), 1)).toBe("frame");
  });
});

test("other pictures are neither", () => {
  expect(unlikenessOf(scene, greyScene(4, 256, 192), 1)).toBe("picture");
  expect(unlikenessOf(scene, greyScene(3, 256, 144), 1)).toBe("proportions");
});

const turns = fc
  .integer({ min: 1, max: 8 })
  .map((number) => toOrientation(number))
  .filter((turn) => turn !== null);
const grey = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((luma) => ({ width, height, luma })),
  );
const scenes = [greyScene(1, 100, 80), greyScene(2, 100, 80)] as const;
/** Pictures that are near each other: scenes, cut or not, plain or framed. */
const view = fc
  .record({
    uncut: fc.constantFrom(...scenes),
    left: fc.integer({ min: 0, max: 4 }),
    border: fc.constantFrom(0, 0, 2),
    turn: turns,
  })
  .map(({ uncut, left, border, turn }) => {
    const picture = cut(uncut, [left, 0], [96, 80]);
    return turnedPicture(border === 0 ? picture : framed(picture, border, 20), turn);
  });

describe("for any pictures", () => {
  test("each is the same as itself", () => {
    fc.assert(fc.property(grey, (picture) => isSamePicture(picture, { ...picture }, 1)));
  });

  test("the answer does not depend on which comes first, and there always is one", () => {
    fc.assert(
      fc.property(fc.oneof(grey, view), fc.oneof(grey, view), turns, (one, two, turn) => {
        expect(unlikenessOf(one, two, turn)).toBe(unlikenessOf(two, one, inverseTurn(turn)));
      }),
    );
  });

  test("nor does it at the limit of what a copy may be shifted by", () => {
    const large = greyScene(8, 256, 192);
    const part = (left: number): GreyPicture => {
      const { values } = rendered(large, { width: 128, height: 96 }, { ...whole, left, right: left + 0.98 });
      // What differs makes the way there another one than the way back.
      return greyOf(128, 96, (x, y) => (values[y * 128 + x] ?? 0) + ((x * 31 + y * 17 + left * 1e5) % 25));
    };
    const first = part(0);
    const answers = Array.from({ length: 60 }, (_, i) => {
      const other = turnedPicture(part(0.004 + i * 0.0001), 6);
      return [unlikenessOf(first, other, 8), unlikenessOf(other, first, 6)];
    });
    expect(answers.map(([one]) => one)).toEqual(answers.map(([, two]) => two));
    expect(answers.flat()).toContain("frame");
    expect(answers.flat()).toContain(null);
  });

  test("one of a single pixel is compared too", () => {
    const [dark, bright] = [greyOf(1, 1, () => 0), greyOf(1, 1, () => 255)];
    expect(isSamePicture(dark, dark, 6)).toBe(false);
    expect(isSamePicture(dark, bright, 1)).toBe(false);
    expect(isSamePicture(scene, dark, 5)).toBe(false);
  });
});
