import { describe, expect, it, test } from "vitest";
import { commandOf, viewerKeys } from "../../../console/src/viewer/keys.ts";

const plain = { altKey: false, ctrlKey: false, metaKey: false };

describe("a key in the viewer", () => {
  test.each([
    ["ArrowLeft", "previous", "panLeft"],
    ["ArrowRight", "next", "panRight"],
    ["ArrowUp", null, "panUp"],
    ["ArrowDown", null, "panDown"],
    ["+", "zoomIn", "zoomIn"],
    ["=", "zoomIn", "zoomIn"],
    ["-", "zoomOut", "zoomOut"],
    ["0", "fit", "fit"],
    ["i", "details", "details"],
    ["I", "details", "details"],
    ["x", null, null],
    ["toString", null, null],
  ])("%s means %s, and %s on an enlarged picture", (key, whole, zoomed) => {
    expect([commandOf({ ...plain, key }, false), commandOf({ ...plain, key }, true)]).toEqual([
      whole,
      zoomed,
    ]);
  });

  test.each(["altKey", "ctrlKey", "metaKey"])("is the browser's with %s", (modifier) => {
    expect(commandOf({ ...plain, [modifier]: true, key: "+" }, false)).toBeNull();
  });
});

it("tells every key of the viewer, each with what it does", () => {
  expect(viewerKeys.help.every(({ keys, does }) => keys.length > 0 && does !== "")).toBe(true);
});
