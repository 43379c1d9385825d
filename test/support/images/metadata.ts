import { bigEndian, joined } from "./bytes.ts";
import { type TiffFieldContent, tiffStructureBytes } from "./tiff-structure.ts";

/** Fields of an EXIF block by the names that facts are told by. */
export interface ExifContent {
  readonly description?: string | Uint8Array;
  readonly make?: string;
  readonly model?: string;
  readonly lens?: string;
  readonly takenAt?: string;
  readonly subSeconds?: string;
  readonly offset?: string;
  /** Numerator and denominator. */
  readonly exposureTime?: readonly [number, number];
  readonly fNumber?: readonly [number, number];
  readonly iso?: number;
  readonly recommendedIso?: number;
  readonly focalLength?: readonly [number, number];
  /** As Windows writes them, with semicolons between. */
  readonly windowsKeywords?: string;
  readonly position?: PositionContent;
  readonly littleEndian?: boolean;
}

/** GPS fields: degrees, minutes and seconds as numerators and denominators, with their directions. */
interface PositionContent {
  readonly latitude?: readonly number[];
  readonly latitudeRef?: string;
  readonly longitude?: readonly number[];
  readonly longitudeRef?: string;
  readonly altitude?: readonly [number, number];
  readonly altitudeRef?: number;
}

/** A field, where there is a value for it. */
function optional<T>(
  tag: number,
  value: T | undefined,
  content: (value: T) => TiffFieldContent["value"],
): TiffFieldContent[] {
  return value === undefined ? [] : [{ tag, value: content(value) }];
}

const text = (value: string | Uint8Array): TiffFieldContent["value"] =>
  typeof value === "string" ? value : { type: 2, bytes: joined(value, "\0") };
const short = (value: number): TiffFieldContent["value"] => ({ type: 3, values: [value] });
const rational = (values: readonly number[]): TiffFieldContent["value"] => ({ type: 5, values });

/** UTF-16 in little-endian order, with a null behind. */
export function utf16(value: string): Uint8Array {
  const bytes = new Uint8Array(2 * value.length + 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < value.length; at++) view.setUint16(2 * at, value.charCodeAt(at), true);
  return bytes;
}

/** An EXIF block with the fields that are given (EXIF 3.0 §4.6). */
export function exifBytes(content: ExifContent): Uint8Array {
  const photo = [
    ...optional(0x829a, content.exposureTime, rational),
    ...optional(0x829d, content.fNumber, rational),
    ...optional(0x8827, content.iso, short),
    ...optional(0x8832, content.recommendedIso, (value) => ({ type: 4, values: [value] })),
    ...optional(0x9003, content.takenAt, text),
    ...optional(0x9011, content.offset, text),
    ...optional(0x920a, content.focalLength, rational),
    ...optional(0x9291, content.subSeconds, text),
    ...optional(0xa434, content.lens, text),
  ];
  const { position } = content;
  const directory = [
    ...optional(0x010e, content.description, text),
    ...optional(0x010f, content.make, text),
    ...optional(0x0110, content.model, text),
    ...optional(0x8769, photo.length === 0 ? undefined : photo, (fields) => ({ directory: fields })),
    ...optional(0x8825, position, (fields) => ({ directory: positionFields(fields) })),
    ...optional(0x9c9e, content.windowsKeywords, (value) => ({ type: 1, bytes: utf16(value) })),
  ];
  return tiffStructureBytes({ directories: [directory], littleEndian: content.littleEndian ?? true });
}

function positionFields(position: PositionContent): TiffFieldContent[] {
  return [
    ...optional(1, position.latitudeRef, text),
    ...optional(2, position.latitude, rational),
    ...optional(3, position.longitudeRef, text),
    ...optional(4, position.longitude, rational),
    ...optional(5, position.altitudeRef, (value) => ({ type: 1, values: [value] })),
    ...optional(6, position.altitude, rational),
  ];
}

/** One dataset of IPTC's information interchange model: record, number, and value (IIM 4.2 §3). */
export function iptcDataset(record: number, number: number, value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return joined(bigEndian(1, 0x1c, record, number), bigEndian(2, bytes.length), bytes);
}

/** Image resource blocks around an IPTC record, behind another resource with a name. */
export function photoshopResources(record: Uint8Array): Uint8Array {
  const padding = new Uint8Array(record.length % 2);
  return joined(
    "8BIM",
    bigEndian(2, 0x03ed),
    "\x04name\0",
    bigEndian(4, 3),
    "odd\0",
    "8BIM",
    bigEndian(2, 0x0404),
    "\0\0",
    bigEndian(4, record.length),
    record,
    padding,
  );
}

/** One image resource, without the padding that makes its data even. */
export function photoshopResource(id: number, data: Uint8Array, signature = "8BIM"): Uint8Array {
  return joined(signature, bigEndian(2, id), "\0\0", bigEndian(4, data.length), data);
}

/** How a raw profile of PNG is written beside the usual. */
export interface RawProfileContent {
  /** What stands before the digits; by default a line of the name and one of the length. */
  readonly head?: string;
  readonly lineLength?: number;
  readonly lineEnd?: string;
  readonly isUpperCase?: boolean;
}

/** A profile in hexadecimal, as ImageMagick writes it into texts of PNG. */
export function rawProfile(name: string, bytes: Uint8Array, content: RawProfileContent = {}): string {
  const { lineEnd = "\n", lineLength = 72, isUpperCase = false } = content;
  const head = content.head ?? `${lineEnd}${name}${lineEnd}${String(bytes.length).padStart(8)}${lineEnd}`;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const lines: string[] = [];
  for (let at = 0; at < digits.length; at += lineLength) lines.push(digits.slice(at, at + lineLength));
  const text = lines.join(lineEnd);
  return `${head}${isUpperCase ? text.toUpperCase() : text}${lineEnd}`;
}

/** An XMP packet around the content of one description, with the usual prefixes declared. */
export function xmpPacket(content: string, attributes = ""): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/" ${attributes}>
${content}
</rdf:Description></rdf:RDF></x:xmpmeta>
${" ".repeat(100)}
<?xpacket end="w"?>`;
}
