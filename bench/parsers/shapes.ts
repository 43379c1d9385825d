import { checkObjectKey } from "../../src/media/upload/object-key.ts";
import { checkMetadata } from "../../src/media/metadata/rules.ts";
import { seedMetadata } from "../../src/media/metadata/seed.ts";
import { readFactsWith } from "../../src/metadata/facts/facts.ts";
import { FileParts } from "../../src/metadata/file-parts.ts";
import { readImageHeaderWith } from "../../src/metadata/headers/header.ts";
import { readPacket } from "../../src/metadata/packet/read.ts";
import { writePacket } from "../../src/metadata/packet/write.ts";
import { findIptc } from "../../src/metadata/blocks/iptc.ts";
import { endless, repeated as repeatedWhole } from "../../test/support/hostile/containers.ts";
import { lookAt } from "../../test/support/hostile/look.ts";
import {
  exifBytes,
  iptcDataset,
  joined,
  jpegBytes,
  jpegSegment,
  latin1,
  photoshopResources,
  pngBytes,
  pngChunk,
  tiffBytes,
  webpBytes,
  zlibBytes,
} from "../../test/support/images/index.ts";
import { pieces, places, runOf, structures } from "../../test/support/hostile/runs.ts";

/** One kind of input that grows, and what is done with it. */
export interface Shape {
  readonly name: string;
  /** The largest input that is not cut by a bound of ours, in bytes. */
  readonly mostBytes: number;
  /** Input of about so many bytes; the time that this takes does not count. */
  readonly make: (bytes: number) => Promise<Uint8Array | string> | Uint8Array | string;
  readonly run: (input: Uint8Array | string) => unknown;
}

const size = { width: 16, height: 8 };
const mebibyte = 1024 * 1024;
/** What is read of one block of metadata at the most. */
const blockBytes = mebibyte - 1024;

function repeated(piece: Uint8Array, count: number): Uint8Array {
  return repeatedWhole(piece, Math.max(1, Math.floor(count)));
}

/** Reads a file as processing does, but for its thumbnail. */
async function readFile(input: Uint8Array | string): Promise<void> {
  const file = typeof input === "string" ? latin1(input) : input;
  const parts = FileParts.whole(file);
  const readRange = async () => new Uint8Array(0);
  const header = await readImageHeaderWith(parts, readRange);
  if (header.kind !== "header") return;
  const { facts } = await readFactsWith(parts, header.header, readRange);
  seedMetadata(facts);
}

/** What is measured up to the longest packet that is read. */
const wholePackets: ReadonlySet<string> = new Set([
  "properties of other names",
  "keywords of other words",
  "structures in a property",
  "tags whose quotes do not end",
  "texts in pieces",
]);

/** Packets of XMP in a WebP. What a packet may have is 16 times as long as these; a few are measured at that length. */
function xmpShapes(): Shape[] {
  const inPlaces = Object.entries(places).flatMap(([place, packet]) =>
    Object.entries(pieces).map(([name, piece]): Shape => {
      const unitBytes = new TextEncoder().encode(piece).length / piece.length;
      // A name stands at the beginning and at the end of its element.
      const copies = packet("\u0001").split("\u0001").length - 1;
      return {
        name: `XMP: ${name} in ${place}`,
        mostBytes: blockBytes,
        make: (bytes) => webpBytes({ ...size, xmp: packet(runOf(piece, bytes / unitBytes / copies)) }),
        run: readFile,
      };
    }),
  );
  const grown = Object.entries(structures).map(([name, packet]): Shape => ({
    name: `XMP: ${name}`,
    mostBytes: wholePackets.has(name) ? 15 * mebibyte : mebibyte,
    make: (bytes) => webpBytes({ ...size, xmp: packet(bytes) }),
    run: readFile,
  }));
  return [...inPlaces, ...grown];
}

/** The same packets as sidecars: read, and with words written into those that are well-formed. */
function packetShapes(): Shape[] {
  const texts: Record<string, (bytes: number) => string> = { ...structures };
  for (const [place, packet] of Object.entries(places)) {
    for (const [name, piece] of Object.entries(pieces)) {
      const unitBytes = new TextEncoder().encode(piece).length / piece.length;
      const copies = packet("\u0001").split("\u0001").length - 1;
      texts[`${name} in ${place}`] = (bytes) => packet(runOf(piece, bytes / unitBytes / copies));
    }
  }
  const words = { title: "T", keywords: ["a", "b"], rating: 3, taken_at: "1962" };
  return Object.entries(texts).map(([name, text]): Shape => ({
    name: `sidecar: ${name}`,
    mostBytes: mebibyte,
    make: (bytes) => new TextEncoder().encode(text(bytes)),
    run: (input) => {
      if (typeof input === "string") return;
      readPacket(input);
      writePacket(words, { hierarchical: ["x|a"], existing: input });
    },
  }));
}

