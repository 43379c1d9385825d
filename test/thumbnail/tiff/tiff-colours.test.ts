import { describe, expect, test } from "vitest";
import {
  bigEndian,
  jpegBytes,
  jpegSegment,
  joined,
  type TiffFieldContent,
  type TiffPicture,
  tiffDirectory,
  tiffPictureBytes,
  tiffStructureBytes,
} from "../../support/images/index.ts";
import { quadrantColours } from "../../support/images/picture.ts";
import { make, mustMake } from "../support/make.ts";

const tiff = { contentType: "image/tiff" };
const field = (tag: number, type: number, ...values: number[]): TiffFieldContent => ({
  tag,
  value: { type, values },
});

/** A picture of one colour. */
function plain(photometric: number, colour: readonly number[], more: Partial<TiffPicture> = {}): TiffPicture {
  const [width, height] = [12, 10];
  const values = Array.from({ length: width * height }, () => colour).flat();
  return { width, height, photometric, bits: 8, samples: colour.length, values, ...more };
}

/** The colour of a thumbnail that has only one. */
async function colourOf(picture: TiffPicture): Promise<number[]> {
  const { pixels } = await mustMake(await tiffPictureBytes(picture), tiff);
  const first = [...pixels.subarray(0, 3)];
  for (let at = 0; at < pixels.length; at++) expect(pixels[at]).toBe(first[at % 3]);
  return first;
}

describe("colours", () => {
  test("inks are shown as those of a JPEG without a profile are", async () => {
    const [white, black, cyan] = await Promise.all([
      colourOf(plain(5, [0, 0, 0, 0])),
      colourOf(plain(5, [0, 0, 0, 255])),
      colourOf(plain(5, [255, 0, 0, 0])),
    ]);
    expect(white).toEqual([255, 255, 255]);
    expect(Math.max(...black)).toBeLessThan(40);
    expect(cyan).toEqual([0, 153, 227]);
  });

  test("alpha beside inks shows white paper", async () => {
    const clear = plain(5, [255, 255, 0, 99, 0], { extraSamples: [2] });
    expect(await colourOf(clear)).toEqual([255, 255, 255]);
  });

  test("L*a*b* is shown in its colours, signed or not", async () => {
    // Red of sRGB for D50: L* 54.3, a* 80.8, b* 69.9.
    const signed = await colourOf(plain(8, [138, 81, 70]));
    const unsigned = await colourOf(plain(9, [138, 209, 198]));
    expect(signed).toEqual(unsigned);
    for (const [i, level] of [255, 0, 0].entries())
      expect(Math.abs((signed[i] ?? 0) - level)).toBeLessThan(8);
  });

  test("luma and chroma go by the coefficients and levels that the file tells", async () => {
    const chroma = field(530, 3, 1, 1);
    const red = { type: 5, values: [2126, 10_000, 7152, 10_000, 722, 10_000] };
    const levels = { type: 5, values: [16, 1, 235, 1, 128, 1, 240, 1, 128, 1, 240, 1] };
    const video = plain(6, [63, 102, 240], {
      fields: [{ tag: 529, value: red }, chroma, { tag: 532, value: levels }],
    });
    for (const [i, level] of (await colourOf(video)).entries()) {
      expect(Math.abs(level - ([255, 0, 0][i] ?? 0))).toBeLessThanOrEqual(3);
    }
    const full = plain(6, [76, 85, 255], { fields: [chroma] });
    for (const [i, level] of (await colourOf(full)).entries()) {
      expect(Math.abs(level - ([254, 0, 0][i] ?? 0))).toBeLessThanOrEqual(2);
    }
  });

  test("levels of luma and chroma of 16 bits are told in 16 bits", async () => {
    const reference = (levels: readonly number[]) => ({
      bits: 16,
      fields: [
        field(530, 3, 1, 1),
        { tag: 532, value: { type: 5, values: levels.flatMap((level) => [level, 1]) } },
      ],
    });
    const video = reference([16, 235, 128, 240, 128, 240].map((level) => level << 8));
    expect(await colourOf(plain(6, [235 << 8, 128 << 8, 128 << 8], video))).toEqual([255, 255, 255]);
    expect(await colourOf(plain(6, [16 << 8, 128 << 8, 128 << 8], video))).toEqual([0, 0, 0]);
    const whole = reference([0, 65_535, 32_768, 65_535, 32_768, 65_535]);
    expect(await colourOf(plain(6, [65_535, 32_768, 32_768], whole))).toEqual([255, 255, 255]);
    const [red = 0, green = 0, blue = 0] = await colourOf(plain(6, [76 << 8, 85 << 8, 65_535], whole));
    expect([red > 250, green < 5, blue < 5]).toEqual([true, true, true]);
  });

  test.each([
    [1, 2],
    [2, 1],
    [2, 2],
    [4, 2],
    [4, 4],
  ])("chroma of less resolution, %i × %i, belongs to its pixels", async (across, down) => {
    const [width, height] = [32, 32];
    const units: number[] = [];
    // The left half is red, the right half blue.
    for (let y = 0; y < height; y += down) {
      for (let x = 0; x < width; x += across) {
        const isLeft = x < width / 2;
        for (let i = 0; i < across * down; i++) units.push(isLeft ? 76 : 29);
        units.push(isLeft ? 85 : 255, isLeft ? 255 : 107);
      }
    }
    const directory = await tiffDirectory(plain(6, [0, 0, 0], { fields: [field(530, 3, across, down)] }));
    const sized = directory.flatMap((each): TiffFieldContent[] => {
      if (each.tag === 256 || each.tag === 257 || each.tag === 278) return [field(each.tag, 4, 32)];
      if (each.tag === 273) return [{ tag: 273, value: { data: Uint8Array.from(units) } }];
      return each.tag === 279 ? [field(279, 4, units.length)] : [each];
    });
    const { pixels } = await mustMake(tiffStructureBytes({ directories: [sized] }), tiff);
    const at = (x: number) => [...pixels.subarray((64 * 128 + x) * 3, (64 * 128 + x) * 3 + 3)];
    expect(at(10)).toEqual([254, 0, 0]);
    expect(at(117)).toEqual([0, 0, 254]);
  });

  test("a palette whose levels were written with 8 bits is read as such", async () => {
    const colourMap = [
      ...Array.from({ length: 16 }, () => 200),
      ...Array.from({ length: 16 }, () => 100),
      ...Array.from({ length: 16 }, () => 50),
    ];
    expect(await colourOf(plain(3, [7], { bits: 4, colourMap }))).toEqual([200, 100, 50]);
  });
});

