import { iptcDataset, joined, latin1, pngChunk, utf16, xmpPacket, zlibBytes } from "../images/index.ts";
import { repeated } from "./containers.ts";

const rdfHead =
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">';

/** Packets of XMP that ask for more than they are, by name; `count` says how much. */
export const xmpPackets: Readonly<Record<string, (count: number) => string>> = {
  "entities that grow": (count) => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
    );
    return `<!DOCTYPE x [<!ENTITY l0 "${"lol".repeat(count / 1000)}">${levels.join("")}]>${xmpPacket("<dc:description>&l12;</dc:description>")}`;
  },
  "an external entity": () =>
    `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xmpPacket("<dc:description>&e;</dc:description>")}`,
  "a document type behind the first element": () =>
    xmpPacket('<!DOCTYPE x [<!ENTITY e "x">]><dc:description>&e;</dc:description>'),
  "elements in elements": (count) => xmpPacket("<a>".repeat(count) + "</a>".repeat(count)),
  "elements in elements that do not end": (count) => xmpPacket("<a>".repeat(count)),
  "very many elements": (count) => xmpPacket("<a/>".repeat(count)),
  "very many attributes": (count) =>
    xmpPacket("", Array.from({ length: count }, (_, at) => `a${at}="1"`).join(" ")),
  "many prefixes, declared again by each of many elements": (count) => {
    const declared = Array.from({ length: count / 3 }, (_, at) => `xmlns:p${at}="u"`).join(" ");
    const elements = '<rdf:li xmlns:q="v">x</rdf:li>'.repeat(count / 3);
    return `${rdfHead.slice(0, -1)} ${declared}><rdf:Description><dc:subject><rdf:Bag>${elements}</rdf:Bag></dc:subject></rdf:Description></rdf:RDF>`;
  },
  "very many references to characters": (count) =>
    xmpPacket(`<dc:description>${"&#x41;".repeat(count)}</dc:description>`),
  "a comment without an end": (count) => xmpPacket(`<!--${"-".repeat(count)}`),
  "very many opening brackets": (count) => `${rdfHead}${"<".repeat(count)}`,
  "very many words before the first element": (count) => `${"<a".repeat(count)}${rdfHead}</rdf:RDF>`,
  "a name without an end": (count) => `<${"a".repeat(count)}`,
};

/** Bytes of XMP that are no text in any encoding, by name. */
export const brokenTexts: Readonly<Record<string, Uint8Array>> = {
  "bytes that are no UTF-8": joined(
    xmpPacket("<dc:description>").slice(0, 300),
    latin1("\xff\xc0\xaf\xed\xa0\x80"),
  ),
  "UTF-16 of an odd number of bytes": joined("\xff\xfe", utf16("<x:xmpmeta>"), "\0"),
  "UTF-16 of lone surrogates": joined("\xff\xfe", utf16("<rdf:RDF>\ud800\udc00\ud800</rdf:RDF>")),
  nothing: new Uint8Array(0),
};

/** Records of IPTC whose lengths are not what they say, by name. */
export const iptcRecords: Readonly<Record<string, () => Uint8Array>> = {
  "a dataset longer than the record": () => latin1("\x1c\x02\x78\x7f\xffshort"),
  "an extended dataset of 2⁶³ bytes": () => latin1("\x1c\x02\x78\x80\x08\x7f\xff\xff\xff\xff\xff\xff\xffx"),
  "an extended dataset whose length has 32,767 bytes": () => latin1("\x1c\x02\x78\xff\xff\x00"),
  "datasets of nothing": () => repeated(latin1("\x1c\x02\x19\0\0"), 12_000),
  "very many keywords": () => repeated(iptcDataset(2, 25, "k"), 10_000),
  "a caption that is no UTF-8 though it says so": () =>
    joined(iptcDataset(1, 90, "\x1b%G"), iptcDataset(2, 120, latin1("\xff\xfe\xc3\x28"))),
};

/** Bytes that deflate to very little. */
async function bomb(megabytes: number, first = ""): Promise<Uint8Array> {
  const piece = new Uint8Array(1024 * 1024).fill(0x20);
  return zlibBytes(latin1(first), ...Array.from({ length: megabytes }, () => piece));
}

/** Chunks of PNG that are small and inflate to `megabytes`, by name. */
export const pngBombs: Readonly<Record<string, (megabytes: number) => Promise<Uint8Array>>> = {
  "iTXt of XMP": async (megabytes) =>
    pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", await bomb(megabytes, "<x:xmpmeta>")),
  "zTXt of a profile": async (megabytes) =>
    pngChunk("zTXt", "Raw profile type exif\0\0", await bomb(megabytes, "\nexif\n 9\n")),
  "iCCP of a colour profile": async (megabytes) => pngChunk("iCCP", "icc\0\0", await bomb(megabytes)),
  "IDAT of more rows than there are": async (megabytes) => pngChunk("IDAT", await bomb(megabytes)),
};