/** The same runs where PNG compresses them, and in the hexadecimal profiles that it keeps in texts. */
function pngShapes(): Shape[] {
  const keyword = "Raw profile type iptc";
  const profiles = { ...pieces, "digits of a profile": "1c", "lines of a profile": "1c0278\n" };
  const text = (piece: string, bytes: number): Uint8Array =>
    joined(`${keyword}\0\niptc\n 9\n`, latin1(runOf(piece, bytes)));
  return [
    ...Object.entries(profiles).map(([name, piece]): Shape => ({
      name: `PNG: ${name} in a profile`,
      mostBytes: blockBytes,
      make: async (bytes) => pngBytes({ ...size, chunksBefore: [pngChunk("tEXt", text(piece, bytes))] }),
      run: readFile,
    })),
    {
      name: "PNG: carriage returns in compressed XMP",
      mostBytes: blockBytes,
      make: async (bytes) => {
        const packet = new TextEncoder().encode(places["a caption"]?.(runOf("\r", bytes)));
        const chunk = pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", await zlibBytes(packet));
        return pngBytes({ ...size, chunksBefore: [chunk] });
      },
      run: readFile,
    },
  ];
}

/** Datasets of IPTC, in a TIFF, which may have as many as are read. */
function iptcShapes(): Shape[] {
  const mostBytes = 128 * 1024;
  const records: Record<string, (bytes: number) => Uint8Array> = {
    "datasets of nothing": (bytes) => repeated(iptcDataset(2, 25, ""), bytes / 5),
    "short keywords": (bytes) => repeated(iptcDataset(2, 25, "k"), bytes / 6),
    captions: (bytes) => repeated(iptcDataset(2, 120, "caption"), bytes / 12),
    "character sets": (bytes) => repeated(iptcDataset(1, 90, "\x1b%G"), bytes / 8),
    "datasets that nobody knows": (bytes) => repeated(iptcDataset(9, 9, "x"), bytes / 6),
  };
  for (const [name, piece] of Object.entries(pieces)) {
    records[`${name} in keywords`] = (bytes) => {
      const one = new TextEncoder().encode(runOf(piece, 8000)).subarray(0, 32_000);
      return repeated(iptcDataset(2, 25, one), bytes / (one.length + 5) + 1);
    };
  }
  return [
    ...Object.entries(records).map(([name, record]): Shape => ({
      name: `IPTC: ${name}`,
      mostBytes,
      make: (bytes) =>
        tiffBytes({ ...size, fields: [{ tag: 0x83bb, value: { type: 7, bytes: record(bytes) } }] }),
      run: readFile,
    })),
    {
      name: "IPTC: image resources of nothing",
      mostBytes: 2 * mebibyte,
      make: (bytes) => repeated(latin1("8BIM\x04\0\0\0\0\0\0\0"), bytes / 12),
      run: (input) => (typeof input === "string" ? null : findIptc(input)),
    },
    {
      name: "IPTC: image resources over many segments",
      mostBytes: 2 * mebibyte,
      make: (bytes) => {
        const resources = photoshopResources(repeated(iptcDataset(2, 25, "k"), 1000));
        return jpegBytes({
          ...size,
          extra: repeated(jpegSegment(0xed, "Photoshop 3.0\0", resources), bytes / resources.length),
        });
      },
      run: readFile,
    },
  ];
}

/** Texts of EXIF: what is copied of them is short, whatever the file says. */
function exifShapes(): Shape[] {
  const fields = ["description", "windowsKeywords", "takenAt", "make"] as const;
  return fields.flatMap((field) =>
    Object.entries(pieces).map(([name, piece]): Shape => ({
      name: `EXIF: ${name} in ${field}`,
      // The maker of the field of Windows takes no more; of any field 8 KiB are read.
      mostBytes: field === "windowsKeywords" ? mebibyte / 128 : mebibyte,
      make: (bytes) => webpBytes({ ...size, exif: exifBytes({ [field]: latin1Of(runOf(piece, bytes)) }) }),
      run: readFile,
    })),
  );
}

/** The text with one character a byte of its UTF-8, as the maker of EXIF takes it. */
function latin1Of(text: string): string {
  return new TextDecoder("latin1").decode(new TextEncoder().encode(text));
}

/** Files of very many pieces, with their thumbnails. */
function containerShapes(): Shape[] {
  return Object.entries(endless).map(([name, file]): Shape => ({
    name: `file: ${name}`,
    mostBytes: 40_000,
    make: (bytes) => file(Math.floor(bytes)),
    run: async (input) => (typeof input === "string" ? null : lookAt(input)),
  }));
}

/** What people send: words, and keys. */
function wordShapes(): Shape[] {
  return Object.entries(pieces).flatMap(([name, piece]): Shape[] => [
    {
      name: `words: ${name} in a field`,
      mostBytes: mebibyte,
      make: (bytes) => runOf(piece, bytes),
      run: (input) => settled(() => checkMetadata({ description: input, keywords: [input], note: input })),
    },
    {
      name: `words: ${name} in a key`,
      mostBytes: mebibyte,
      make: (bytes) => runOf(piece, bytes),
      run: (input) => settled(() => checkObjectKey(String(input))),
    },
  ]);
}

/** What is too long is refused; how long that takes is the question here. */
function settled(work: () => unknown): void {
  try {
    work();
  } catch {
    // Refused.
  }
}

/** Every parser with everything that grows. Thumbhash is not among them: it always gets a picture of one size. */
export function allShapes(): Shape[] {
  return [
    ...xmpShapes(),
    ...packetShapes(),
    ...pngShapes(),
    ...iptcShapes(),
    ...exifShapes(),
    ...containerShapes(),
    ...wordShapes(),
  ];
}
