import type { TestScan } from "./jpeg-writer.ts";
import type { Random } from "./random.ts";

/** The script that most encoders write for three components. */
export const usualScript: TestScan[] = [
  { components: [0, 1, 2], from: 0, to: 0, high: 0, shift: 1 },
  { components: [0], from: 1, to: 5, high: 0, shift: 2 },
  { components: [2], from: 1, to: 63, high: 0, shift: 1 },
  { components: [1], from: 1, to: 63, high: 0, shift: 1 },
  { components: [0], from: 6, to: 63, high: 0, shift: 2 },
  { components: [0], from: 1, to: 63, high: 2, shift: 1 },
  { components: [0, 1, 2], from: 0, to: 0, high: 1, shift: 0 },
  { components: [2], from: 1, to: 63, high: 1, shift: 0 },
  { components: [1], from: 1, to: 63, high: 1, shift: 0 },
  { components: [0], from: 1, to: 63, high: 1, shift: 0 },
];

/** A complete progressive script: DC and bands cut at random, each refined bit by bit. */
export function randomScript(random: Random, components: number): TestScan[] {
  const scans: TestScan[] = [];
  const all = Array.from({ length: components }, (_, i) => i);
  const groups = random.next() < 0.5 ? [all] : all.map((i) => [i]);
  for (const group of groups) refine(scans, group, 0, 0, random.int(0, 2));
  for (const component of all) {
    let from = 1;
    while (from <= 63) {
      const to = random.next() < 0.4 ? 63 : random.int(from, 63);
      refine(scans, [component], from, to, random.int(0, 3));
      from = to + 1;
    }
  }
  return scans;
}

function refine(scans: TestScan[], components: number[], from: number, to: number, first: number): void {
  scans.push({ components, from, to, high: 0, shift: first });
  for (let shift = first - 1; shift >= 0; shift--)
    scans.push({ components, from, to, high: shift + 1, shift });
}
