import { describe, expect, test } from "vitest";
import { findSequenceHeader } from "../../../src/thumbnail/heif/av1-bits.ts";
import { readAv1Colours } from "../../../src/thumbnail/heif/av1-sequence.ts";
import { readContainer } from "../../../src/thumbnail/heif/container.ts";
import { type Av1Frame, Dav1dInstance, loadDav1d } from "../../../src/thumbnail/heif/dav1d.ts";
import { HeifInstance } from "../../../src/thumbnail/heif/libheif.ts";
import { bigEndian, clap, irot, isoBox, isoFullBox, joined } from "../../support/images/index.ts";
import { av1Tile, hevcTile, writeHeif } from "../support/heif-writer.ts";
import { make } from "../support/make.ts";

/** Writes digits one behind the other, filled up with zeros to a whole byte; spaces only set fields apart. */
function pack(fields: string): Uint8Array {
  const digits = fields.replaceAll(" ", "");
  return Uint8Array.from({ length: Math.ceil(digits.length / 8) }, (_, i) =>
    Number.parseInt(digits.slice(8 * i, 8 * i + 8).padEnd(8, "0"), 2),
  );
}

/** A number of so many binary digits. */
const field = (value: number, bits: number) => value.toString(2).padStart(bits, "0");
const ones = (bits: number) => "1".repeat(bits);

/** What a header says; strings are fields in binary digits. */
interface Sequence {
  profile?: number;
  /** The fields of a header that is not reduced up to the size of the frame. */
  points?: string;
  frameIds?: boolean;
  /** From the inter tools on to the bits of the order hint. */
  tools?: string;
  sizeBits?: readonly [width: number, height: number];
  /** Whether the depth is high, whether it is 12 bits (profile 2), whether there is no chroma (not profile 1). */
  depth?: string;
  described?: readonly [primaries: number, transfer: number, matrix: number];
  /** What follows the description: range, subsampling, position. */
  rest?: string;
}

/** Operating points: their count less 1; then which layers, a level and, from 8 on, a tier. */
const onePoint = "00000 111111111111 00100";
/** No timing, no display delay. */
const plainPoints = `0 0 ${onePoint}`;
/** No order hint; screen content tools are chosen by frame, as is the precision of vectors. */
const plainTools = "1111 0 1 1";

/** The body of a sequence header (AV1 specification, 5.5.1): reduced unless operating points are given. */
function header(sequence: Sequence): Uint8Array {
  const { profile = 0, points, frameIds = false, tools = plainTools, sizeBits = [6, 6] } = sequence;
  const { depth = profile === 1 ? "0" : "0 0", described, rest = "1" } = sequence;
  const [width, height] = sizeBits;
  const size = field(width - 1, 4) + field(height - 1, 4) + ones(width + height);
  const codes = described ? ["1", ...described.map((code) => field(code, 8))].join("") : "0";
  const ids = frameIds ? ones(8) : "0";
  const start = field(profile, 3) + (points ? `1 0 ${points}` : "1 1 11111");
  return pack(`${start}${size}${points ? ids : ""}111${points ? tools : ""}111${depth}${codes}${rest}`);
}

/** An open bitstream unit that tells its size. */
const unit = (type: number, body: Uint8Array) => joined(bigEndian(1, type * 8 + 2, body.length), body);
const read = (sequence: Sequence) => readAv1Colours(unit(1, header(sequence)));

const halves = { x: true, y: true };
const widthHalved = { x: true, y: false };
const notHalved = { x: false, y: false };
/** Code points that are found only if everything before them is of the right length. */
const marked = { described: [9, 16, 10], rest: "1" } as const;
const markedCodes = { primaries: 9, transfer: 16, matrix: 10, fullRange: true };
const marks = { ...markedCodes, bitDepth: 8, monochrome: false, subsampled: halves };

const timing = `1 ${ones(64)}`;
/** Delays of 10 bits. */
const model = `1 01001 ${ones(42)}`;
const parameters = `1 ${ones(21)}`;

