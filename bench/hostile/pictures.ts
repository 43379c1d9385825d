import {
  bigEndian,
  exifBytes,
  gifBytes,
  gifSubBlocks,
  heicBytes,
  irot,
  iptcDataset,
  isoBox,
  joined,
  jpegBytes,
  jpegSegment,
  photoshopResources,
  pngBytes,
  pngChunk,
  riffChunk,
  webpBytes,
  xmpPacket,
  zlibBytes,
} from "../../test/support/images/index.ts";
import { fewFills, filled, repeated, textFills } from "./shapes.ts";

const size = { width: 16, height: 16 };
const blockLength = 1_000_000;
const segmentLength = 60_000;

/** A kind of small picture with much beside its pixels. */
export interface PictureKind {
  readonly name: string;
  readonly extension: string;
  readonly full: number;
  readonly bytes: (length: number) => Promise<Uint8Array>;
}

/** A picture with nothing beside its pixels, of a format. */
export async function plainPicture(): Promise<Uint8Array> {
  return pngBytes(size);
}

const description = (text: string): string =>
  xmpPacket(
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></dc:description>`,
  );
const keywords = (items: string): string => xmpPacket(`<dc:subject><rdf:Bag>${items}</rdf:Bag></dc:subject>`);

/** XMP that is long in one way. */
const packets: readonly (readonly [name: string, packet: (length: number) => string])[] = [
  ...[...fewFills, ...textFills].map(
    ([name, text]) =>
      [`a description of ${name}`, (length: number) => description(filled(text, length))] as const,
  ),
  ["a description of references", (length) => description(filled("&amp;", length - (length % 5)))],
  ["a description of character references", (length) => description(filled("&#65;", length - (length % 5)))],
  ["a description in CDATA", (length) => description(`<![CDATA[${filled("]", length)} ]]>`)],
  ["many keywords", (length) => keywords(repeated(length, (index) => `<rdf:li>k${index}</rdf:li>`))],
  ["one keyword many times", (length) => keywords(repeated(length, () => "<rdf:li>k</rdf:li>"))],
  [
    "nested elements",
    (length) => xmpPacket(`${"<dc:a>".repeat(length / 13)}${"</dc:a>".repeat(length / 13)}`),
  ],
  ["open elements", (length) => xmpPacket("<dc:a>".repeat(length / 6))],
  [
    "many attributes",
    (length) =>
      xmpPacket(
        "",
        repeated(length, (index) => `dc:a${index}="1" `),
      ),
  ],
  ["a long attribute", (length) => xmpPacket("", `dc:title="${filled("a", length)}"`)],
  ["an attribute of carriage returns", (length) => xmpPacket("", `dc:title="${filled("\r", length)}"`)],
  [
    "many namespaces",
    (length) =>
      xmpPacket(
        "",
        repeated(length, (index) => `xmlns:n${index}="urn:a" `),
      ),
  ],
  ["a long name", (length) => xmpPacket(`<dc:${filled("a", length)}/>`)],
  ["many comments", (length) => xmpPacket("<!---->".repeat(length / 7))],
  ["a comment of hyphens", (length) => xmpPacket(`<!-- ${filled("- ", length)}-->`)],
  ["many instructions", (length) => xmpPacket("<?a?>".repeat(length / 5))],
  ["open angles", (length) => xmpPacket(filled("<", length))],
  ["a declaration", (length) => `<!DOCTYPE a [${'<!ENTITY a "b">'.repeat(length / 15)}]>${xmpPacket("&a;")}`],
  ["blanks before it", (length) => `${filled(" ", length)}${xmpPacket("")}`],
];

const letters = (length: number): Uint8Array => Buffer.alloc(length, "a");
const xmpChunk = async (packet: string): Promise<Uint8Array> =>
  pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", await zlibBytes(Buffer.from(packet)));
const png = (...chunksBefore: Uint8Array[]): Promise<Uint8Array> => pngBytes({ ...size, chunksBefore });

/** Every kind of picture that is tried. */
export const pictureKinds: readonly PictureKind[] = [
  ...packets.map(([name, packet]) =>
    kind(`PNG, compressed XMP with ${name}`, "png", blockLength, async (length) =>
      png(await xmpChunk(packet(length))),
    ),
  ),
  kind("PNG, many empty chunks", "png", blockLength, async (length) =>
    png(copies(length / 12, pngChunk("teSt"))),
  ),
  kind("PNG, many texts", "png", blockLength, async (length) =>
    png(copies(length / 24, pngChunk("tEXt", "Description\0a"))),
  ),
  kind("PNG, a compressed text", "png", blockLength, async (length) =>
    png(pngChunk("zTXt", "Description\0\0", await zlibBytes(letters(length)))),
  ),
  kind("PNG, a compressed colour profile", "png", blockLength, async (length) =>
    png(pngChunk("iCCP", "a\0\0", await zlibBytes(letters(length)))),
  ),
  kind("WebP, XMP with many keywords", "webp", blockLength, async (length) =>
    webpBytes({ ...size, xmp: keywords(repeated(length, (index) => `<rdf:li>k${index}</rdf:li>`)) }),
  ),
  kind("WebP, many chunks", "webp", blockLength, async (length) =>
    webpBytes({ ...size, chunksBefore: [copies(length / 8, riffChunk("TEST"))] }),
  ),
  ...[...fewFills, ...textFills].map(([name, text]) =>
    kind(`WebP, EXIF with a description of ${name}`, "webp", blockLength, async (length) =>
      webpBytes({ ...size, exif: exifBytes({ description: Buffer.from(filled(text, length)) }) }),
    ),
  ),
  kind("WebP, EXIF with many keywords", "webp", blockLength, async (length) =>
    webpBytes({
      ...size,
      exif: exifBytes({ windowsKeywords: repeated(length >> 1, (index) => `k${index};`) }),
    }),
  ),
  kind("WebP, EXIF with many empty keywords", "webp", blockLength, async (length) =>
    webpBytes({ ...size, exif: exifBytes({ windowsKeywords: filled(";", length >> 1) }) }),
  ),
  kind("JPEG, many comments", "jpg", blockLength, async (length) =>
    jpegBytes({ ...size, extra: copies(length / 4, jpegSegment(0xfe)) }),
  ),
  kind("JPEG, fill bytes", "jpg", blockLength, async (length) =>
    jpegBytes({ ...size, extra: Buffer.alloc(length, 0xff) }),
  ),
  kind("JPEG, many IPTC keywords", "jpg", segmentLength, async (length) =>
    jpegBytes({ ...size, photoshop: photoshopResources(datasets(length, (index) => `k${index}`)) }),
  ),
  kind("JPEG, many empty resources", "jpg", segmentLength, async (length) =>
    jpegBytes({ ...size, photoshop: copies(length / 12, emptyResource) }),
  ),
  kind("JPEG, many parts of a colour profile", "jpg", blockLength, async (length) =>
    jpegBytes({
      ...size,
      extra: copies(length / 20, jpegSegment(0xe2, "ICC_PROFILE\0\x01\xff", "aa")),
    }),
  ),
  kind("GIF, many comments", "gif", blockLength, async (length) =>
    gifBytes({
      ...size,
      extensions: [copies(length / 8, joined("!\xfe", gifSubBlocks(letters(4))))],
    }),
  ),
  kind("HEIC, many boxes", "heic", blockLength, async (length) =>
    joined(heicBytes(size), copies(length / 8, isoBox("free"))),
  ),
  kind("HEIC, many properties", "heic", blockLength, async (length) =>
    heicBytes({ ...size, properties: [copies(length / 9, irot(0))] }),
  ),
];

const emptyResource = joined("8BIM", bigEndian(2, 0x0bb7), "\0\0", bigEndian(4, 0));

/** Joined without a list of arguments, which has a greatest length. */
function copies(count: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat(Array.from({ length: count }, () => bytes));
}

function datasets(length: number, text: (index: number) => string): Uint8Array {
  const count = Math.floor(length / 10);
  return Buffer.concat(Array.from({ length: count }, (_, index) => iptcDataset(2, 25, text(index))));
}

function kind(name: string, extension: string, full: number, bytes: PictureKind["bytes"]): PictureKind {
  return { name, extension, full, bytes };
}
