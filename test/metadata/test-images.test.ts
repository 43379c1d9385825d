import { PhotonImage } from "@cf-wasm/photon";
import { describe, expect, it } from "vitest";
import type { MediaType } from "../../src/core/media-type.ts";
import { jpegBytes, pngBytes, quadrantColours, testImage } from "../support/images/index.ts";

/** The colours near the four corners of a decoded image. */
function corners(bytes: Uint8Array) {
  const image = PhotonImage.new_from_byteslice(bytes);
  const { width, height } = { width: image.get_width(), height: image.get_height() };
  const pixels = image.get_raw_pixels();
  image.free();
  const at = (x: number, y: number) => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
  return [at(0, 0), at(width - 1, 0), at(0, height - 1), at(width - 1, height - 1)];
}

describe("the images that tests are made with", () => {
  const decodable: MediaType[] = [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/tiff",
  ];

  it.each(decodable)("of type %s decode to their four quadrants", async (mediaType) => {
    const image = await testImage({ width: 50, height: 37, mediaType, orientation: 6 });
    for (const [index, colour] of corners(image).entries()) {
      const expected = Object.values(quadrantColours)[index] ?? [];
      for (const [channel, level] of colour.entries()) {
        expect(Math.abs(level - (expected[channel] ?? 0))).toBeLessThanOrEqual(2);
      }
    }
  });

  it("are made quickly at the size of a camera's", async () => {
    expect(jpegBytes({ width: 6000, height: 4000 }).length).toBeLessThan(1_000_000);
    expect((await pngBytes({ width: 6000, height: 4000 })).length).toBeLessThan(1_000_000);
  }, 10_000);
});
