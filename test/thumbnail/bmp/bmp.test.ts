import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bmpBytes, type BmpPicture, bmpPictureBytes, littleEndian } from "../../support/images/index.ts";
import { make, mustMake } from "../support/make.ts";
import { difference, resample, windowOf } from "../support/oracle.ts";
import { Random } from "../support/random.ts";

const bmp = { contentType: "image/bmp" };
const argb = [0xff_00_00, 0xff_00, 0xff, 0xff_00_00_00];

/** Masks of each number of bits, and the header that holds them; none for what needs none. */
const kinds = [
  { bits: 1 },
  { bits: 2 },
  { bits: 4 },
  { bits: 8 },
  { bits: 8, headerBytes: 12 },
  { bits: 24 },
  { bits: 24, headerBytes: 12 },
  { bits: 16 },
  { bits: 32 },
  { bits: 32, headerBytes: 108 },
  { bits: 16, coding: 3, masks: [0xf8_00, 0x07_e0, 0x1f] },
  { bits: 32, coding: 3, masks: [0x3f_f0_00_00, 0xf_fc_00, 0x3_ff] },
  { bits: 32, coding: 3, headerBytes: 56, masks: argb },
  { bits: 32, coding: 6, masks: argb },
  { bits: 16, coding: 3, headerBytes: 124, masks: [0xf00, 0xf0, 0xf, 0xf0_00] },
] as const satisfies readonly Partial<BmpPicture>[];

const pictures = fc
  .record({
    kind: fc.constantFrom<Pick<BmpPicture, "bits" | "coding" | "headerBytes" | "masks">>(...kinds),
    width: fc.integer({ min: 1, max: 140 }),
    height: fc.integer({ min: 1, max: 140 }),
    topDown: fc.boolean(),
    seed: fc.integer(),
  })
  .map(({ kind, width, height, topDown, seed }): BmpPicture => {
    const random = new Random(seed);
    const level = () => random.int(0, 255);
    const palette = Array.from(
      { length: kind.bits > 8 ? 0 : 2 ** kind.bits },
      () => [level(), level(), level()] as const,
    );
    const half = () => random.int(0, 2 ** Math.min(16, kind.bits) - 1);
    const pixel = () => (kind.bits <= 16 ? half() : (half() * 65_536 + half()) % 2 ** kind.bits);
    const { bits, coding = 0, headerBytes = 40, masks = [] } = kind;
    return {
      bits,
      coding,
      headerBytes,
      masks,
      width,
      height,
      topDown: topDown && headerBytes !== 12,
      pixels: Array.from({ length: width * height }, pixel),
      palette,
    };
  });

/** A field of a pixel, brought to 8 bits. */
function levelOf(pixel: number, mask: number): number {
  const lowest = mask & -mask;
  const top = mask / lowest;
  return Math.round(((Math.floor(pixel / lowest) % (top + 1)) * 255) / top);
}

function shown({ bits, pixels, palette, masks = [], headerBytes = 40 }: BmpPicture, channel: number) {
  const plain = bits === 16 ? [0x7c_00, 0x03_e0, 0x1f] : [0xff_00_00, 0xff_00, 0xff];
  const [fields, alpha = 0] = [masks.length > 0 && headerBytes !== 108 ? masks : plain, masks[3]];
  return Float64Array.from(pixels, (pixel) => {
    if (bits <= 8) return palette?.[pixel]?.[channel] ?? 0;
    const level = levelOf(pixel, fields[channel] ?? 0);
    const share = alpha === 0 ? 255 : levelOf(pixel, alpha >>> 0);
    return Math.round((level * share + 255 * (255 - share)) / 255);
  });
}

/** A picture of one pixel value, 8 × 8. */
const plain = (pixel: number, more: Partial<BmpPicture>): BmpPicture => ({
  width: 8,
  height: 8,
  bits: 32,
  pixels: Array.from({ length: 64 }, () => pixel),
  ...more,
});
const colourOf = async (picture: BmpPicture) => [
  ...(await mustMake(bmpPictureBytes(picture), bmp)).pixels.subarray(0, 3),
];

