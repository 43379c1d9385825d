import { isMediaType } from "../../src/media-type.ts";
import { metadataLimits } from "../../src/media/object-metadata.ts";
import { toOrientation } from "../../src/metadata/orientation.ts";
import type { ThumbnailResult, UnsupportedCode } from "../../src/thumbnail/types.ts";
import type { Expected } from "./expected.ts";
import { type Look, thumbnailSize, type Told } from "./look.ts";

/** Half a unit of the sixth decimal, to which expectations are rounded, and as much for our own rounding. */
const maxDegreesOff = 1e-6;

/** Refusals that are about how a picture is coded: a sound file may meet them, whatever others can decode. */
const codingRefusals: ReadonlySet<UnsupportedCode> = new Set([
  "arithmetic_coding",
  "lossless_coding",
  "hierarchical_coding",
  "sample_precision",
  "component_count",
  "unsupported_coding",
]);

/** What differs between a look at a file and what is expected of it, one sentence each; empty if nothing does. */
export function differences(look: Look, expected: Expected | undefined): string[] {
  const found = [
    ...ownFaults("contain", look.contain),
    ...ownFaults("cover", look.cover),
    ...wrongSizes(look),
  ];
  if (expected === undefined) return found;
  const { disputed } = expected;
  const wanted = wantedOf(expected, look.told);
  const told = comparable(look.told);
  for (const field of fields) {
    const value = wanted[field];
    if (value === undefined || disputed.includes(disputeNames[field] ?? field)) continue;
    if (!isSame(value, told[field])) found.push(`${field} is ${show(told[field])}, not ${show(value)}`);
  }
  return disputed.includes("decodable") ? found : [...found, ...decodability(look.contain, expected)];
}

const fields = [
  "mime",
  "size_after",
  "orientation",
  "taken_at",
  "make",
  "model",
  "lens",
  "gps",
  "description",
  "keywords",
] as const;
type Field = (typeof fields)[number];

const disputeNames: Partial<Record<Field, string>> = { size_after: "size" };

/** What we are to tell, after the rules by which we differ on purpose; what is undefined is not compared. */
type Wanted = Readonly<Partial<Record<Field, unknown>>>;

function wantedOf(expected: Expected, told: Told): Wanted {
  // What is of no accepted type is stored as it is and not looked into, whatever others can read of it.
  if (typeof expected.mime === "string" && !isMediaType(expected.mime)) return nothing;
  return {
    ...expected,
    size_after: wantedSize(expected, told),
    orientation: wantedOrientation(expected, told),
    description: wantedDescription(expected.description),
  };
}

const nothing: Wanted = {
  mime: null,
  size_after: null,
  orientation: 1,
  taken_at: null,
  make: null,
  model: null,
  lens: null,
  gps: null,
  description: null,
  keywords: [],
};

/**
 * Where no tool vouches for a size it is the header's, as `declared` tells it: we tell it too, because it is in
 * the file, unless the header itself is broken. Without a decodable picture nobody may have looked for it.
 */
function wantedSize({ width_after, height_after, declared, decodable }: Expected, told: Told): unknown {
  if (width_after === undefined || height_after === undefined) return undefined;
  if (width_after !== null && height_after !== null) return sizeOf(width_after, height_after);
  if (told.width === null) return null;
  if (declared !== undefined) return sizeOf(declared.width, declared.height);
  return decodable === true ? null : undefined;
}

/**
 * HEIC and AVIF are turned by their container, and their EXIF orientation is not to be applied (ISO/IEC 23008-12
 * annex A.2); ours is the container's, which the size as shown is compared for. A value that the standard
 * does not know, and none, mean what 1 means: tools print it from XMP or by default, too.
 */
function wantedOrientation({ orientation }: Expected, { mime }: Told): unknown {
  if (orientation === undefined || mime === "image/heic" || mime === "image/heif" || mime === "image/avif") {
    return undefined;
  }
  return turnOf(orientation);
}

function turnOf(orientation: number | null): number {
  return toOrientation(orientation ?? 1) ?? 1;
}

/** What is over the limit of a description is cut, with an ellipsis for its last character. */
function wantedDescription(description: string | null | undefined): unknown {
  const characters = Array.from(description ?? "");
  const limit = metadataLimits.descriptionCharacters;
  if (characters.length <= limit) return description;
  const kept = characters.slice(0, limit - 1).join("");
  return `${kept.trimEnd()}…`;
}

/** What we tell, in the form of the expectations: whole seconds, and 1 for the orientation of what is not turned. */
function comparable(told: Told): Readonly<Record<Field, unknown>> {
  return {
    ...told,
    size_after: told.width === null || told.height === null ? null : sizeOf(told.width, told.height),
    orientation: turnOf(told.orientation),
    taken_at: told.takenAt?.replace(/\.\d{3}/u, "") ?? null,
  };
}

function isSame(wanted: unknown, told: unknown): boolean {
  const [a, b] = [degrees(wanted), degrees(told)];
  if (a && b) return Math.abs(a.lat - b.lat) < maxDegreesOff && Math.abs(a.lon - b.lon) < maxDegreesOff;
  return JSON.stringify(wanted) === JSON.stringify(told);
}

function degrees(value: unknown): { lat: number; lon: number } | null {
  if (typeof value !== "object" || value === null || !("lat" in value) || !("lon" in value)) return null;
  return { lat: Number(value.lat), lon: Number(value.lon) };
}

/** A decoder's fault is a difference in every folder: a file may be refused or broken, but never surprise us. */
function ownFaults(fit: string, result: ThumbnailResult): string[] {
  if (result.outcome !== "failed" || result.reason.code === "corrupt") return [];
  return [`${fit}: ${result.reason.detail}`];
}

/** Contained, a thumbnail has the shape of the picture as shown and is never larger; a cover is square. */
function wrongSizes({ told: { width, height }, contain, cover }: Look): string[] {
  const found: string[] = [];
  if (contain.outcome !== cover.outcome)
    found.push(`contain is ${contain.outcome}, cover is ${cover.outcome}`);
  if (contain.outcome === "made" && width !== null && height !== null) {
    const shrink = Math.max(1, Math.max(width, height) / thumbnailSize);
    const wanted = sizeOf(Math.max(1, Math.round(width / shrink)), Math.max(1, Math.round(height / shrink)));
    const made = sizeOf(contain.width, contain.height);
    if (made !== wanted) found.push(`contain is ${made}, not ${wanted}`);
  }
  const isSquare =
    cover.outcome !== "made" || (cover.width === thumbnailSize && cover.height === thumbnailSize);
  return isSquare ? found : [...found, "cover is not square"];
}

/** What nobody else decodes we must not, and what others do we must, or say that it is coded in another way than ours. */
function decodability(result: ThumbnailResult, { decodable, mime }: Expected): string[] {
  if (decodable === false && result.outcome === "made") return ["nobody else can decode it"];
  const isAccepted = mime === null || mime === undefined || isMediaType(mime);
  if (decodable !== true || !isAccepted || result.outcome === "made") return [];
  if (result.outcome === "unsupported" && codingRefusals.has(result.reason.code)) return [];
  return [`others can decode it: ${result.reason.detail}`];
}

function sizeOf(width: number, height: number): string {
  return `${width} × ${height}`;
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
