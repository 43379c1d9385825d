import { decodeExif } from "../blocks/exif.ts";
import { caption } from "./caption.ts";
import { camera } from "./camera.ts";
import { exposure } from "./exposure.ts";
import type { FactExtractor, FileMetadata } from "./fact-extractor.ts";
import { iptcCore } from "./iptc-core.ts";
import { keywords } from "./keywords.ts";
import { location } from "./location.ts";
import { takenAt } from "./taken-at.ts";
import { advance, type FileParts } from "../file-parts.ts";
import type { ReadRange } from "../headers/header.ts";
import type { ImageHeader } from "../headers/image-header.ts";
import { decodeIptc } from "../blocks/iptc.ts";
import { decodeMetadata, readStoredMetadata, type StoredMetadata } from "../blocks/metadata-blocks.ts";
import type { XmpPacket } from "../blocks/xmp/xmp.ts";
import { orientedHeader, type OrientedHeader } from "./oriented-header.ts";

/**
 * Counts the changes of what the readers tell. It is raised, by one, with a new kind of fact and with any change by which
 * a file that was read before tells something else: in an extractor, a decoder of metadata blocks, or the parser of a
 * header. A database scan with `facts` reads those files again whose facts are of an older version.
 */
export const factsVersion = 2;

/** Every kind of fact that is looked for beside the header's: a new kind is one file and one line here. */
const extractFacts = (metadata: FileMetadata) => ({
  takenAt: preferred(takenAt, metadata),
  camera: preferred(camera, metadata),
  exposure: preferred(exposure, metadata),
  location: preferred(location, metadata),
  caption: preferred(caption, metadata),
  keywords: preferred(keywords, metadata),
  iptcCore: preferred(iptcCore, metadata),
});

/** What a file tells about itself; null where it tells nothing, or nothing that makes sense. */
export type Facts = Readonly<ReturnType<typeof extractFacts>>;

/** What a packet tells that stands alone, as a sidecar does. */
export function factsOfPacket(xmp: XmpPacket): Facts {
  return extractFacts({ exif: null, iptc: null, xmp });
}

/** What a file tells, and its header with the orientation that only its metadata may tell. */
export interface ReadFacts {
  readonly kind: "facts";
  readonly facts: Facts;
  readonly header: OrientedHeader;
}

/** What `readFacts` answers: the facts, or the range to read and `add` to the parts before the next call. */
export type FactsResult =
  | ReadFacts
  | { readonly kind: "need_range"; readonly offset: number; readonly length: number };

/**
 * Reads the facts out of the metadata blocks that the header tells of. It never fails: what is broken,
 * too large, or scattered over too many places tells nothing, and the rest is told all the same.
 */
export function readFacts(parts: FileParts, header: ImageHeader): FactsResult {
  const progress = advance(readStoredMetadata(header), parts);
  if (progress.kind === "need_range") return progress;
  const stored: StoredMetadata = progress.kind === "done" ? progress.value : { exif: null, blocks: [] };
  const { exif, iptc, xmp } = decodeMetadata(stored);
  const metadata = {
    exif: exif === null ? null : decodeExif(exif),
    iptc: iptc === null ? null : decodeIptc(iptc),
    xmp,
  };
  return { kind: "facts", facts: extractFacts(metadata), header: orientedHeader(header, metadata) };
}

/** `readFacts` with the ranges that it needs read by the caller's function and added to the parts. */
export async function readFactsWith(
  parts: FileParts,
  header: ImageHeader,
  readRange: ReadRange,
): Promise<ReadFacts> {
  for (;;) {
    const result = readFacts(parts, header);
    if (result.kind === "facts") return result;
    parts.add(result, await readRange({ offset: result.offset, length: result.length }));
  }
}

/** The first fact that is told, by the extractor's order of preference. */
function preferred<T>(extractor: FactExtractor<T>, metadata: FileMetadata): T | null {
  for (const reader of extractor) {
    const fact = reader(metadata);
    if (fact !== null) return fact;
  }
  return null;
}
