import {
  avifBytes,
  bigEndian,
  exifBytes,
  extendedXmpSegments,
  gifBytes,
  gifXmp,
  heicBytes,
  iptcDataset,
  joined,
  jpegBytes,
  jpegSegment,
  latin1,
  photoshopResource,
  photoshopResources,
  pngBytes,
  pngChunk,
  rawProfile,
  tiffBytes,
  utf16,
  webpBytes,
  xmpItemInfo,
  xmpPacket,
  zlibBytes,
} from "../images/index.ts";

/** A file with one block of metadata that is to be spoilt before it goes into its place. */
export interface BlockSeed {
  readonly name: string;
  readonly block: Uint8Array;
  readonly file: (block: Uint8Array) => Promise<Uint8Array> | Uint8Array;
}

const size = { width: 16, height: 8 };
const guid = "0123456789ABCDEF0123456789ABCDEF";

const exif = exifBytes({
  description: "A caption",
  make: "Maker",
  model: "Model",
  takenAt: "2024:07:14 16:03:11",
  offset: "+02:00",
  exposureTime: [1, 500],
  iso: 80,
  windowsKeywords: "one;two",
  position: {
    latitude: [48, 1, 51, 1, 0, 1],
    latitudeRef: "N",
    longitude: [2, 1, 21, 1, 0, 1],
    longitudeRef: "E",
  },
});
const iptc = joined(
  iptcDataset(1, 90, "\x1b%G"),
  ...[5, 25, 25, 55, 60, 80, 90, 95, 101, 110, 116, 120].map((number) =>
    iptcDataset(2, number, `words ${number}`),
  ),
);
const packet = xmpPacket(
  `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A caption &amp; &#x41;</rdf:li></rdf:Alt></dc:description>
   <dc:subject><rdf:Bag><rdf:li>one</rdf:li><rdf:li rdf:parseType="Resource"><rdf:value>two</rdf:value></rdf:li></rdf:Bag></dc:subject>
   <dc:rights rdf:parseType="Resource"><dc:q>field</dc:q></dc:rights><!-- comment --><dc:title><![CDATA[title]]></dc:title>`,
  `dc:source='x' xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="${guid}"`,
);
const xmp = new TextEncoder().encode(packet);
const resources = joined(photoshopResources(iptc), photoshopResource(0x0404, latin1(""), "PHUT"));
const xmpMark = "http://ns.adobe.com/xap/1.0/\0";

/** A text of PNG with a profile in it. */
function profileSeeds(): BlockSeed[] {
  const contents: Record<string, Uint8Array> = {
    exif: joined("Exif\0\0", exif),
    iptc: resources,
    xmp,
    APP1: joined(xmpMark, xmp),
  };
  return Object.entries(contents).flatMap(([keyword, bytes]): BlockSeed[] => {
    const text = latin1(rawProfile(keyword, bytes));
    const before = `Raw profile type ${keyword}\0`;
    return [
      {
        name: `png: ${keyword} in zTXt`,
        block: text,
        file: async (block) => ofPng(pngChunk("zTXt", before, "\0", await zlibBytes(block))),
      },
      {
        name: `png: ${keyword} in tEXt`,
        block: pngChunk("tEXt", before, text),
        file: async (block) => ofPng(block),
      },
    ];
  });
}

async function ofPng(chunk: Uint8Array): Promise<Uint8Array> {
  return await pngBytes({ ...size, chunksBefore: [chunk] });
}

function ofJpeg(marker: number, ...content: (Uint8Array | string)[]): Uint8Array {
  const whole = joined(...content).subarray(0, 65_000);
  return jpegBytes({ ...size, extra: jpegSegment(marker, whole) });
}

function jpegSeeds(): BlockSeed[] {
  const parts = joined(
    jpegSegment(0xe1, "Exif\0\0", exif.subarray(0, 60)),
    jpegSegment(0xe1, "Exif\0\0", exif.subarray(60)),
  );
  const extended = joined(jpegSegment(0xe1, xmpMark, xmp), ...extendedXmpSegments(xmp, guid, 300));
  const extra = (block: Uint8Array): Uint8Array => jpegBytes({ ...size, extra: block });
  return [
    { name: "jpeg: EXIF", block: exif, file: (block) => ofJpeg(0xe1, "Exif\0\0", block) },
    { name: "jpeg: EXIF in segments", block: parts, file: extra },
    { name: "jpeg: XMP", block: xmp, file: (block) => ofJpeg(0xe1, xmpMark, block) },
    { name: "jpeg: extended XMP", block: extended, file: extra },
    { name: "jpeg: resources", block: resources, file: (block) => ofJpeg(0xed, "Photoshop 3.0\0", block) },
    {
      name: "jpeg: IPTC",
      block: iptc,
      file: (block) => ofJpeg(0xed, "Photoshop 3.0\0", photoshopResource(0x0404, block)),
    },
  ];
}

function heifSeeds(): BlockSeed[] {
  const item = joined(bigEndian(4, 6), "Exif\0\0", exif);
  const items = [
    { info: xmpItemInfo, bytes: xmp, describes: [7] },
    { info: xmpItemInfo, bytes: xmp, describes: [1], extents: 3 },
    { info: "Exif\0", bytes: item, describes: [20], extents: 2 },
  ];
  const references = [{ type: "dimg", from: 1, to: [20, 21] }];
  return [
    { name: "heic: boxes", block: heicBytes({ ...size, items, references }), file: (block) => block },
    {
      name: "avif: boxes",
      block: avifBytes({ ...size, items, references, referenceVersion: 1 }),
      file: (block) => block,
    },
    { name: "heic: EXIF", block: item, file: (block) => heicBytes({ ...size, exifItem: block }) },
    {
      name: "heic: XMP",
      block: xmp,
      file: (block) => heicBytes({ ...size, items: [{ info: xmpItemInfo, bytes: block }] }),
    },
  ];
}

/** Every kind of block in every kind of file that carries it. */
export function blockSeeds(): BlockSeed[] {
  const fields = [
    { tag: 700, value: { type: 1, bytes: xmp } },
    { tag: 33_723, value: iptc },
    { tag: 34_377, value: resources },
  ];
  return [
    ...jpegSeeds(),
    ...heifSeeds(),
    ...profileSeeds(),
    { name: "png: eXIf", block: exif, file: async (block) => ofPng(pngChunk("eXIf", block)) },
    {
      name: "png: iTXt",
      block: xmp,
      file: async (block) => ofPng(pngChunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", block)),
    },
    {
      name: "png: compressed iTXt, its zlib stream",
      block: compressedSample,
      file: async (block) => ofPng(pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", block)),
    },
    { name: "webp: chunks", block: webpBytes({ ...size, exif, xmp: packet }), file: (block) => block },
    { name: "tiff: fields", block: tiffBytes({ ...size, fields }), file: (block) => block },
    {
      name: "gif: XMP",
      block: xmp,
      file: (block) => gifBytes({ ...size, extensions: [gifXmp(new TextDecoder().decode(block))] }),
    },
    {
      name: "tiff: XMP in UTF-16",
      block: utf16(packet),
      file: (block) => tiffBytes({ ...size, fields: [{ tag: 700, value: { type: 1, bytes: block } }] }),
    },
  ];
}

const compressedSample = await zlibBytes(xmp);
