import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isSelected,
  mostSelected,
  nothing,
  sizeOf,
  toggled,
  withLoaded,
  withRange,
  type IdAt,
  type Selection,
} from "../../../console/src/selection/selection.ts";

const places = 40;

/** A list whose photos at some places have come, and that has lost the photos at some others. */
interface List {
  readonly loaded: ReadonlySet<number>;
  readonly absent: ReadonlySet<number>;
}

const idOf = (place: number): string => `photo ${place}`;

function idAtIn({ loaded, absent }: List): IdAt {
  return (place) => {
    if (!loaded.has(place)) return undefined;
    return absent.has(place) ? null : idOf(place);
  };
}

const whole: List = {
  loaded: new Set(Array.from({ length: places }, (_, place) => place)),
  absent: new Set(),
};
const everyId = idAtIn(whole);

const somePlaces = fc.array(fc.nat({ max: places - 1 }), { maxLength: 12 }).map((each) => new Set(each));

const change = fc.oneof(
  fc.record({ kind: fc.constant("toggle" as const), place: fc.nat({ max: places - 1 }) }),
  fc.record({
    kind: fc.constant("range" as const),
    one: fc.nat({ max: places - 1 }),
    other: fc.nat({ max: places - 1 }),
  }),
  fc.record({ kind: fc.constant("load" as const), places: somePlaces }),
);

describe("a selection", () => {
  it("has what a plain set of places would have, whenever which photo comes", () => {
    fc.assert(
      fc.property(somePlaces, fc.array(change, { maxLength: 30 }), (first, changes) => {
        const loaded = new Set(first);
        const idAt = idAtIn({ loaded, absent: new Set() });
        const expected = new Set<number>();
        let selection: Selection = nothing;
        for (const each of changes) {
          if (each.kind === "load") {
            for (const place of each.places) loaded.add(place);
            selection = withLoaded(selection, idAt);
          } else if (each.kind === "toggle") {
            if (!expected.delete(each.place)) expected.add(each.place);
            selection = toggled(selection, each.place, idAt);
          } else {
            const [begin, end] = [Math.min(each.one, each.other), Math.max(each.one, each.other) + 1];
            for (let place = begin; place < end; place += 1) expected.add(place);
            selection = withRange(selection, { first: begin, end }, idAt);
          }
          const selected = [...whole.loaded].filter((place) => isSelected(selection, place, idAt));
          expect(selected).toEqual([...expected].toSorted((a, b) => a - b));
          expect(sizeOf(selection, places)).toBe(expected.size);
        }
        const settled = withLoaded(selection, everyId);
        expect(settled.kind === "some" && [...settled.ids].toSorted()).toEqual(
          Array.from(expected, idOf).toSorted(),
        );
      }),
    );
  });

  it("awaits nothing once every photo of a range has come", () => {
    const selection = withRange(nothing, { first: 3, end: 9 }, () => undefined);
    expect(sizeOf(selection, places)).toBe(6);
    const settled = withLoaded(selection, everyId);
    expect(settled).toEqual({ kind: "some", ids: new Set([3, 4, 5, 6, 7, 8].map(idOf)), awaited: new Set() });
  });

  it("lets go of places that have lost their photos", () => {
    const selection = withRange(nothing, { first: 0, end: 3 }, () => undefined);
    const settled = withLoaded(selection, idAtIn({ loaded: whole.loaded, absent: new Set([1]) }));
    expect(settled.kind === "some" && [...settled.ids]).toEqual([idOf(0), idOf(2)]);
  });

  it("of everything has every photo, however many there are, and is no list of them", () => {
    const all: Selection = { kind: "all" };
    expect([isSelected(all, 7, () => undefined), sizeOf(all, 8_312)]).toEqual([true, 8_312]);
    expect([
      toggled(all, 7, everyId),
      withRange(all, { first: 0, end: 2 }, everyId),
      withLoaded(all, everyId),
    ]).toEqual([all, all, all]);
  });

  it("leaves the selection before it as it was", () => {
    const before = withRange(nothing, { first: 0, end: 3 }, everyId);
    toggled(before, 1, everyId);
    withRange(before, { first: 0, end: mostSelected }, () => undefined);
    expect(sizeOf(before, places)).toBe(3);
  });
});
