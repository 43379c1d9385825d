import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contentHeight,
  scrolled,
  scrolledTo,
  settled,
  type Extent,
  type Scroll,
} from "../../../../console/src/grid/layout/scale.ts";

const heights = fc.oneof(
  fc.integer({ min: 1, max: 8_000_000 }),
  fc.integer({ min: 8_000_001, max: 200_000_000 }),
);
const extents: fc.Arbitrary<Extent> = fc.record({
  height: heights,
  screen: fc.integer({ min: 200, max: 3000 }),
});
const large: Extent = { height: 50_000_000, screen: 900 };
const begin: Scroll = { top: 0, scrollTop: 0 };

const mostTop = ({ height, screen }: Extent): number => Math.max(0, height - screen);
const mostScrollTop = (extent: Extent): number => Math.max(0, contentHeight(extent) - extent.screen);

describe("the container", () => {
  it("is as high as the grid, and never higher than browsers allow", () => {
    expect([contentHeight({ height: 7_999_999, screen: 900 }), contentHeight(large)]).toEqual([
      7_999_999, 8_000_000,
    ]);
  });

  it("scrolls a grid that fits pixel by pixel", () => {
    const extent = { height: 5000, screen: 900 };
    expect(scrolled(extent, begin, 4100)).toEqual({ top: 4100, scrollTop: 4100 });
    expect(scrolledTo(extent, 2222)).toEqual({ top: 2222, scrollTop: 2222 });
  });

  it("does not scroll a grid that is lower than the screen", () => {
    expect(scrolledTo({ height: 300, screen: 900 }, 50)).toEqual(begin);
  });
});

describe("any height of the grid", () => {
  it("is reached, and the container is then between its ends", () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const top = Math.round(part * mostTop(extent));
        const state = scrolledTo(extent, top);
        expect(state.top).toBe(top);
        expect(state.scrollTop >= 0 && state.scrollTop <= mostScrollTop(extent)).toBe(true);
        expect(state.scrollTop === 0).toBe(top === 0);
        expect(state.scrollTop === mostScrollTop(extent)).toBe(top === mostTop(extent));
      }),
    );
  });

  it("near an end is as far from it as the container is", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (distance) => {
        expect(scrolledTo(large, distance).scrollTop).toBe(distance);
        expect(scrolledTo(large, mostTop(large) - distance).scrollTop).toBe(mostScrollTop(large) - distance);
      }),
    );
  });

  it("stays what it is when the scrolling ends", () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const state = scrolledTo(extent, part * mostTop(extent));
        expect(settled(extent, state)).toEqual(state);
      }),
    );
  });

  it("comes in the order in which the container is scrolled", () => {
    fc.assert(
      fc.property(fc.nat(49_999_000), fc.nat(100_000), (top, more) => {
        const [one, other] = [scrolledTo(large, top), scrolledTo(large, top + more)];
        expect(other.scrollTop).toBeGreaterThanOrEqual(one.scrollTop);
      }),
    );
  });
});

describe("scrolling", () => {
  it("moves the grid by as many pixels, wherever it is, without drift", () => {
    const steps = fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), steps, (extent, part, moves) => {
        let state = scrolledTo(extent, Math.round(part * mostTop(extent)));
        for (const [index, move] of moves.entries()) {
          const before = state;
          const told = Math.min(Math.max(0, before.scrollTop + move), mostScrollTop(extent));
          state = scrolled(extent, before, told);
          const wanted = before.top + (told - before.scrollTop);
          expect(state.top).toBeCloseTo(Math.min(Math.max(0, wanted), mostTop(extent)), 3);
          if (index % 7 === 6) state = settled(extent, state);
        }
      }),
    );
  });

  it("reaches both ends, however long it goes on", () => {
    for (const step of [-800, 800]) {
      let state = scrolledTo(large, step < 0 ? 3_000_000 : mostTop(large) - 3_000_000);
      for (let count = 0; count < 4000; count += 1) {
        const told = Math.min(Math.max(0, state.scrollTop + step), mostScrollTop(large));
        state = scrolled(large, state, told);
      }
      expect(state).toEqual(scrolledTo(large, step < 0 ? 0 : mostTop(large)));
    }
  });

  it("moves the container away from an end that the grid has not reached", () => {
    const middle = scrolledTo(large, 20_000_000);
    let state = middle;
    let before = middle;
    do {
      before = state;
      state = scrolled(large, before, before.scrollTop - 5000);
    } while (state.scrollTop < before.scrollTop);
    expect(state.scrollTop).toBe(scrolledTo(large, state.top).scrollTop);
    expect(state.top).toBeGreaterThan(10_000_000);
  });

  it("by the bar leads to the same part of the grid", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (part) => {
        const told = part * mostScrollTop(large);
        const far = scrolledTo(large, told > 4_000_000 ? 0 : mostTop(large));
        const state = scrolled(large, far, told);
        expect(state.scrollTop).toBe(told);
        // Whole pixels of the container stand for several of the grid.
        expect(Math.abs(scrolledTo(large, state.top).scrollTop - told)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("by the bar reaches both ends", () => {
    const middle = scrolledTo(large, 20_000_000);
    expect([
      scrolled(large, middle, 0),
      scrolled(large, middle, mostScrollTop(large)),
      scrolled(large, middle, mostScrollTop(large) + 50),
    ]).toEqual([
      begin,
      { top: mostTop(large), scrollTop: mostScrollTop(large) },
      { top: mostTop(large), scrollTop: mostScrollTop(large) + 50 },
    ]);
  });
});
