import { describe, expect, test } from "vitest";
import { pressColours } from "../../src/thumbnail/colour/cmyk-table.ts";
import { TableReader } from "../../src/thumbnail/colour/table.ts";
import { randomImage } from "./support/jpeg-image.ts";
import { writeJpeg } from "./support/jpeg-writer.ts";
import { make, mustMake } from "./support/make.ts";
import { difference, renderPlanes, toRgb, windowOf } from "./support/oracle.ts";
import { concat } from "./support/png-writer.ts";
import { usualScript } from "./support/scripts.ts";
import { turned } from "./support/turned.ts";

const fourTwoZero = [
  [2, 2],
  [1, 1],
  [1, 1],
] as const;
const photo = (width: number, height: number, seed = 1) =>
  randomImage({ width, height, sampling: fourTwoZero, seed });

describe("happy", () => {
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) {
    test(`orientation ${orientation} is shown upright`, async () => {
      const file = writeJpeg(photo(300, 200));
      const plain = await mustMake(file, { fit: "contain" });
      const upright = await mustMake(file, { fit: "contain", orientation });
      expect([upright.width, upright.height]).toEqual(orientation >= 5 ? [85, 128] : [128, 85]);
      expect([...upright.pixels]).toEqual(turned(plain.pixels, plain.width, plain.height, orientation));
    });
  }

  test("cover is exactly the size, contain is at most the size and never enlarges", async () => {
    const small = writeJpeg(photo(100, 50));
    expect(await mustMake(small)).toMatchObject({ width: 128, height: 128 });
    expect(await mustMake(small, { fit: "contain" })).toMatchObject({ width: 100, height: 50 });
    const tall = writeJpeg(photo(20, 900));
    expect(await mustMake(tall, { size: 512 })).toMatchObject({ width: 512, height: 512 });
    expect(await mustMake(tall, { size: 512, fit: "contain" })).toMatchObject({ width: 11, height: 512 });
  });

  test("Adobe's marker tells RGB from YCbCr, and so do the names of the components without JFIF", async () => {
    const image = randomImage({
      width: 90,
      height: 90,
      sampling: [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      seed: 3,
      ids: [82, 71, 66],
    });
    const planes = renderPlanes(image, windowOf(90, 90, 128, "cover"));
    const raw = Float64Array.from(
      { length: 128 * 128 * 3 },
      (_, i) => planes[i % 3]?.values[Math.floor(i / 3)] ?? 0,
    );
    for (const options of [{}, { adobe: 0 }]) {
      expect(difference((await mustMake(writeJpeg(image, options))).pixels, raw).largest).toBeLessThanOrEqual(
        2,
      );
    }
    const asYcc = (await mustMake(writeJpeg(image, { adobe: 1 }))).pixels;
    expect(difference(asYcc, toRgb(planes)).mean).toBeLessThanOrEqual(0.5);
  });

  test("four components are CMYK, stored upside down where Adobe says so, or YCCK", async () => {
    const image = randomImage({
      width: 64,
      height: 64,
      sampling: [
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      seed: 4,
      detail: 1,
    });
    const planes = renderPlanes(image, windowOf(64, 64, 128, "cover"));
    const stored = (i: number) => planes.map(({ values }) => values[i] ?? 0);
    const ycc = toRgb(planes);
    // The inks, 255 being full, of each way to store them.
    const cases: [object, (i: number) => number[]][] = [
      [{}, stored],
      [{ adobe: 0 }, (i) => stored(i).map((value) => 255 - value)],
      [{ adobe: 2 }, (i) => [...ycc.subarray(i * 3, i * 3 + 3), 255 - (stored(i)[3] ?? 0)]],
    ];
    const press = new TableReader(pressColours());
    for (const [options, inksOf] of cases) {
      const { pixels } = await mustMake(writeJpeg(image, options));
      const expected = new Uint8Array(pixels.length);
      for (let i = 0; i * 3 < pixels.length; i++) {
        press.read(Uint8Array.from(inksOf(i), Math.round), expected, i * 3);
      }
      expect(difference(pixels, expected).mean).toBeLessThanOrEqual(1);
    }
  });

  test("garbage before and after, and further pictures behind it, change nothing", async () => {
    const file = writeJpeg(photo(200, 100));
    const plain = await mustMake(file);
    const other = writeJpeg(photo(300, 300, 9));
    const wrapped = concat([new Uint8Array([0, 255, 1, 2]), file, new Uint8Array(50), other]);
    expect((await mustMake(wrapped)).jpeg).toEqual(plain.jpeg);
  });

  test("a file that breaks off gives what there is, and grey for the rest", async () => {
    const file = writeJpeg(photo(400, 400));
    const whole = await mustMake(file);
    const half = await mustMake(file.subarray(0, file.length >> 1));
    expect(difference(half.pixels.subarray(0, 3000), whole.pixels.subarray(0, 3000)).largest).toBe(0);
    expect(new Set(half.pixels.subarray(-3000))).toEqual(new Set([128]));
  });

  test("a progressive file that breaks off is coarse, not missing", async () => {
    const file = writeJpeg(photo(400, 400), { script: usualScript });
    const whole = await mustMake(file);
    const part = await mustMake(file.subarray(0, Math.round(file.length * 0.7)));
    expect(difference(part.pixels, whole.pixels).mean).toBeLessThan(12);
  });

  test("a lost restart interval costs no more than itself", async () => {
    const file = writeJpeg(photo(256, 256), { restartInterval: 16 });
    const whole = await mustMake(file);
    const first = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xd0);
    const second = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xd1);
    const cut = await mustMake(concat([file.subarray(0, first), file.subarray(second)]));
    // one of 16 rows of MCUs is 8 rows of the thumbnail; the filter reaches a few further
    expect(difference(cut.pixels.subarray(128 * 3 * 24), whole.pixels.subarray(128 * 3 * 24)).largest).toBe(
      0,
    );
    expect(
      difference(cut.pixels.subarray(0, 128 * 3 * 4), whole.pixels.subarray(0, 128 * 3 * 4)).largest,
    ).toBe(0);
  });

  test("the answer is a JPEG that reads as the pixels it was made of", async () => {
    const image = randomImage({ width: 500, height: 400, sampling: [[1, 1]], seed: 2, detail: 2 });
    const made = await mustMake(writeJpeg(image));
    const again = await mustMake(made.jpeg);
    expect(difference(again.pixels, made.pixels).mean).toBeLessThan(3);
    expect(made.jpeg.length).toBeLessThan(20_000);
  });

  test("an RGB profile is carried over, no other metadata is", async () => {
    const profile = new Uint8Array(3000);
    profile.set(
      Array.from("RGB ", (c) => c.charCodeAt(0)),
      16,
    );
    profile.set(
      Array.from("acsp", (c) => c.charCodeAt(0)),
      36,
    );
    const chunks = [profile.subarray(0, 1000), profile.subarray(1000)].map((part, i) => {
      const head = Array.from("ICC_PROFILE\0", (c) => c.charCodeAt(0));
      const length = part.length + 16;
      return concat([Uint8Array.of(0xff, 0xe2, length >> 8, length & 255, ...head, i + 1, 2), part]);
    });
    const exif = Uint8Array.of(0xff, 0xe1, 0, 8, 69, 120, 105, 102, 0, 0);
    const made = await mustMake(writeJpeg(photo(50, 50), { extra: concat([...chunks, exif]) }));
    const markers = [...made.jpeg].flatMap((byte, i) =>
      byte === 0xff && (made.jpeg[i + 1] ?? 0) >= 0xe0 ? [made.jpeg[i + 1]] : [],
    );
    expect(markers).toEqual([0xe0, 0xe2]);
    expect((await mustMake(made.jpeg)).jpeg.length).toBeGreaterThan(3000);
  });
});

