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

  it("tells the texts of single datasets by name, and those of several creators together", async () => {
    const record = joined(
      iptcDataset(2, 5, "A title"),
      iptcDataset(2, 55, "20240714"),
      iptcDataset(2, 60, "160311+0200"),
      iptcDataset(2, 80, "Ann"),
      iptcDataset(2, 80, "Bob"),
      iptcDataset(2, 90, "A city"),
      iptcDataset(2, 95, "A state"),
      iptcDataset(2, 101, "A country"),
      iptcDataset(2, 110, "A credit"),
      iptcDataset(2, 116, "A notice"),
    );
    const tags = await decodeIptc(record);
    const names = ["title", "creator", "credit", "copyright", "city", "state", "country"] as const;
    expect(names.map((name) => tags.text(name))).toStrictEqual([
      "A title",
      "Ann; Bob",
      "A credit",
      "A notice",
      "A city",
      "A state",
      "A country",
    ]);
    expect([tags.text("dateCreated"), tags.text("timeCreated")]).toStrictEqual(["20240714", "160311+0200"]);
    expect((await decodeIptc(iptcDataset(2, 25, "word"))).text("title")).toBeNull();
  });

  it.each([
    ["no datasets", latin1("something else altogether")],
    ["nothing", new Uint8Array(0)],
    ["a dataset longer than the record", joined(bigEndian(1, 0x1c, 2, 25), bigEndian(2, 0x7fff), "word")],
  ])("tells nothing of %s", async (_, record) => {
    expect(await decodeIptc(record)).toMatchObject({ caption: null, keywords: [] });
  });
});