describe("the sequence header of AV1", () => {
  test("a reduced header tells its colours", () => {
    expect(read(marked)).toEqual(marks);
  });

  test.each<[string, Sequence]>([
    ["nothing optional", {}],
    ["frame sizes of 1 and 16 bits", { sizeBits: [1, 16] }],
    ["frame id numbers", { frameIds: true }],
    ["timing without a model", { points: `${timing} 0 0 0 ${onePoint}` }],
    ["equal intervals of 1 tick", { points: `${timing} 1 1 0 0 ${onePoint}` }],
    ["equal intervals of 12 ticks", { points: `${timing} 1 0001101 0 0 ${onePoint}` }],
    [
      "equal intervals of more ticks than there are",
      { points: `${timing} 1 ${"0".repeat(32)} 0 0 ${onePoint}` },
    ],
    ["a decoder model that is not used", { points: `${timing} 0 ${model} 0 ${onePoint} 0` }],
    ["a decoder model with parameters", { points: `${timing} 0 ${model} 0 ${onePoint} ${parameters}` }],
    ["a display delay that is told", { points: `0 1 ${onePoint} 1 1111` }],
    ["a display delay that is not told", { points: `0 1 ${onePoint} 0` }],
    [
      "several points, one of a level that has a tier",
      { points: `0 0 00010 ${ones(12)} 00111 ${ones(12)} 01000 1 ${ones(12)} 00000` },
    ],
    [
      "everything at once",
      {
        points: `${timing} 0 ${model} 1 00000 ${ones(12)} 11111 1 ${parameters} 1 1001`,
        frameIds: true,
        tools: "1111 1 11 0 1 0 1 111",
      },
    ],
    ["an order hint", { tools: "0000 1 11 1 1 111" }],
    ["no screen content tools", { tools: "1111 0 0 0" }],
    ["screen content tools, and vectors that are told", { tools: "1111 0 0 1 0 1" }],
    ["chosen screen content tools, and vectors that are told", { tools: "1111 0 1 0 1" }],
  ])("a full header with %s is read up to its colours", (_, sequence) => {
    expect(read({ points: plainPoints, ...sequence, ...marked })).toEqual(marks);
  });

  test.each<[string, Sequence, object]>([
    ["8 bits", {}, { bitDepth: 8, subsampled: halves }],
    ["10 bits", { depth: "1 0" }, { bitDepth: 10, subsampled: halves }],
    ["4:4:4", { profile: 1 }, { bitDepth: 8, monochrome: false, subsampled: notHalved }],
    ["4:4:4 of 10 bits", { profile: 1, depth: "1" }, { bitDepth: 10, subsampled: notHalved }],
    ["4:2:2", { profile: 2 }, { bitDepth: 8, subsampled: widthHalved }],
    ["4:2:2 of 10 bits", { profile: 2, depth: "1 0 0" }, { bitDepth: 10, subsampled: widthHalved }],
    ["4:4:4 of 12 bits", { profile: 2, depth: "110", rest: "101" }, { bitDepth: 12, subsampled: notHalved }],
    [
      "4:2:2 of 12 bits",
      { profile: 2, depth: "110", rest: "110" },
      { bitDepth: 12, subsampled: widthHalved },
    ],
    ["4:2:0 of 12 bits", { profile: 2, depth: "110", rest: "11110" }, { bitDepth: 12, subsampled: halves }],
    ["monochrome", { depth: "0 1" }, { monochrome: true, fullRange: true, subsampled: halves }],
    [
      "monochrome of 12 bits",
      { profile: 2, depth: "111" },
      { bitDepth: 12, monochrome: true, subsampled: halves },
    ],
    ["limited range", { rest: "0" }, { fullRange: false }],
    ["a position of chroma", { rest: "0 11" }, { fullRange: false, subsampled: halves }],
    ["no description", {}, { primaries: 2, transfer: 2, matrix: 2 }],
    ["a description", { described: [1, 13, 6] }, { primaries: 1, transfer: 13, matrix: 6 }],
    [
      "sRGB",
      { profile: 1, described: [1, 13, 0], rest: "0" },
      { matrix: 0, fullRange: true, subsampled: notHalved },
    ],
    [
      "grey sRGB",
      { depth: "0 1", described: [1, 13, 0], rest: "0" },
      { fullRange: false, subsampled: halves },
    ],
    ["another curve", { described: [1, 1, 0], rest: "0" }, { fullRange: false, subsampled: halves }],
    ["a gamut of its own", { described: [12, 13, 0], rest: "0" }, { fullRange: false }],
  ])("%s is told as it is", (_, sequence, expected) => {
    expect(read(sequence)).toMatchObject(expected);
    expect(read({ ...sequence, points: plainPoints })).toMatchObject(expected);
  });

  test("bits beyond the end are zeros", () => {
    const zeros = { bitDepth: 8, monochrome: false, primaries: 2, fullRange: false, subsampled: halves };
    expect(readAv1Colours(unit(1, header(marked).subarray(0, 2)))).toMatchObject(zeros);
    expect(readAv1Colours(unit(1, new Uint8Array()))).toMatchObject(zeros);
    expect(readAv1Colours(unit(1, pack(`00000 ${timing} 1`)))).toMatchObject(zeros);
  });

  test("the header is found behind other units", () => {
    const body = header(marked);
    const delimiter = Uint8Array.of(0x12, 0);
    const padding = unit(15, new Uint8Array(100).fill(255));
    expect(readAv1Colours(joined(delimiter, padding, unit(1, body), unit(1, header({}))))).toEqual(marks);
  });

  test("a unit may have no size, an extension, or a size of several bytes", () => {
    const body = header(marked);
    expect(findSequenceHeader(joined(Uint8Array.of(0x08), body))).toEqual(body);
    expect(findSequenceHeader(joined(Uint8Array.of(0x0e, 0xff, body.length), body))).toEqual(body);
    expect(findSequenceHeader(joined(Uint8Array.of(0x0c, 0xff), body))).toEqual(body);
    expect(findSequenceHeader(joined(Uint8Array.of(0x0a, 128 + body.length, 0x80, 0), body))).toEqual(body);
    const long = joined(Uint8Array.of(0x7a, 0xac, 0x02), new Uint8Array(300));
    expect(findSequenceHeader(joined(long, unit(1, body)))).toEqual(body);
  });

  test("data without a sequence header is corrupt", () => {
    for (const data of [[], [0x12, 0], [0x10, 1, 2, 3], [0x7a, 50, 0x0a], [0x7a]]) {
      expect(() => readAv1Colours(Uint8Array.from(data))).toThrow("has no sequence header");
    }
    expect(() => readAv1Colours(new Uint8Array(12).fill(255))).toThrow("a size without an end");
  });
});

