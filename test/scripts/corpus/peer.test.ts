import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { peerDifference } from "../../../scripts/corpus/peer.ts";
import { type Picture, pictureOf, resized } from "../../../scripts/corpus/pictures.ts";
import { bigEndian, bmpBytes, heicBytes, jpegBytes, pngBytes, pngChunk } from "../../support/images/index.ts";
import { temporaryFolder } from "../support/folder.ts";
import { plain } from "./support/looks.ts";

/** A picture with soft and hard edges, as a photo has them. */
function scene(width: number, height: number): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g"><stop offset="0" stop-color="#246"/><stop offset="1" stop-color="#fc8"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/><circle cx="30%" cy="40%" r="20%" fill="#c33"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}

async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), "file");
  await writeFile(path, bytes);
  return path;
}

/** The picture as a thumbnail of quality 80 shows it. */
async function makePicture(image: Sharp): Promise<Picture> {
  return pictureOf(await image.jpeg({ quality: 80 }).toBuffer());
}

describe.each<[string, (image: Sharp) => Sharp]>([
  ["JPEG", (image) => image.jpeg({ quality: 90 })],
  ["PNG", (image) => image.png()],
  ["WebP", (image) => image.webp({ quality: 90 })],
  ["TIFF", (image) => image.tiff({ compression: "lzw" })],
  ["AVIF", (image) => image.avif({ quality: 80 })],
  ["GIF", (image) => image.gif()],
])("%s", (_format, encode) => {
  test("that looks alike in the thumbnail is as sharp has it", async () => {
    const path = await fileOf(await encode(scene(640, 480)).toBuffer());
    const thumbnail = await makePicture(sharp(path).resize(512, 384, { fit: "fill" }));
    expect(await peerDifference(path, { thumbnail, orientation: null })).toBeNull();
  });

  test.each<[string, (thumbnail: Picture) => Picture | Promise<Picture>]>([
    ["grey", ({ width, height }) => plain(width, height, [128, 128, 128])],
    ["white", ({ width, height }) => plain(width, height, [255, 255, 255])],
    ["darker", (thumbnail) => ({ ...thumbnail, data: thumbnail.data.map((value) => value * 0.95) })],
    ["with red for blue", (thumbnail) => pictureOfSwapped(thumbnail)],
    [
      "without its lower part",
      ({ width, height, data }) => ({
        width,
        height,
        data: data.map((value, at) => (at < data.length * 0.9 ? value : 128)),
      }),
    ],
  ])("that is %s in the thumbnail differs", async (_what, spoil) => {
    const path = await fileOf(await encode(scene(640, 480)).toBuffer());
    const thumbnail = await spoil(await makePicture(sharp(path).resize(512, 384, { fit: "fill" })));
    expect(await peerDifference(path, { thumbnail, orientation: null })).toContain(
      "the thumbnail differs from sharp's",
    );
  });
});

function pictureOfSwapped({ width, height, data }: Picture): Picture {
  const swapped = data.map((_, at) => data[at - (at % 3) + (2 - (at % 3))] ?? 0);
  return { width, height, data: swapped };
}

test("a picture of another shape differs", async () => {
  const path = await fileOf(await scene(640, 480).jpeg().toBuffer());
  const thumbnail = await makePicture(scene(384, 512));
  expect(await peerDifference(path, { thumbnail, orientation: null })).toBe(
    "sharp's picture is 640 × 480, the thumbnail 384 × 512",
  );
});

test("a whole file that is said to be damaged differs, and one that is damaged does not", async () => {
  const bytes = await scene(640, 480).jpeg().toBuffer();
  const shown = { thumbnail: null, orientation: null };
  expect(await peerDifference(await fileOf(bytes), shown)).toBe("sharp decodes it without a warning");
  expect(await peerDifference(await fileOf(bytes.subarray(0, bytes.length / 2)), shown)).toBeNull();
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "a picture is turned by EXIF's orientation %i, or by ours where EXIF has none",
  async (turn) => {
    const stored = await scene(640, 480).jpeg({ quality: 95 }).toBuffer();
    const turned = await sharp(stored).withMetadata({ orientation: turn }).jpeg({ quality: 95 }).toBuffer();
    const thumbnail = await makePicture(sharp(turned).autoOrient().resize(512, 512, { fit: "inside" }));
    expect(await peerDifference(await fileOf(turned), { thumbnail, orientation: null })).toBeNull();
    expect(await peerDifference(await fileOf(stored), { thumbnail, orientation: turn })).toBeNull();
    const wrong = await peerDifference(await fileOf(stored), { thumbnail, orientation: null });
    expect(wrong === null).toBe(turn === 1);
  },
);

describe("sharp is not asked of", () => {
  const shown = { thumbnail: plain(20, 20, [1, 2, 3]), orientation: null };
  const colour = { width: 20, height: 20, pattern: [200, 100, 50] } as const;

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ["HEIC", () => heicBytes({ width: 20, height: 20 })],
    ["BMP", () => bmpBytes({ width: 20, height: 20 })],
    ["what is no picture", () => Buffer.from("text")],
    ["inks without a profile", () => scene(20, 20).toColourspace("cmyk").tiff().toBuffer()],
    [
      "PNG with a gamma of its own",
      async () => withChunk(await pngBytes(colour), pngChunk("gAMA", bigEndian(4, 100_000))),
    ],
    [
      "PNG with code points",
      async () => withChunk(await pngBytes(colour), pngChunk("cICP", Uint8Array.of(12, 13, 0, 1))),
    ],
    [
      "PNG with primaries of its own",
      async () =>
        withChunk(
          await pngBytes(colour),
          pngChunk("cHRM", bigEndian(4, 31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6_000)),
        ),
    ],
  ])("%s", async (_what, bytes) => {
    expect(await peerDifference(await fileOf(await bytes()), shown)).toBeNull();
  });

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ["a plain JPEG", () => jpegBytes(colour)],
    ["a plain PNG", () => pngBytes(colour)],
    [
      "PNG with the gamma of sRGB",
      async () => withChunk(await pngBytes(colour), pngChunk("gAMA", bigEndian(4, 45_455))),
    ],
  ])("but of %s", async (_what, bytes) => {
    expect(await peerDifference(await fileOf(await bytes()), shown)).not.toBeNull();
  });
});

/** A PNG with a chunk behind its header. */
function withChunk(png: Uint8Array, chunk: Uint8Array): Uint8Array {
  const behindHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, behindHeader), chunk, png.subarray(behindHeader)]);
}

test("a picture of the wanted size is as it is", async () => {
  const picture = plain(4, 3, [9, 8, 7]);
  expect(await resized(picture, { width: 4, height: 3 })).toEqual(picture);
});
