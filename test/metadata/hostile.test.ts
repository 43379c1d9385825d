import { describe, expect, it, vi } from "vitest";

import { parseXmp } from "../../src/metadata/blocks/xmp/xmp.ts";
import { brokenTexts, iptcRecords, pngBombs, xmpPackets } from "../support/hostile/blocks.ts";
import { boastful, endless, exifBlocks } from "../support/hostile/containers.ts";
import { lookAt } from "../support/hostile/look.ts";
import { heicBytes, jpegBytes, photoshopResources, pngBytes, webpBytes } from "../support/images/index.ts";

const size = { width: 16, height: 8 };
const ends = [
  "made",
  "none",
  "corrupt",
  "too_many_pixels",
  "over_budget",
  "unsupported_coding",
  "no_decoder",
];

describe("a file that says more than it is", () => {
  it.each(Object.entries(boastful))("%s comes to a typed end", async (_name, file) => {
    const { thumbnail, faults } = await lookAt(await file());
    expect(faults).toEqual([]);
    expect(ends).toContain(thumbnail);
  });
});

describe("a file of very many pieces", () => {
  it.each(Object.entries(endless))("%s takes work in proportion to its size at most", async (_name, file) => {
    const [once, twice] = [await lookAt(await file(20_000)), await lookAt(await file(40_000))];
    expect([...once.faults, ...twice.faults]).toEqual([]);
    expect(twice.steps).toBeLessThanOrEqual(once.steps * 2 + 64);
    expect(twice.fetchedBytes).toBeLessThanOrEqual(once.fetchedBytes * 2 + 64 * 1024);
  });
});

describe("EXIF that leads nowhere good", () => {
  it.each(Object.entries(exifBlocks))(
    "%s: the photo around it is made a thumbnail of",
    async (_name, block) => {
      const exif = block();
      const files =
        exif.length < 65_000
          ? [jpegBytes({ ...size, exif }), webpBytes({ ...size, exif }), heicBytes({ ...size, exif })]
          : [webpBytes({ ...size, exif }), heicBytes({ ...size, exif })];
      for (const file of files) {
        const { header, facts, steps, faults } = await lookAt(file);
        expect({ header, faults }).toEqual({ header: "header", faults: [] });
        expect(facts).toMatchObject({ takenAt: null, location: null });
        expect(steps).toBeLessThan(1000);
      }
    },
  );

  it.each(Object.entries(exifBlocks))("%s: a whole file of it ends in a few steps", async (_name, file) => {
    const { steps, faults } = await lookAt(file());
    expect(faults).toEqual([]);
    expect(steps).toBeLessThan(1000);
  });
});

describe("XMP that asks for more than it is", () => {
  it.each(Object.entries(xmpPackets))(
    "%s: the photo around it is made a thumbnail of",
    async (_name, packet) => {
      const { thumbnail, facts, faults } = await lookAt(webpBytes({ ...size, xmp: packet(9000) }));
      expect(faults).toEqual([]);
      expect(thumbnail).toBe("made");
      expect(facts?.caption?.length ?? 0).toBeLessThanOrEqual(9000);
    },
  );

  it.each(["entities that grow", "an external entity", "a document type behind the first element"])(
    "%s tells nothing, as no entity is expanded",
    async (name) => {
      const packet = new TextEncoder().encode(xmpPackets[name]?.(9000));
      expect(parseXmp(packet)).toBeNull();
    },
  );

  it.each(Object.entries(brokenTexts))("%s is no packet, or one of nothing", async (_name, bytes) => {
    const packet = parseXmp(bytes);
    expect(packet?.items("http://purl.org/dc/elements/1.1/", "description") ?? []).toEqual([]);
  });

  it("keeps each prefix once, however many elements are below it", async () => {
    const packet = xmpPackets["many prefixes, declared again by each of many elements"] ?? (() => "");
    const kept: number[] = [];
    for (const count of [900, 1800]) {
      const bytes = new TextEncoder().encode(packet(count));
      const set = vi.spyOn(Map.prototype, "set");
      try {
        expect(parseXmp(bytes)?.items("http://purl.org/dc/elements/1.1/", "subject")).toHaveLength(count / 3);
        kept.push(set.mock.calls.length);
      } finally {
        set.mockRestore();
      }
    }
    expect(kept[0]).toBeGreaterThan(300);
    expect(kept[1]).toBeLessThanOrEqual((kept[0] ?? 0) * 2 + 20);
  });
});

describe("IPTC whose lengths make no sense", () => {
  it.each(Object.entries(iptcRecords))(
    "%s: the photo around it is made a thumbnail of",
    async (_name, record) => {
      const { thumbnail, faults } = await lookAt(
        jpegBytes({ ...size, photoshop: photoshopResources(record()) }),
      );
      expect({ thumbnail, faults }).toEqual({ thumbnail: "made", faults: [] });
    },
  );
});

describe("a bomb in a PNG", () => {
  it.each(Object.entries(pngBombs))("%s is undone only so far", async (_name, chunk) => {
    const file = await pngBytes({ ...size, chunksBefore: [await chunk(32)] });
    const { thumbnail, facts, faults } = await lookAt(file);
    expect(faults).toEqual([]);
    expect(["made", "corrupt"]).toContain(thumbnail);
    expect(facts).toMatchObject({ caption: null, keywords: null });
  });
});