/** A module with libheif's functions that does as it is told. */
function fakeHeif(changes: object = {}, bytes = 4096) {
  const HEAPU8 = new Uint8Array(bytes);
  const view = new DataView(HEAPU8.buffer);
  const succeed = (error: number) => view.setUint32(error, 0, true);
  let next = 16;
  return {
    HEAPU8,
    _malloc: (size: number) => {
      next += size;
      return next - size;
    },
    _free: () => {},
    _heif_context_alloc: () => 1,
    _heif_context_read_from_memory_without_copy: succeed,
    _heif_context_get_primary_image_handle: succeed,
    _heif_image_handle_get_image_tiling: (error: number, _handle: number, _: number, at: number) => {
      succeed(error);
      for (const offset of [4, 8, 12, 16]) view.setUint32(at + offset, offset, true);
    },
    _heif_image_handle_decode_image_tile: succeed,
    _heif_decoding_options_alloc: () => 2048,
    _heif_image_get_plane_readonly: () => 3000,
    _heif_image_get_width: () => 12,
    _heif_image_get_height: () => 16,
    _heif_image_get_nclx_color_profile: (error: number, _image: number, at: number) => {
      succeed(error);
      view.setUint32(at, 3500, true);
      view.setUint32(3504, 12, true);
      view.setUint32(3508, 13, true);
      view.setUint32(3512, 9, true);
      HEAPU8[3516] = 1;
    },
    _heif_image_release: () => {},
    ...changes,
  };
}

