import { expect, it } from "vitest";
import { readKept } from "../../../console/src/undo/undoable.ts";

const read = (entries: unknown): unknown => readKept(() => JSON.stringify(entries));

it("changes that were kept before there were several operations in one are read", () => {
  const entries = [
    { kind: "operation", operationId: "a", updated: 3 },
    { kind: "trash", id: "photo" },
    { kind: "words", id: "photo", from: 2, to: 1 },
  ];
  expect(read(entries)).toEqual(entries);
});

it("changes of several operations and several photos are read with all of them", () => {
  const entries = [
    { kind: "operation", operationId: "a", updated: 3, more: ["b"] },
    { kind: "trash", id: "photo", more: ["another"] },
  ];
  expect(read(entries)).toEqual(entries);
});

it("what is not ours is left out, and what is ours beside it is read", () => {
  const ours = { kind: "trash", id: "photo" };
  expect(read([ours, { ...ours, more: 7 }])).toEqual([ours]);
  expect(read([{ kind: "trash", id: "photo", more: [1] }, { kind: "operation" }, 7, null])).toEqual([]);
  expect(readKept(() => "{")).toEqual([]);
});
