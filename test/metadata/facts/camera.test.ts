import { describe, expect, it } from "vitest";
import { tiffStructureBytes } from "../../support/images/index.ts";
import { factsOfExif, factsOfJpeg } from "./facts-of.ts";

describe("the camera", () => {
  it("is told by make, model and lens, trimmed and up to the first null", async () => {
    const fields = { make: "  Apple ", model: "iPhone 14 Pro\0Trash", lens: "back camera 6.86mm f/1.78  " };
    expect((await factsOfExif(fields)).camera).toStrictEqual({
      make: "Apple",
      model: "iPhone 14 Pro",
      lens: "back camera 6.86mm f/1.78",
    });
    expect((await factsOfExif({ ...fields, littleEndian: false })).camera?.make).toBe("Apple");
  });

  it.each(["", "   ", "\0\0\0", "Can\x01on", "\x7f", "x".repeat(300)])(
    "has no make where that is %j",
    async (make) => {
      expect((await factsOfExif({ make, model: "Model" })).camera).toStrictEqual({
        make: null,
        model: "Model",
        lens: null,
      });
      expect((await factsOfExif({ make })).camera).toBeNull();
    },
  );

  it("has no make where the field is no text", async () => {
    const exif = tiffStructureBytes({
      directories: [[{ tag: 0x010f, value: { type: 3, values: [1, 2, 3] } }]],
    });
    expect((await factsOfJpeg({ exif })).camera).toBeNull();
  });
});