describe("libheif", () => {
  const file = Uint8Array.of(1, 2, 3, 4);
  const open = (changes: object, bytes?: number) => new HeifInstance(fakeHeif(changes, bytes), file, []);
  /** A call that answers with an error. */
  const failing = (code: number) => {
    const module = fakeHeif();
    const read = (error: number) => new DataView(module.HEAPU8.buffer).setUint32(error, code, true);
    return new HeifInstance({ ...module, _heif_context_read_from_memory_without_copy: read }, file, []);
  };

  test("a tile is told with its planes and its coding", () => {
    const instance = open({});
    expect(instance.tiling).toEqual({ columns: 4, rows: 8, tileWidth: 12, tileHeight: 16 });
    const tile = instance.decodeTile(0, 0);
    expect(tile.coding).toEqual({ primaries: 12, transfer: 13, matrix: 9, fullRange: true });
    expect(tile.planes).toMatchObject([{ at: 3000, width: 12, height: 16 }, {}, {}]);
  });

  test("a tile without code points has no coding", () => {
    const module = fakeHeif();
    const fail = (error: number) => new DataView(module.HEAPU8.buffer).setUint32(error, 5, true);
    const instance = new HeifInstance({ ...module, _heif_image_get_nclx_color_profile: fail }, file, []);
    expect(instance.decodeTile(0, 0).coding).toBeUndefined();
  });

  test("changes are written over the copy, and only within it", () => {
    const module = fakeHeif();
    const changes = [1, 3].map((offset) => ({ offset, bytes: Uint8Array.of(8, 9) }));
    expect(new HeifInstance(module, file, changes).bytes).toBe(4096);
    expect([...module.HEAPU8.subarray(528, 534)]).toEqual([1, 8, 9, 4, 0, 0]);
    expect([...file]).toEqual([1, 2, 3, 4]);
  });

  test("each error of libheif has its reason", () => {
    for (const code of [3, 4, 11]) expect(() => failing(code)).toThrow("This kind of HEIF is not decoded");
    for (const code of [1, 2, 99]) expect(() => failing(code)).toThrow("damaged or cut short");
    expect(() => failing(6)).toThrow("more memory than a Worker has");
  });

  test("a trap is damage, or a lack of memory where nearly all is taken", () => {
    const trap = () => expect.fail("unreachable");
    const changes = { _heif_context_get_primary_image_handle: trap };
    expect(() => open(changes)).toThrow("damaged or cut short");
    expect(() => open(changes, 64 * 1024 * 1024 + 1)).toThrow("more memory than a Worker has");
  });

  test("a file that no memory is left for is over the budget", () => {
    expect(() => open({ _malloc: () => 0 })).toThrow("more memory than a Worker has");
  });

  test("a picture without tiles or samples is corrupt", () => {
    expect(() => open({ _heif_image_handle_get_image_tiling: () => {} })).toThrow("has no tiles");
    const instance = open({ _heif_image_get_plane_readonly: () => 0 });
    expect(() => instance.decodeTile(0, 0)).toThrow("has no samples");
  });

  test("another module is refused", () => {
    for (const module of [undefined, null, {}]) {
      expect(() => new HeifInstance(module, file, [])).toThrow("not the module");
    }
  });
});

describe("dav1d", () => {
  test("a frame is delivered in its size", async () => {
    const frames: Av1Frame[] = [];
    new Dav1dInstance(await loadDav1d()).decode(av1Tile.data, (frame) => frames.push(frame));
    expect(frames).toMatchObject([{ width: 64, height: 64 }]);
  });

  test("data without a frame is corrupt", async () => {
    const module = await loadDav1d();
    for (const data of [new Uint8Array(), new Uint8Array(50).fill(255), av1Tile.data.subarray(0, 14)]) {
      expect(() => new Dav1dInstance(module).decode(data, () => {})).toThrow("damaged or cut short");
    }
  });

  test("what fails while the frame is taken is thrown", async () => {
    const instance = new Dav1dInstance(await loadDav1d());
    const take = () => expect.fail("no room");
    expect(() => instance.decode(av1Tile.data, take)).toThrow("no room");
  });
});

/** A file of boxes alone, with item 1 as its picture. */
function boxes(properties: readonly Uint8Array[], ...more: readonly Uint8Array[]): Uint8Array {
  const indices = properties.map((_, i) => i + 1);
  return isoFullBox(
    "meta",
    0,
    0,
    isoFullBox("pitm", 0, 0, bigEndian(2, 1)),
    isoBox(
      "iprp",
      isoBox("ipco", ...properties),
      isoFullBox("ipma", 0, 0, bigEndian(4, 1), bigEndian(2, 1), bigEndian(1, indices.length, ...indices)),
    ),
    ...more,
  );
}

