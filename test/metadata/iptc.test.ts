import { describe, expect, it } from "vitest";
import { decodeIptc, findIptc } from "../../src/metadata/iptc.ts";
import { bigEndian, iptcDataset, joined, latin1, photoshopResources } from "../support/images/index.ts";

describe("findIptc", () => {
  it("finds the record among other resources", () => {
    const record = iptcDataset(2, 25, "word");
    expect(findIptc(photoshopResources(record))).toStrictEqual(record);
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
  it("tells caption and keywords", async () => {
    const record = joined(
      iptcDataset(2, 0, "\0\x04"),
      iptcDataset(2, 25, "one"),
      iptcDataset(2, 80, "A photographer"),
      iptcDataset(2, 25, "two"),
      iptcDataset(2, 120, "A caption"),
    );
    expect(await decodeIptc(record)).toMatchObject({ caption: "A caption", keywords: ["one", "two"] });
  });

  it.each([
    ["no datasets", latin1("something else altogether")],
    ["nothing", new Uint8Array(0)],
    ["a dataset longer than the record", joined(bigEndian(1, 0x1c, 2, 25), bigEndian(2, 0x7fff), "word")],
  ])("tells nothing of %s", async (_, record) => {
    expect(await decodeIptc(record)).toMatchObject({ caption: null, keywords: [] });
  });
});
