import { describe, expect, it } from "vitest";
import {
  avifBytes,
  bigEndian,
  exifBytes,
  heicBytes,
  type HeifContent,
  type HeifItem,
  isoFullBox,
  joined,
  xmpItemInfo,
  xmpPacket,
  zlibBytes,
} from "../../support/images/index.ts";
import { factsOf } from "../facts/facts-of.ts";

const size = { width: 8, height: 8 };
const encoded = (text: string) => new TextEncoder().encode(text);
const packet = (caption: string) => encoded(xmpPacket(`<dc:description>${caption}</dc:description>`));
const xmpItem = (caption: string, describes?: readonly number[]): HeifItem => ({
  info: xmpItemInfo,
  bytes: packet(caption),
  ...(describes === undefined ? {} : { describes }),
});
const exifItem = (make: string, describes?: readonly number[]): HeifItem => ({
  info: "Exif\0",
  bytes: joined(bigEndian(4, 0), exifBytes({ make })),
  ...(describes === undefined ? {} : { describes }),
});
const factsOfHeic = (content: Partial<HeifContent>) => factsOf(heicBytes({ ...size, ...content }));

describe("items of metadata in HEIC and AVIF", () => {
  it.each([0, 1])(
    "tell of the primary picture by their references, of version %i",
    async (referenceVersion) => {
      const items = [
        xmpItem("Gain map", [7]),
        exifItem("Other", [7]),
        { info: "uri \0urn:x\0", bytes: encoded("x"), describes: [1] },
        { info: "mime\0text/plain\0", bytes: encoded("x"), describes: [1] },
        xmpItem("Picture", [5, 1]),
        exifItem("Maker", [1]),
      ];
      for (const file of [heicBytes, avifBytes]) {
        expect(await factsOf(file({ ...size, items, referenceVersion }))).toMatchObject({
          caption: "Picture",
          camera: { make: "Maker" },
        });
      }
    },
  );

  it("are chosen before they are counted: hundreds of others do not hide them", async () => {
    const others = Array.from({ length: 300 }, () => [xmpItem("Other", [7]), exifItem("Other", [7])]).flat();
    const items = [...others, xmpItem("Picture", [1]), exifItem("Maker", [1])];
    expect(await factsOfHeic({ items })).toMatchObject({ caption: "Picture", camera: { make: "Maker" } });
  });

  it("that describe only other pictures tell nothing", async () => {
    const items = [xmpItem("Gain map", [7]), exifItem("Other", [7, 8])];
    expect(await factsOfHeic({ items })).toMatchObject({ caption: null, camera: null });
  });

  it("that describe nothing tell of the picture where no item does so by a reference", async () => {
    const unnamed = [xmpItem("Unnamed"), exifItem("Unnamed")];
    expect(await factsOfHeic({ items: unnamed })).toMatchObject({
      caption: "Unnamed",
      camera: { make: "Unnamed" },
    });
    const named = [...unnamed, xmpItem("Picture", [1]), exifItem("Maker", [1])];
    expect(await factsOfHeic({ items: named })).toMatchObject({
      caption: "Picture",
      camera: { make: "Maker" },
    });
  });

  it("that describe a tile of the picture tell of it where none describes the whole", async () => {
    const references = [{ type: "dimg", from: 1, to: [20, 21] }];
    const ofTile = [exifItem("Unnamed"), exifItem("Second", [21]), exifItem("First", [20])];
    expect(await factsOfHeic({ references, items: ofTile })).toMatchObject({ camera: { make: "First" } });
    const ofBoth = [...ofTile, exifItem("Maker", [1])];
    expect(await factsOfHeic({ references, items: ofBoth })).toMatchObject({ camera: { make: "Maker" } });
    const ofTileOfAnother = {
      references: [{ type: "dimg", from: 2, to: [20] }],
      items: [exifItem("No", [20])],
    };
    expect(await factsOfHeic(ofTileOfAnother)).toMatchObject({ camera: null });
  });

  it("that describe the gain map of a tone-mapped picture tell nothing, those of its base do", async () => {
    const file = heicBytes({
      ...size,
      references: [{ type: "dimg", from: 1, to: [20, 21] }],
      items: [xmpItem("Gain map", [21]), xmpItem("Base", [20]), { info: "tmap\0", bytes: new Uint8Array(1) }],
    });
    const entry = isoFullBox("infe", 2, 0, bigEndian(2, 102, 0), "tmap\0");
    const own = isoFullBox("infe", 2, 0, bigEndian(2, 1, 0), "tmap\0");
    expect(own).toHaveLength(entry.length);
    const at = indexOf(file, entry);
    const toneMapped = joined(file.subarray(0, at), own, file.subarray(at + own.length));
    expect(await factsOf(toneMapped)).toMatchObject({ caption: "Base" });
  });

  it("are read out of several pieces of the file, and compressed", async () => {
    const items = [
      { ...xmpItem("Picture", [1]), extents: 5 },
      { ...exifItem("Maker", [1]), extents: 3 },
    ];
    expect(await factsOfHeic({ items })).toMatchObject({ caption: "Picture", camera: { make: "Maker" } });
    const info = `${xmpItemInfo}deflate\0`;
    const deflated = { info, bytes: await zlibBytes(packet("Deflated")), describes: [1] };
    expect(await factsOfHeic({ items: [deflated] })).toMatchObject({ caption: "Deflated" });
  });

  it("of EXIF are found with any offset before the structure, and without one", async () => {
    const exif = exifBytes({ make: "Maker" });
    const far = joined(bigEndian(4, 200), new Uint8Array(200), exif);
    const wholes = [
      exif,
      joined("Exif\0\0", exif),
      joined(bigEndian(4, 0), exif),
      joined(bigEndian(4, 6), "Exif\0\0", exif),
      joined(bigEndian(4, 0), "Exif\0\0", exif),
      joined(bigEndian(4, 6), exif),
      joined(bigEndian(4, 10), "Exif\0\0", exif),
      joined(bigEndian(4, 0xffff_ffff), "Exif\0\0", exif),
      joined(bigEndian(4, 0xffff_ffff), exif),
      joined(bigEndian(4, 3), "abc", exif),
      joined(bigEndian(4, 20), "abc", exif),
      far,
    ];
    for (const wholeItem of wholes) {
      expect(await factsOfHeic({ exifItem: wholeItem })).toMatchObject({ camera: { make: "Maker" } });
    }
  });
});

function indexOf(file: Uint8Array, piece: Uint8Array): number {
  const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
  return text(file).indexOf(text(piece));
}
