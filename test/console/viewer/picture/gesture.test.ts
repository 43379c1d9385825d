import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  gestureAfter,
  noGesture,
  type GestureEffect,
  type PointerStep,
} from "../../../../console/src/viewer/picture/gesture.ts";

type Step = readonly [kind: PointerStep["kind"], x: number, y: number, pointer?: number];

/** What the steps mean, one after the other. */
function effectsOf(
  steps: readonly Step[],
  { isZoomed = false, isMouse = false }: { readonly isZoomed?: boolean; readonly isMouse?: boolean } = {},
): GestureEffect[] {
  let gesture = noGesture;
  return steps.map(([kind, x, y, pointer = 1]) => {
    const { gesture: next, effect } = gestureAfter(gesture, { kind, x, y, pointer, isMouse }, isZoomed);
    gesture = next;
    return effect;
  });
}

const none = { kind: "none" };
const rest = { kind: "rest" };

describe("a finger on the whole picture", () => {
  it("drags the picture, and asks for the next photo where it goes to the left", () => {
    expect(
      effectsOf([
        ["down", 100, 0],
        ["move", 60, 2],
        ["up", 50, 4],
      ]),
    ).toEqual([none, { kind: "drag", x: -40 }, { kind: "swipe", direction: 1 }]);
  });

  it("asks for the previous photo where it goes to the right", () => {
    expect(
      effectsOf([
        ["down", 0, 0],
        ["up", 48, 0],
      ]),
    ).toEqual([none, { kind: "swipe", direction: -1 }]);
  });

  test.each([
    ["goes too short a way", 47, 0],
    ["goes up or down rather than sideways", 60, 50],
  ])("lets the picture go back where it %s", (_, x, y) => {
    expect(
      effectsOf([
        ["down", 0, 0],
        ["up", x, y],
      ]),
    ).toEqual([none, rest]);
  });

  it("lets the picture go back where the browser takes the gesture over", () => {
    expect(
      effectsOf([
        ["down", 0, 0],
        ["move", 90, 0],
        ["cancel", 90, 0],
      ]).at(-1),
    ).toEqual(rest);
  });

  it("means nothing where it has come from elsewhere", () => {
    expect(
      effectsOf([
        ["move", 90, 0],
        ["up", 90, 0],
      ]),
    ).toEqual([none, none]);
  });
});

describe("two fingers", () => {
  it("enlarge the picture around the middle between them", () => {
    const effects = effectsOf([
      ["down", -50, 0, 1],
      ["down", 50, 0, 2],
      ["move", 150, 0, 2],
    ]);
    expect(effects.at(-1)).toEqual({ kind: "pinch", factor: 2, at: { x: 50, y: 0 }, by: { x: 50, y: 0 } });
  });

  it("enlarge nothing where they are too near to each other", () => {
    const effects = effectsOf([
      ["down", 0, 0, 1],
      ["down", 1, 0, 2],
      ["move", 90, 0, 2],
    ]);
    expect(effects.at(-1)).toMatchObject({ kind: "pinch", factor: 1 });
  });

  it("turn no page when they are lifted, one after the other", () => {
    const effects = effectsOf([
      ["down", 0, 0, 1],
      ["down", 50, 0, 2],
      ["up", 50, 0, 2],
      ["move", 90, 0, 1],
      ["up", 200, 0, 1],
    ]);
    expect(effects.slice(2)).toEqual([none, none, rest]);
  });
});

it("moves an enlarged picture with the finger", () => {
  expect(
    effectsOf(
      [
        ["down", 0, 0],
        ["move", 30, 20],
        ["up", 200, 20],
      ],
      { isZoomed: true },
    ),
  ).toEqual([none, { kind: "pan", by: { x: 30, y: 20 } }, none]);
});

it("turns no page with the mouse", () => {
  expect(
    effectsOf(
      [
        ["down", 0, 0],
        ["move", 90, 0],
        ["up", 90, 0],
      ],
      { isMouse: true },
    ),
  ).toEqual([none, none, rest]);
});

it("is over when nothing is down, and tells only sane factors, whatever comes in whatever order", () => {
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom("down", "move", "up", "cancel"),
      pointer: fc.integer({ min: 1, max: 3 }),
      x: fc.double({ min: -2_000, max: 2_000, noNaN: true }),
      y: fc.double({ min: -2_000, max: 2_000, noNaN: true }),
      isMouse: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(steps, fc.boolean(), (all, isZoomed) => {
      let gesture = noGesture;
      for (const step of all) {
        const { gesture: next, effect } = gestureAfter(gesture, step, isZoomed);
        gesture = next;
        const factor = effect.kind === "pinch" ? effect.factor : 1;
        expect(Number.isFinite(factor) && factor > 0).toBe(true);
        expect(effect.kind === "swipe" && (isZoomed || gesture.pointers.size > 0)).toBe(false);
      }
      for (const pointer of gesture.pointers.keys())
        ({ gesture } = gestureAfter(
          gesture,
          { kind: "cancel", pointer, x: 0, y: 0, isMouse: false },
          isZoomed,
        ));
      expect(gesture).toEqual(noGesture);
    }),
  );
});