const sizeBox = isoFullBox("ispe", 0, 0, bigEndian(4, 64, 48));

describe("the container", () => {
  test("a file without a picture, or without its size, is refused", () => {
    expect(() => readContainer(new Uint8Array())).toThrow("names no picture");
    expect(() => readContainer(isoBox("moov"))).toThrow("A sequence without a still picture");
    expect(() => readContainer(boxes([]))).toThrow("does not tell the size");
    const flat = isoFullBox("ispe", 0, 0, bigEndian(4, 64, 0));
    expect(() => readContainer(boxes([flat]))).toThrow("does not tell the size");
  });

  test("a picture of which little is told has neither type, data nor colours", () => {
    expect(readContainer(boxes([sizeBox]))).toMatchObject({
      itemType: "",
      width: 64,
      height: 48,
      crop: { x: 0, y: 0, width: 64, height: 48 },
      hasAlpha: false,
      nclx: undefined,
      profile: undefined,
      untransformed: [],
    });
  });

  test("the type of an item is found in long and short lists", () => {
    const short = isoFullBox("infe", 2, 0, bigEndian(2, 1, 0), "hvc1", "\0");
    const long = isoFullBox("infe", 3, 0, bigEndian(4, 1), bigEndian(2, 0), "av01", "\0");
    const other = isoFullBox("infe", 2, 0, bigEndian(2, 7, 0), "Exif", "\0");
    const typeIn = (list: Uint8Array) => readContainer(boxes([sizeBox], list)).itemType;
    expect(typeIn(isoFullBox("iinf", 0, 0, bigEndian(2, 2), other, short))).toBe("hvc1");
    expect(typeIn(isoFullBox("iinf", 1, 0, bigEndian(4, 2), other, long))).toBe("av01");
    expect(typeIn(isoFullBox("iinf", 0, 0, bigEndian(2, 1), other))).toBe("");
  });

  test("an aperture counts where it fits", () => {
    const cropOf = (box: Uint8Array) => readContainer(boxes([sizeBox, box])).crop;
    expect(cropOf(clap(32, 16))).toEqual({ x: 16, y: 16, width: 32, height: 16 });
    const whole = { x: 0, y: 0, width: 64, height: 48 };
    for (const box of [clap(0, 16), clap(16, 0), clap(80, 16), clap(16, 80)])
      expect(cropOf(box)).toEqual(whole);
    for (const [x, y] of [
      [40, 0],
      [0, 40],
    ] as const) {
      expect(cropOf(isoBox("clap", bigEndian(4, 32, 1, 16, 1, x, 1, y, 1)))).toEqual(whole);
    }
    expect(readContainer(boxes([sizeBox, clap(32, 16), irot(1)])).untransformed).toHaveLength(2);
  });

  test("either kind of profile stands beside code points", () => {
    const codes = isoBox("colr", "nclx", bigEndian(2, 12, 13, 6), bigEndian(1, 0));
    for (const kind of ["prof", "rICC"]) {
      const profile = isoBox("colr", kind, Uint8Array.of(1, 2, 3));
      expect(readContainer(boxes([sizeBox, profile, codes]))).toMatchObject({
        profile: Uint8Array.of(1, 2, 3),
        nclx: { primaries: 12, transfer: 13, matrix: 6, fullRange: false },
      });
    }
  });

  test("references may have wide numbers, and an auxiliary without a kind is no transparency", () => {
    const wide = isoFullBox("iref", 1, 0, isoBox("auxl", bigEndian(4, 2), bigEndian(2, 1), bigEndian(4, 1)));
    expect(readContainer(boxes([sizeBox], wide)).hasAlpha).toBe(false);
    expect(readContainer(writeHeif({ tile: av1Tile, alpha: true })).hasAlpha).toBe(true);
  });

  test("a grid that is larger than its tiles is corrupt", async () => {
    const grid = { columns: 1, rows: 1, width: 192, height: 64 };
    const wish = { contentType: "image/heic", width: 64, height: 64 };
    expect(await make(writeHeif({ tile: hevcTile, grid }), wish)).toMatchObject({
      outcome: "failed",
      reason: { code: "corrupt" },
    });
  });
});
