import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteView } from "../../../src/metadata/byte-view.ts";
import { lutColours } from "../../../src/thumbnail/colour/lut.ts";
import { readProcessElements } from "../../../src/thumbnail/colour/process-elements.ts";
import { readProfile } from "../../../src/thumbnail/colour/profile.ts";
import { chooseNodes } from "../../../src/thumbnail/colour/table.ts";
import { joined } from "../../support/images/index.ts";
import { iccProfile, table8, xyz } from "../support/icc.ts";
import {
  curvesElement,
  formula,
  gridElement,
  matrixElement,
  processElements,
  samples,
  segmentedCurve,
} from "../support/icc-elements.ts";
import { colourOf, cornersOf, farthest } from "../support/icc-tables.ts";

const displayP3 = [0.5151, 0.29196, 0.1571, 0.24119, 0.69225, 0.06657, -0.00105, 0.04189, 0.78407];
const toXyz = matrixElement(3, 3, ...displayP3, 0, 0, 0);
const line = formula(0, 1, 1, 0, 0);
const power = segmentedCurve([0], line, formula(0, 2.2, 1, 0, 0));
const sampledPower = segmentedCurve(
  [0, 1],
  line,
  samples(...Array.from({ length: 64 }, (_, i) => ((i + 1) / 64) ** 2.2)),
  line,
);

/** What a profile of these elements makes of levels. */
function shown(elements: Uint8Array, levels: readonly number[], connection = "XYZ "): number[] {
  const white = { wtpt: xyz(0.9642, 1, 0.8249) };
  const profile = readProfile(iccProfile("RGB ", connection, { ...white, D2B0: elements }, 4));
  return colourOf(profile && lutColours(profile), ...levels);
}

const read = (bytes: Uint8Array) => readProcessElements(new ByteView(bytes), 3);

describe("happy", () => {
  // What Little CMS makes of the same profiles.
  test.each([
    ["a formula", power, [216, 91, 17], [0, 184, 75]],
    ["samples", sampledPower, [216, 91, 17], [0, 184, 75]],
    ["an exponential", segmentedCurve([0], line, formula(2, 1, 10, 2, -2, 0)), [177, 60, 28], [0, 141, 50]],
  ])("curves by %s and a matrix are shown as Little CMS shows them", (_, curve, warm, green) => {
    const elements = processElements(3, 3, curvesElement(3, curve), toXyz);
    expect(farthest(shown(elements, [200, 100, 50]), warm)).toBeLessThanOrEqual(3);
    expect(farthest(shown(elements, [60, 180, 90]), green)).toBeLessThanOrEqual(3);
  });

  test("a grid is read as floating numbers, which are Lab themselves", () => {
    const cells = cornersOf(3).flatMap(([l = 0]) => [l * 100, 0, 0]);
    const elements = processElements(3, 3, gridElement(3, 2, cells));
    expect(shown(elements, [255, 0, 0], "Lab ")).toEqual([255, 255, 255]);
    expect(shown(elements, [0, 255, 255], "Lab ")).toEqual([0, 0, 0]);
    // L* 50 is 119, a little less where perceptual black becomes none.
    expect(farthest(shown(elements, [128, 0, 0], "Lab "), [118, 118, 118])).toBeLessThanOrEqual(2);
  });

  test("a logarithm and elements of no effect are read", () => {
    const curve = segmentedCurve([], formula(1, 1, 1, 9, 1, 0));
    const idle = joined("bACS", new Uint8Array(4), Uint8Array.of(0, 3, 0, 3), new Uint8Array(4));
    const lut = read(processElements(3, 3, idle, curvesElement(3, curve)));
    const [, curves] = lut?.stages ?? [];
    expect(farthest(curves?.([0, 1, 0.1]) ?? [], [0, 1, Math.log10(1.9)])).toBeLessThan(1e-6);
  });

  test("they count before a table of the other kind", () => {
    const black = table8(
      3,
      cornersOf(3).map(() => [0, 128, 128] as const),
    );
    const white = processElements(3, 3, matrixElement(3, 3, ...displayP3.map(() => 0), 0.9642, 1, 0.8249));
    const profile = readProfile(iccProfile("RGB ", "XYZ ", { A2B0: black, D2B0: white }, 4));
    expect(colourOf(profile && lutColours(profile), 9, 9, 9)).toEqual([255, 255, 255]);
  });
});

describe("error", () => {
  test.each([
    ["of no elements", processElements(3, 3)],
    ["of four channels", processElements(4, 3, toXyz)],
    ["to four channels", processElements(3, 4, toXyz)],
    [
      "whose channels do not meet",
      processElements(3, 3, matrixElement(3, 4, ...Array<number>(16).fill(0)), toXyz),
    ],
    ["that ends with two channels", processElements(3, 3, matrixElement(3, 2, ...Array<number>(8).fill(0)))],
    ["of a matrix cut short", processElements(3, 3, toXyz.subarray(0, 40))],
    ["of a grid of one crossing", processElements(3, 3, gridElement(3, 1, [0, 0, 0]))],
    ["of a grid of more than there is", processElements(3, 3, gridElement(3, 255, [0, 0, 0]))],
    ["of an unknown element", processElements(3, 3, joined("JtoX", toXyz.subarray(4)))],
    [
      "of a curve that begins with samples",
      processElements(3, 3, curvesElement(3, segmentedCurve([], samples(1)))),
    ],
    [
      "of an unknown formula",
      processElements(3, 3, curvesElement(3, segmentedCurve([], formula(3, 1, 1, 1, 1)))),
    ],
    ["of a formula cut short", processElements(3, 3, curvesElement(3, segmentedCurve([], formula(1, 1, 1))))],
    ["of another type", joined("text", processElements(3, 3, toXyz).subarray(4))],
  ])("a list %s is none", (_, elements) => {
    expect(read(processElements(3, 3, toXyz))).not.toBeNull();
    expect(read(elements)).toBeNull();
  });

  test("colours that are no numbers take no more nodes than were asked for", () => {
    const nodes = chooseNodes(3, 21, () => [Number.NaN, Infinity, -Infinity]);
    expect(nodes.length).toBeLessThanOrEqual(21);
    expect([nodes[0], nodes.at(-1)]).toEqual([0, 255]);
    expect(chooseNodes(1, 256, () => [0, 0, 0]).length).toBeLessThanOrEqual(256);
  });
});

describe("security", () => {
  test("any changed bytes are a list or none, and what it gives is told in bounded time", () => {
    const whole = processElements(3, 3, curvesElement(3, sampledPower), toXyz);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 }), (changes) => {
        const changed = whole.slice();
        for (const [at, value] of changes) changed[at] = value;
        const lut = read(changed);
        const result = lut?.stages.reduce<readonly number[]>((values, stage) => stage(values), [0, 0.5, 1]);
        expect(result ?? [0, 0, 0]).toHaveLength(3);
      }),
      { numRuns: 500 },
    );
  });
});