describe("JPEG-coded", () => {
  const size = { width: 96, height: 64 };

  /** A picture of the four quadrants whose blocks are JPEG streams: `tables` puts what they share into a field. */
  function coded(blocks: readonly Uint8Array[], fields: readonly TiffFieldContent[]): Uint8Array {
    const usual: TiffFieldContent[] = [
      field(256, 4, size.width),
      field(257, 4, size.height),
      field(258, 3, 8, 8, 8),
      field(259, 3, 7),
      field(262, 3, 6),
      { tag: 273, value: { parts: blocks } },
      field(277, 3, 3),
      field(279, 4, ...blocks.map(({ length }) => length)),
    ];
    const isToldAnew = ({ tag }: TiffFieldContent) => fields.some((other) => other.tag === tag);
    return tiffStructureBytes({
      directories: [[...usual.filter((each) => !isToldAnew(each)), ...fields]],
    });
  }

  /** Splits a stream into its tables and the rest. */
  function split(jpeg: Uint8Array): { tables: Uint8Array; rest: Uint8Array } {
    const [tables, rest]: [Uint8Array[], Uint8Array[]] = [[], []];
    const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.length);
    let at = 2;
    while (jpeg[at + 1] !== 0xda) {
      const end = at + 2 + view.getUint16(at + 2);
      const isTable = jpeg[at + 1] === 0xdb || jpeg[at + 1] === 0xc4;
      (isTable ? tables : rest).push(jpeg.subarray(at, end));
      at = end;
    }
    const soi = bigEndian(1, 0xff, 0xd8);
    return {
      tables: joined(soi, ...tables, bigEndian(1, 0xff, 0xd9)),
      rest: joined(soi, ...rest, jpeg.subarray(at)),
    };
  }

  const { topLeft, topRight, bottomLeft, bottomRight } = quadrantColours;
  /** The colour at a place, with what coding has added or taken rounded off. */
  const at = (pixels: Uint8Array, x: number, y: number) =>
    [...pixels.subarray((y * 128 + x) * 3, (y * 128 + x) * 3 + 3)].map(
      (level) => Math.round(level / 15) * 15,
    );

  test("a picture of one strip is read", async () => {
    const { pixels } = await mustMake(coded([jpegBytes(size)], [field(278, 4, 64)]), tiff);
    expect([at(pixels, 12, 12), at(pixels, 116, 12), at(pixels, 12, 116), at(pixels, 116, 116)]).toEqual([
      topLeft,
      topRight,
      bottomLeft,
      bottomRight,
    ]);
  });

  test.each([
    ["no word about it", [], quadrantColours.topLeft],
    ["no meaning", [field(338, 3, 0)], quadrantColours.topLeft],
    ["alpha", [field(338, 3, 2)], [255, 255, 255]],
  ] as const)("a fourth sample that is clear, with %s, is shown as that says", async (_, fields, shown) => {
    const planes = [...topLeft, 0].map((level) =>
      jpegBytes({ ...size, grey: true, pattern: [level, level, level] }),
    );
    const bytes = coded(planes, [
      field(278, 4, 64),
      field(258, 3, 8, 8, 8, 8),
      field(262, 3, 2),
      field(277, 3, 4),
      field(284, 3, 2),
      ...fields,
    ]);
    const { pixels } = await mustMake(bytes, tiff);
    expect(at(pixels, 64, 64)).toEqual(shown);
  });

  test("tables that lie in the directory count for every strip", async () => {
    const upper = { width: 96, height: 32 };
    const left = jpegBytes({ ...upper, pattern: topLeft });
    const strips = [left, jpegBytes({ ...upper, pattern: bottomLeft })].map(split);
    const [first] = strips;
    const bytes = coded(
      strips.map(({ rest }) => rest),
      [field(278, 4, 32), { tag: 347, value: first?.tables ?? new Uint8Array(0) }],
    );
    const { pixels } = await mustMake(bytes, tiff);
    expect([at(pixels, 64, 20), at(pixels, 64, 108)]).toEqual([topLeft, bottomLeft]);
  });

  test("tiles that stick out are cut", async () => {
    const tile = { width: 64, height: 64 };
    const tiles = [jpegBytes({ ...tile, pattern: topLeft }), jpegBytes({ ...tile, pattern: topRight })];
    const bytes = coded(
      [],
      [
        field(322, 4, 64),
        field(323, 4, 64),
        { tag: 324, value: { parts: tiles } },
        field(325, 4, ...tiles.map(({ length }) => length)),
      ],
    );
    // The middle square is shown: three quarters of it are of the first tile.
    const { pixels } = await mustMake(bytes, tiff);
    expect([at(pixels, 40, 40), at(pixels, 120, 40)]).toEqual([topLeft, topRight]);
  });

  test("a stream of another size or other components makes no picture", async () => {
    const small = coded([jpegBytes({ width: 80, height: 64 })], [field(278, 4, 64)]);
    expect(await make(small, tiff)).toMatchObject({ outcome: "failed", reason: { code: "corrupt" } });
    const grey = coded([jpegBytes({ ...size, grey: true })], [field(278, 4, 64)]);
    expect(await make(grey, tiff)).toMatchObject({
      outcome: "unsupported",
      reason: { code: "unsupported_coding" },
    });
    const noScan = coded(
      [joined(bigEndian(1, 0xff, 0xd8), jpegSegment(0xfe, "nothing"))],
      [field(278, 4, 64)],
    );
    expect(await make(noScan, tiff)).toMatchObject({ outcome: "failed", reason: { code: "corrupt" } });
  });
});