describe("error", () => {
  const withFrame = (code: number, precision = 8) => {
    const file = writeJpeg(photo(40, 40));
    const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc1);
    file[at + 1] = code;
    file[at + 4] = precision;
    return file;
  };

  test.each([
    ["arithmetic_coding", withFrame(0xc9)],
    ["arithmetic_coding", withFrame(0xca)],
    ["lossless_coding", withFrame(0xc3)],
    ["hierarchical_coding", withFrame(0xc5)],
    ["hierarchical_coding", withFrame(0xde)],
    ["sample_precision", withFrame(0xc1, 12)],
  ])("%s is unsupported and says so", async (code, file) => {
    expect(await make(file)).toMatchObject({ outcome: "unsupported", reason: { code } });
  });

  test("two components are unsupported", async () => {
    const image = randomImage({
      width: 30,
      height: 30,
      sampling: [
        [1, 1],
        [1, 1],
      ],
      seed: 1,
    });
    expect(await make(writeJpeg(image))).toMatchObject({
      outcome: "unsupported",
      reason: { code: "component_count" },
    });
  });

  test("types that nobody decodes, too many bytes and too many pixels are told before decoding", async () => {
    const file = writeJpeg(photo(40, 40));
    expect(await make(file, { contentType: "text/plain" })).toMatchObject({ reason: { code: "no_decoder" } });
    expect(await make(file, { width: 20_000, height: 10_001 })).toMatchObject({
      reason: { code: "too_many_pixels" },
    });
    const large = new Uint8Array(40 * 1024 * 1024 + 1);
    expect(await make(large)).toMatchObject({ reason: { code: "file_too_large" } });
  });

  test("a frame of too many pixels is refused whatever the facts said", async () => {
    const file = writeJpeg(photo(40, 40));
    const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc1);
    file.set([0xff, 0xff, 0xff, 0xff], at + 5);
    expect(await make(file)).toMatchObject({ outcome: "unsupported", reason: { code: "too_many_pixels" } });
  });

  test("what is no picture, or has none in it, is corrupt", async () => {
    const file = writeJpeg(photo(40, 40));
    const scan = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xda);
    for (const bytes of [
      new Uint8Array(0),
      new Uint8Array(1000),
      file.subarray(0, 3),
      file.subarray(0, scan),
    ]) {
      expect(await make(bytes)).toMatchObject({ outcome: "failed", reason: { code: "corrupt" } });
    }
  });
});
