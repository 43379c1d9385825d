import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  frameOf,
  keptWithin,
  panned,
  wholePicture,
  zoomedAt,
  type Frame,
  type Zoom,
} from "../../../../console/src/viewer/picture/zoom.ts";

const stage = { width: 800, height: 600 };

describe("the frame of a picture", () => {
  test.each([
    ["a wide one by its width", { width: 4000, height: 1000 }, { width: 800, height: 200 }],
    ["a high one by its height", { width: 1000, height: 4000 }, { width: 150, height: 600 }],
    ["a small one with its own pixels", { width: 100, height: 50 }, { width: 100, height: 50 }],
    ["one of an unknown size with all the room", null, stage],
    ["one without pixels with all the room", { width: 0, height: 0 }, stage],
  ])("fits %s", (_, picture, fitted) => {
    expect(frameOf(picture, stage).fitted).toEqual(fitted);
  });

  it("lets a large picture grow until each of its pixels is two wide, and a small one four times", () => {
    expect([
      frameOf({ width: 4000, height: 3000 }, stage).largestScale,
      frameOf({ width: 100, height: 50 }, stage).largestScale,
      frameOf({ width: 100, height: 50 }, { width: 0, height: 0 }).largestScale,
    ]).toEqual([10, 4, 4]);
  });
});

const frames = fc
  .record({
    picture: fc.record({
      width: fc.integer({ min: 1, max: 9_000 }),
      height: fc.integer({ min: 1, max: 9_000 }),
    }),
    stage: fc.record({
      width: fc.integer({ min: 1, max: 4_000 }),
      height: fc.integer({ min: 1, max: 4_000 }),
    }),
  })
  .map(({ picture, stage }) => frameOf(picture, stage));

const far = fc.double({ min: -5_000, max: 5_000, noNaN: true });
const points = fc.record({ x: far, y: far });
const steps = fc.oneof(
  fc.record({ factor: fc.double({ min: 0.1, max: 10, noNaN: true }), at: points }),
  fc.record({ by: points }),
);

/** Whether the picture fills the stage, or lies in the middle, along both sides. */
function fills({ scale, x, y }: Zoom, { stage, fitted }: Frame): boolean {
  const along = (length: number, room: number, offset: number): boolean =>
    length * scale <= room ? Math.abs(offset) < 1e-6 : Math.abs(offset) <= (length * scale - room) / 2 + 1e-6;
  return along(fitted.width, stage.width, x) && along(fitted.height, stage.height, y);
}

describe("a zoom", () => {
  it("never leaves a gap that the picture could fill, nor its scales, whatever is done to it", () => {
    fc.assert(
      fc.property(frames, fc.array(steps), (frame, all) => {
        let zoom = wholePicture;
        for (const step of all) {
          zoom = "by" in step ? panned(zoom, step.by, frame) : zoomedAt(zoom, step.factor, step.at, frame);
          expect(fills(zoom, frame)).toBe(true);
          expect(zoom.scale).toBeGreaterThanOrEqual(1);
          expect(zoom.scale).toBeLessThanOrEqual(frame.largestScale);
        }
      }),
    );
  });

  it("keeps what lies under a point there, where no edge is near", () => {
    const frame = frameOf({ width: 8000, height: 6000 }, stage);
    const before = zoomedAt(wholePicture, 4, { x: 0, y: 0 }, frame);
    const at = { x: 100, y: -50 };
    const after = zoomedAt(before, 1.5, at, frame);
    const under = ({ scale, x, y }: Zoom): number[] => [(at.x - x) / scale, (at.y - y) / scale];
    expect(under(after)).toEqual(under(before));
  });

  it("is the whole picture again after as many steps back", () => {
    const frame = frameOf({ width: 4000, height: 3000 }, stage);
    const zoomed = zoomedAt(wholePicture, 2, { x: 300, y: 200 }, frame);
    const back = zoomedAt(zoomed, 0.5, { x: -300, y: 100 }, frame);
    expect(back.scale).toBe(1);
    expect(fills(back, frame)).toBe(true);
  });

  it("is kept within the window when the window becomes another size", () => {
    const zoom = { scale: 10, x: 2_000, y: 1_500 };
    const frame = frameOf({ width: 1000, height: 750 }, { width: 400, height: 300 });
    expect(keptWithin(zoom, frame)).toEqual({ scale: 5, x: 800, y: 600 });
  });
});