describe("happy", () => {
  test("any bitmap comes out as the oracle renders it", async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const { width, height } = picture;
        const { pixels } = await mustMake(bmpPictureBytes(picture), bmp);
        for (let channel = 0; channel < 3; channel++) {
          const source = { width, height, values: shown(picture, channel) };
          const expected = resample(source, windowOf(width, height, 128, "cover")).values;
          const { largest, mean } = difference(
            pixels.filter((_, i) => i % 3 === channel),
            expected,
          );
          expect(largest).toBeLessThanOrEqual(2);
          expect(mean).toBeLessThanOrEqual(0.3);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ["by masks in a header of version 3", { coding: 3, headerBytes: 56, masks: argb }],
    ["by masks in a header of version 5", { coding: 3, headerBytes: 124, masks: argb }],
    ["by masks behind the header", { coding: 6, masks: argb }],
    ["without masks", {}],
  ] as const)("a bitmap whose alpha is zero everywhere is opaque, %s", async (_, how) => {
    expect(await colourOf(plain(0x00_c8_64_32, how))).toEqual([200, 100, 50]);
  });

  test("a single pixel that is not clear makes alpha count", async () => {
    const picture = plain(0x00_c8_64_32, { coding: 3, headerBytes: 124, masks: argb });
    const pixels = [...picture.pixels.slice(0, 63), 0x01_c8_64_32];
    expect(await colourOf({ ...picture, pixels })).toEqual([255, 255, 255]);
  });

  test("what is half transparent is half white", async () => {
    const half = plain(0x80_00_00_00, { coding: 3, headerBytes: 124, masks: argb });
    expect(await colourOf(half)).toEqual([127, 127, 127]);
  });

  test("without masks of its own 32 bits have no alpha", async () => {
    expect(await colourOf(plain(0x80_c8_64_32, { headerBytes: 124, masks: argb }))).toEqual([200, 100, 50]);
  });

  test.each([
    // A run of four, three as they are, and the end of a row; the last row is jumped over.
    [8, [4, 1, 0, 3, 2, 3, 2, 0, 0, 0, 7, 1, 0, 0, 0, 1]],
    [4, [4, 0x11, 0, 3, 0x23, 0x20, 0, 0, 7, 0x11, 0, 0, 0, 1]],
    [8, [4, 1, 0, 3, 2, 3, 2, 0, 0, 2, 0, 1, 0, 1]],
  ])("run lengths of %i bits are read: %j", async (bits, codes) => {
    const palette = [
      [9, 9, 9],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ] as const;
    const [width, height] = [7, 3];
    const data = Uint8Array.from(codes);
    const file = bmpPictureBytes({
      width,
      height,
      bits,
      coding: bits === 8 ? 1 : 2,
      palette,
      pixels: [],
      data,
    });
    const { pixels, width: size } = await mustMake(file, { ...bmp, fit: "contain" });
    const at = (x: number, y: number) => [...pixels.subarray((y * size + x) * 3, (y * size + x) * 3 + 3)];
    expect([at(0, 2), at(3, 2), at(4, 2), at(5, 2), at(6, 2), at(0, 0)]).toEqual(
      [1, 1, 2, 3, 2, 0].map((index) => palette[index]),
    );
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
    "is turned as the facts say, whichever row is stored first: %i",
    async (orientation) => {
      const size = { width: 90, height: 60 };
      const [upwards, downwards] = await Promise.all([
        mustMake(bmpBytes(size), { ...bmp, orientation }),
        mustMake(bmpBytes({ ...size, topDown: true }), { ...bmp, orientation }),
      ]);
      expect(difference(upwards.pixels, Float64Array.from(downwards.pixels)).largest).toBeLessThanOrEqual(1);
    },
  );

  test("memory follows the thumbnail and not the picture", async () => {
    const large = await mustMake(bmpBytes({ width: 2000, height: 1500 }), bmp);
    // The kernel may still have up to 4 MiB from a picture before; the picture's pixels are 9 MB.
    expect(large.workingBytes).toBeLessThan(5 * 1024 * 1024);
  });
});

describe("error", () => {
  test.each([
    ["an embedded JPEG", { bits: 0, coding: 4 }],
    ["an embedded PNG", { bits: 0, coding: 5 }],
    ["OS/2's Huffman coding", { bits: 1, coding: 3, headerBytes: 64 }],
    ["OS/2's run lengths of 24 bits", { bits: 24, coding: 4, headerBytes: 64 }],
    ["64 bits", { bits: 64, pixels: [] }],
  ])("%s is unsupported", async (_, how) => {
    const file = bmpPictureBytes({ ...plain(0, how), data: new Uint8Array(300) });
    expect(await make(file, bmp)).toMatchObject({
      outcome: "unsupported",
      reason: { code: "unsupported_coding" },
    });
  });

  test.each([
    ["that breaks off", (file: Uint8Array) => file.subarray(0, file.length - 1)],
    ["of no width", (file: Uint8Array) => (file.set(littleEndian(4, 0), 18), file)],
    ["of no height", (file: Uint8Array) => (file.set(littleEndian(4, 0), 22), file)],
    ["without a header", (file: Uint8Array) => file.subarray(0, 20)],
  ])("a bitmap %s is corrupt", async (_, broken) => {
    expect(await make(broken(bmpPictureBytes(plain(1, {}))), bmp)).toMatchObject({
      reason: { code: "corrupt" },
    });
  });

  test("run lengths that end too early are corrupt", async () => {
    const file = bmpPictureBytes({ ...plain(0, { bits: 8, coding: 1 }), data: Uint8Array.of(8, 1, 0, 0) });
    expect(await make(file, bmp)).toMatchObject({ reason: { code: "corrupt" } });
  });

  test("masks with a gap are corrupt", async () => {
    const file = bmpPictureBytes(plain(1, { coding: 3, masks: [0xff_00_ff, 0xff_00, 0xff] }));
    expect(await make(file, bmp)).toMatchObject({ reason: { code: "corrupt" } });
  });
});
