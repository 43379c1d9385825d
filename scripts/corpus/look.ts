import { z } from "zod";
import { seedMetadata } from "../../src/media/seed-metadata.ts";
import { readFactsWith, type ReadFacts } from "../../src/metadata/facts.ts";
import { FileParts } from "../../src/metadata/file-parts.ts";
import { type HeaderResult, readImageHeaderWith, type ReadRange } from "../../src/metadata/header.ts";
import { makeThumbnail } from "../../src/thumbnail/thumbnail.ts";
import type { SourceFacts, ThumbnailFit, ThumbnailResult } from "../../src/thumbnail/types.ts";

/** The edge of the thumbnails that are made, as at ingest. */
export const thumbnailSize = 512;

/** What the service tells of a file, each null where it tells nothing. */
export interface Told {
  readonly mime: string | null;
  /** As shown, after the orientation. */
  readonly width: number | null;
  readonly height: number | null;
  readonly orientation: number | null;
  /** Local time, with its offset behind it where the file tells it. */
  readonly takenAt: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
  readonly gps: { readonly lat: number; readonly lon: number } | null;
  /** As they are put into a new record. */
  readonly description: string | null;
  readonly keywords: readonly string[];
  /** What is wrong with the header. */
  readonly problem: string | null;
}

/** What came out of a look at one file. */
export interface Look {
  readonly told: Told;
  readonly contain: ThumbnailResult;
  readonly cover: ThumbnailResult;
  /** How long the first of the two thumbnails took. */
  readonly ms: number;
}

/** Reads and decodes one file by the code that ingest reads and decodes it with. */
export async function lookAt(bytes: Uint8Array): Promise<Look> {
  const parts = FileParts.whole(bytes);
  const readRange: ReadRange = ({ offset, length }) =>
    Promise.resolve(bytes.subarray(offset, offset + length));
  const header = await readImageHeaderWith(parts, readRange);
  const read = header.kind === "header" ? await readFactsWith(parts, header.header, readRange) : null;
  const source = sourceOf(header, read);
  const make = (fit: ThumbnailFit): Promise<ThumbnailResult> =>
    makeThumbnail(bytes, source, { size: thumbnailSize, fit });
  const startMs = performance.now();
  const contain = await make("contain");
  const ms = performance.now() - startMs;
  return { told: toldBy(header, read), contain, cover: await make("cover"), ms };
}

const seeded = z.object({
  description: z.string().nullable().default(null),
  keywords: z.array(z.string()).default([]),
});

type Header = Exclude<HeaderResult, { kind: "need_range" }>;

/** A file with a broken header goes to the decoder of its type all the same: it must not be a fault to it either. */
function sourceOf(header: Header, read: ReadFacts | null): SourceFacts {
  if (read !== null) {
    const { mediaType, width, height, orientation } = read.header;
    return { contentType: mediaType, width, height, orientation: orientation ?? 1 };
  }
  const contentType = header.kind === "invalid" ? header.mediaType : "application/octet-stream";
  return { contentType, width: 0, height: 0, orientation: 1 };
}

function toldBy(header: Header, read: ReadFacts | null): Told {
  const { header: image = null, facts = null } = read ?? {};
  const { description, keywords } = seeded.parse(facts === null ? {} : seedMetadata(facts));
  const { takenAt = null, camera = null, location = null } = facts ?? {};
  return {
    mime: header.kind === "invalid" ? header.mediaType : (image?.mediaType ?? null),
    width: image?.shownWidth ?? null,
    height: image?.shownHeight ?? null,
    orientation: image?.orientation ?? null,
    takenAt: takenAt === null ? null : `${takenAt.local}${takenAt.offset ?? ""}`,
    make: camera?.make ?? null,
    model: camera?.model ?? null,
    lens: camera?.lens ?? null,
    gps: location === null ? null : { lat: location.latitude, lon: location.longitude },
    description,
    keywords,
    problem: header.kind === "invalid" ? `the file ${header.reason}` : null,
  };
}
