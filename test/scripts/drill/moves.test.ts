import { expect, test } from "vitest";
import {
  movedBy,
  planMoves,
  planReturn,
  planVanishing,
  renamings,
} from "../../../scripts/drill/storage/moves.ts";
import { drawnFolder } from "../../../scripts/drill/storage/photos.ts";

/** As many keys as a drill draws photos. */
function keysOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index % 2 === 0 ? "" : drawnFolder}${index}.jpg`);
}

test("no photo is lost by moves: each has a key of its own, before the export and after", () => {
  for (let count = 10; count < 120; count += 1) {
    let keys = keysOf(count);
    for (const renaming of [renamings.beforeExport, renamings.afterExport]) {
      const vanished = new Set(planVanishing(keys));
      const moves = planMoves(keys, renaming);
      expect([...vanished].filter((key) => moves.has(key))).toEqual([]);
      keys = keys.map((key) => movedBy(moves, key));
      const back = planReturn([...vanished]);
      keys = keys.map((key) => movedBy(back, key));
      expect(new Set(keys).size).toBe(count);
    }
  }
});

test("photos exchange their keys, take the key of the next one, and go along with a renamed folder", () => {
  const moves = planMoves(["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg", "g.jpg", "Old/h.jpg"], {
    from: "Old/",
    to: "New/",
    suffix: "+",
  });
  expect(Object.fromEntries(moves)).toEqual({
    "Old/h.jpg": "New/h.jpg",
    "b.jpg": "c.jpg",
    "c.jpg": "b.jpg",
    "d.jpg": "e.jpg",
    "e.jpg": "f.jpg",
    "f.jpg": "f+.jpg",
  });
});

test("of what vanishes one half comes back where it was, the other under another key", () => {
  const vanished = planVanishing(keysOf(60));
  expect(vanished).toHaveLength(3);
  expect([...planReturn(vanished)].filter(([from, to]) => from === to)).toHaveLength(2);
});
