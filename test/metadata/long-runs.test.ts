import { describe, expect, it } from "vitest";

import { seedMetadata } from "../../src/media/metadata/seed.ts";
import { parseXmp } from "../../src/metadata/blocks/xmp/xmp.ts";
import { places, runOf, structures } from "../support/hostile/runs.ts";
import { lookAt } from "../support/hostile/look.ts";
import { pngBytes, pngChunk, zlibBytes } from "../support/images/index.ts";

// What is no longer linear in time runs into the test's time-out: one of these took 37 seconds for half as much.
const size = { width: 16, height: 8 };
const dublinCore = "http://purl.org/dc/elements/1.1/";
/** What is read of a block of metadata at the most, less the packet around the run. */
const units = 1024 * 1024 - 1024;

const parse = (packet: string) => parseXmp(new TextEncoder().encode(packet));

describe("a mebibyte of line ends in XMP", () => {
  it.each(Object.keys(places))("comes to an end in %s", async (place) => {
    const packet = places[place] ?? String;
    for (const end of ["\r", "\r\n", "\r\r\n"]) {
      const copies = packet("\u0001").split("\u0001").length - 1;
      const read = parse(packet(runOf(end, units / copies)));
      expect(read?.items(dublinCore, "nothing") ?? []).toEqual([]);
    }
  });

  it("is read as line feeds, one for each end (XML 1.0 §2.11), but for those that are written as references", async () => {
    const caption = places["a caption"] ?? String;
    const read = parse(caption("a\rb\r\nc\nd\r\r\ne&#13;f"));
    expect(read?.items(dublinCore, "description").map(({ text }) => text)).toEqual(["a\nb\nc\nd\n\ne\rf"]);
  });

  it("comes to an end where a PNG of less than two kilobytes holds it compressed", async () => {
    const packet = new TextEncoder().encode(places["a caption"]?.(runOf("\r", units)));
    const chunk = pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", await zlibBytes(packet));
    const file = await pngBytes({ ...size, chunksBefore: [chunk] });
    expect(file.length).toBeLessThan(2000);
    const { thumbnail, facts, faults } = await lookAt(file);
    expect({ thumbnail, caption: facts?.caption, faults }).toEqual({
      thumbnail: "made",
      caption: null,
      faults: [],
    });
  });
});

describe("XMP whose structure is long", () => {
  it.each(Object.keys(structures))("of %s comes to an end", async (name) => {
    const read = parse(structures[name]?.(units / 2) ?? "");
    expect(read?.items(dublinCore, "nothing") ?? []).toEqual([]);
  });
});

describe("a caption of half a million combining marks", () => {
  it.each([
    ["in order", "\u0316\u0301"],
    ["out of order", "\u0301\u0316"],
  ])("%s is cut to what a description may have", (_what, marks) => {
    const { description } = seedMetadata({
      caption: `e${runOf(marks, units / 2)}`,
      keywords: [`e${runOf(marks, units / 2)}`],
      iptcCore: null,
    });
    expect(description).toMatch(/^[^]{1023}…$/u);
  });
});

describe("very many compressed packets", () => {
  const chunk = async (content: string) =>
    pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", await zlibBytes(new TextEncoder().encode(content)));
  const blanks = (megabytes: number) => " ".repeat(megabytes * 1024 * 1024);

  it("are undone as far as sixteen MiB in all", async () => {
    const words = await chunk(places["a caption"]?.("Beach") ?? "");
    const bomb = await chunk(blanks(1));
    const caption = async (...chunksBefore: Uint8Array[]) =>
      (await lookAt(await pngBytes({ ...size, chunksBefore }))).facts?.caption;
    expect(await caption(...Array.from({ length: 15 }, () => bomb), words)).toBe("Beach");
    expect(await caption(...Array.from({ length: 16 }, () => bomb), words)).toBeNull();
    expect(await caption(await chunk(blanks(64)), words)).toBeNull();
  });
});
