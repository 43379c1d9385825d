import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numbersOf, textsOf } from "../../../src/metadata/tiff-values.ts";
import { joined, latin1, utf16 } from "../../support/images/index.ts";
import { factsOfFields, numberField, textField } from "./facts-of.ts";

const types = { byte: 1, ascii: 2, signedByte: 6, undefined: 7, utf8: 129 } as const;
const utf16Big = (text: string) => {
  const little = utf16(text);
  return Uint8Array.from(little, (_, at) => little[at ^ 1] ?? 0);
};

describe("a text of EXIF", () => {
  it.each(Object.entries(types))("may be of the type %s", async (_, type) => {
    const told = await factsOfFields({
      main: [textField(0x010e, type, "Zum Größten\0"), textField(0x010f, type, "Acme")],
      photo: [
        textField(0x9003, type, "2021:06:05 14:03:02\0"),
        textField(0x9011, type, "+02:00\0"),
        textField(0xa434, type, "Acme 50mm\0"),
      ],
    });
    expect(told).toMatchObject({
      caption: "Zum Größten",
      camera: { make: "Acme", lens: "Acme 50mm" },
      takenAt: { local: "2021-06-05T14:03:02.000", offset: "+02:00" },
    });
  });

  it.each([
    ["ASCII", latin1("ASCII\0\0\0The lake\0rest"), "The lake"],
    ["nothing", latin1("\0\0\0\0\0\0\0\0The lake"), "The lake"],
    ["UTF-16 in the order of the block", joined("UNICODE\0", utf16("北京")), "北京"],
    ["UTF-16 in the other order", joined("UNICODE\0", utf16Big("The lake, 北京")), "The lake, 北京"],
    ["UTF-16 with a mark", joined("UNICODE\0", "\xfe\xff", utf16Big("北京")), "北京"],
    ["JIS", joined("JIS\0\0\0\0\0", "\x1b$BEl5~\x1b(B"), "東京"],
    ["JIS that is Shift JIS", joined("JIS\0\0\0\0\0", "\x93\x8c\x8b\x9e"), "東京"],
  ])("is told by its character code, of %s", async (_, bytes, caption) => {
    expect((await factsOfFields({ main: [textField(0x010e, 7, bytes)] })).caption).toBe(caption);
  });

  it.each([
    ["SHORT", 3],
    ["LONG", 4],
    ["SLONG", 9],
  ])("is none in the type %s", async (_, type) => {
    expect((await factsOfFields({ main: [numberField(0x010e, type, 0x4141, 0x4141)] })).caption).toBeNull();
  });

  it("of Windows is UTF-16 in bytes of any type, and as it is in a type of texts", async () => {
    for (const type of [1, 7]) {
      const told = await factsOfFields({ main: [textField(0x9c9e, type, utf16("one;北京"))] });
      expect(told.keywords).toStrictEqual(["one", "北京"]);
    }
    expect((await factsOfFields({ main: [textField(0x9c9e, 2, "one;two\0")] })).keywords).toStrictEqual([
      "one",
      "two",
    ]);
  });

  it("counts in the other directory where its own has a blank one", async () => {
    const told = await factsOfFields({
      main: [textField(0x010f, 2, "   \0")],
      photo: [textField(0x010f, 2, "Acme\0")],
    });
    expect(told.camera?.make).toBe("Acme");
  });
});

describe("a number of EXIF", () => {
  it.each<[string, number, readonly number[]]>([
    ["BYTE", 1, [90]],
    ["SHORT", 3, [90]],
    ["LONG", 4, [90]],
    ["RATIONAL", 5, [180, 2]],
    ["SBYTE", 6, [90]],
    ["SSHORT", 8, [90]],
    ["SLONG", 9, [90]],
    ["SRATIONAL", 10, [-180, -2]],
    ["FLOAT", 11, [90]],
    ["DOUBLE", 12, [90]],
    ["LONG8", 16, [90]],
    ["SLONG8", 17, [90]],
  ])("may be of the type %s", async (_, type, values) => {
    for (const littleEndian of [true, false]) {
      const photo = [numberField(0x920a, type, ...values)];
      expect((await factsOfFields({ photo, littleEndian })).exposure?.focal_length).toBe(90);
    }
  });

  it("of 32 bits has no more digits than it can have", async () => {
    const photo = [numberField(0x829d, 11, 5.6), numberField(0x829a, 11, 0.01)];
    expect((await factsOfFields({ photo })).exposure).toMatchObject({ f_number: 5.6, time: 0.01 });
  });

  it.each([
    ["90", 90],
    ["90.5 ", 90.5],
    ["181/2", 90.5],
    ["90 mm", null],
    ["ff", null],
  ])("may be the text %j", async (text, expected) => {
    for (const type of [2, 7, 129]) {
      const told = await factsOfFields({
        main: [textField(0x010f, 2, "Acme\0")],
        photo: [textField(0x920a, type, text)],
      });
      expect(told.exposure?.focal_length ?? null).toBe(expected);
    }
  });

  it("counts in the directories of BigTIFF as in those of TIFF", async () => {
    const photo = [numberField(0x920a, 16, 90)];
    expect((await factsOfFields({ photo, big: true })).exposure?.focal_length).toBe(90);
  });
});

describe("a pointer to a directory", () => {
  it.each([
    ["SHORT", 3],
    ["LONG", 4],
    ["SSHORT", 8],
    ["SLONG", 9],
    ["IFD", 13],
    ["LONG8", 16],
  ])("may be of the type %s", async (_, pointerType) => {
    const photo = [numberField(0x920a, 3, 90)];
    expect((await factsOfFields({ photo, pointerType })).exposure?.focal_length).toBe(90);
  });

  it("to the position may stand in the directory of EXIF", async () => {
    const position = [
      textField(1, 2, "N\0"),
      numberField(2, 5, 48, 1, 30, 1, 0, 1),
      textField(3, 2, "E\0"),
      numberField(4, 5, 2, 1, 0, 1, 0, 1),
    ];
    const photo = [{ tag: 0x8825, value: { directory: position } }];
    expect((await factsOfFields({ photo })).location).toMatchObject({ latitude: 48.5, longitude: 2 });
  });

  it("that is negative leads nowhere", async () => {
    const main = [numberField(0x8769, 9, -8), textField(0x010f, 2, "Acme\0")];
    expect(await factsOfFields({ main })).toMatchObject({ camera: { make: "Acme" }, exposure: null });
  });
});

describe("values of any type", () => {
  const value = fc.record({
    type: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(129)),
    bytes: fc.uint8Array({ maxLength: 64 }),
    littleEndian: fc.boolean(),
  });

  it("never throw, and are no more than their bytes", () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(numbersOf(each).length).toBeLessThanOrEqual(each.bytes.length);
        expect(textsOf(each).join("").length).toBeLessThanOrEqual(each.bytes.length);
      }),
      { numRuns: 2000 },
    );
  });
});
