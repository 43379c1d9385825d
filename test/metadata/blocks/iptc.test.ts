import { describe, expect, it } from "vitest";
import { decodeIptc, findIptc, type IptcTextName, isIptc } from "../../../src/metadata/blocks/iptc.ts";
import { bigEndian, iptcDataset, joined, latin1, photoshopResources } from "../../support/images/index.ts";

describe("findIptc", () => {
  it("finds the record among other resources", () => {
    const record = iptcDataset(2, 25, "word");
    expect(findIptc(photoshopResources(record))).toStrictEqual(record);
  });

  const resource = (signature: string, id: number, name: string, data: Uint8Array) =>
    joined(signature, bigEndian(2, id), name, bigEndian(4, data.length), data);

  it.each(["8BIM", "PHUT", "AgHg", "MeSa", "DCSR"])("finds it behind the signature %s", (signature) => {
    const record = iptcDataset(2, 25, "word");
    expect(findIptc(resource(signature, 0x0404, "\0\0", record))).toStrictEqual(record);
  });

  it("passes over an IPTC resource that is empty", () => {
    const record = iptcDataset(2, 25, "word");
    const empty = resource("8BIM", 0x0404, "\0\0", new Uint8Array(0));
    expect(findIptc(joined(empty, resource("8BIM", 0x0404, "\0\0", record)))).toStrictEqual(record);
  });

  it("finds the next resource where data before it is not padded or says that it is too long", () => {
    const record = iptcDataset(2, 25, "word");
    const wanted = resource("8BIM", 0x0404, "\0\0", record);
    const odd = resource("8BIM", 0x03ed, "\0\0", latin1("odd"));
    const long = joined("8BIM", bigEndian(2, 0x03ed), "\0\0", bigEndian(4, 0xffff));
    expect(findIptc(joined(odd, wanted))).toStrictEqual(record);
    expect(findIptc(joined(long, wanted))).toStrictEqual(record);
  });

  it("finds the data behind a name that is not padded", () => {
    const record = iptcDataset(2, 25, "word");
    expect(findIptc(resource("8BIM", 0x0404, "\x02ab", record))).toStrictEqual(record);
  });

  it.each([
    ["no resources", latin1("not 8BIM")],
    ["nothing", new Uint8Array(0)],
    ["another resource only", joined("8BIM", bigEndian(2, 0x03ed), "\0\0", bigEndian(4, 0))],
    [
      "a resource that reaches beyond the end",
      joined("8BIM", bigEndian(2, 0x03ed), "\0\0", bigEndian(4, 0xffffffff)),
    ],
    [
      "endless empty resources",
      joined(...Array.from({ length: 2000 }, () => joined("8BIM", bigEndian(2, 1), "\0\0", bigEndian(4, 0)))),
    ],
  ])("answers null for %s", (_, resources) => {
    expect(findIptc(resources)).toBeNull();
  });
});

describe("decodeIptc", () => {
  it("tells caption and keywords", () => {
    const record = joined(
      iptcDataset(2, 0, "\0\x04"),
      iptcDataset(2, 25, "one"),
      iptcDataset(2, 80, "A photographer"),
      iptcDataset(2, 25, "two"),
      iptcDataset(2, 120, "A caption"),
    );
    expect(decodeIptc(record)).toMatchObject({ caption: "A caption", keywords: ["one", "two"] });
  });

  it("tells each text by its name, the first of several, and all creators", () => {
    const numbers: [IptcTextName, number][] = [
      ["title", 5],
      ["dateCreated", 55],
      ["timeCreated", 60],
      ["creator", 80],
      ["city", 90],
      ["state", 95],
      ["country", 101],
      ["credit", 110],
      ["copyright", 116],
    ];
    const record = joined(
      ...numbers.flatMap(([name, number]) => [
        iptcDataset(2, number, name),
        iptcDataset(2, number, `${name} 2`),
      ]),
    );
    for (const [name] of numbers) {
      expect(decodeIptc(record).text(name)).toBe(name === "creator" ? "creator; creator 2" : name);
      expect(decodeIptc(new Uint8Array(0)).text(name)).toBeNull();
    }
  });

  it("reads extended datasets, and passes over what is between datasets", () => {
    const wide = (width: number, value: string) =>
      joined(bigEndian(1, 0x1c, 2, 25), bigEndian(2, 0x8000 + width), bigEndian(width, value.length), value);
    const record = joined("\0\0", wide(2, "two"), "\0", wide(4, "four"), "junk", iptcDataset(2, 25, "plain"));
    expect(decodeIptc(record).keywords).toStrictEqual(["two", "four", "plain"]);
  });

  it("reads a record whose bytes were turned round four by four", () => {
    const record = joined(iptcDataset(2, 25, "word"), iptcDataset(2, 120, "A caption"));
    const padded = joined(record, new Uint8Array(3)).subarray(0, Math.ceil(record.length / 4) * 4);
    const turned = Uint8Array.from(padded, (_, at) => padded[at ^ 3] ?? 0);
    expect(isIptc(turned)).toBe(true);
    expect(decodeIptc(turned)).toMatchObject({ caption: "A caption", keywords: ["word"] });
  });

  it.each([
    ["no datasets", latin1("something else altogether")],
    ["nothing", new Uint8Array(0)],
    ["a dataset longer than the record", joined(bigEndian(1, 0x1c, 2, 25), bigEndian(2, 0x7fff), "word")],
  ])("tells nothing of %s", (_, record) => {
    expect(decodeIptc(record)).toMatchObject({ caption: null, keywords: [] });
  });
});
