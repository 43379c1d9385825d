import fc from "fast-check";
import { Rows } from "../../../../console/src/grid/layout/rows.ts";
import type { Shape } from "../../../../console/src/grid/layout/shape.ts";
import type { Section } from "../../../../console/src/library/library.ts";

/** Sections of these periods and counts, one behind the other. */
function sectionsOf(counts: readonly (readonly [string | null, number])[]): Section[] {
  let first = 0;
  return counts.map(([period, count]) => {
    const section = { period, first, count, imprecise: 0 };
    first += count;
    return section;
  });
}

/** Rows of sections, or of as many photos without any. */
export function rowsOf(
  counts: readonly (readonly [string | null, number])[],
  photos: number,
  shape: Partial<Shape> = {},
): Rows {
  const sections = sectionsOf(counts);
  const count = sections.reduce((sum, section) => sum + section.count, 0);
  return new Rows(sections, sections.length > 0 ? count : photos, {
    columns: 3,
    cell: 100,
    caption: 0,
    gap: 4,
    heading: 40,
    ...shape,
  });
}

/** Rows of any sections and shape. */
export const someRows: fc.Arbitrary<Rows> = fc
  .record({
    counts: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }),
    hasUndated: fc.boolean(),
    photos: fc.nat(200),
    columns: fc.integer({ min: 1, max: 9 }),
    cell: fc.integer({ min: 20, max: 300 }),
    caption: fc.constantFrom(0, 24),
  })
  .map(({ counts, hasUndated, photos, ...shape }) => {
    const months = counts.map((count, index) => {
      const number = 240 - index * 5;
      const period = `${2000 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
      return [hasUndated && index === counts.length - 1 ? null : period, count] as const;
    });
    return rowsOf(months, photos, shape);
  });
