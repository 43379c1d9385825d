import { isMediaType } from "../../src/core/media-type.ts";
import { metadataLimits } from "../../src/media/metadata/rules.ts";
import { toOrientation } from "../../src/core/orientation.ts";
import type { UnsupportedCode } from "../../src/thumbnail/types.ts";
import { type Expected, type ExpectedTime, expectedTime } from "./expected.ts";
import { type Look, sizeOf, type Thumbnail } from "./look.ts";

/** Half a unit of the sixth decimal, to which expectations are rounded, and as much for our own rounding. */
const maxDegreesOff = 1e-6;

/** Refusals that are about how a picture is coded: a sound file may meet them, whatever others can decode. */
const codings: readonly UnsupportedCode[] = [
  "arithmetic_coding",
  "lossless_coding",
  "hierarchical_coding",
  "sample_precision",
  "component_count",
  "unsupported_coding",
];
const codingRefusals: ReadonlySet<string> = new Set(codings);

/** What differs between what the service made of a file and what other tools say of it, one sentence each. */
export function expectedDifferences(look: Look, expected: Expected): string[] {
  const { disputed } = expected;
  const told = toldBy(look);
  const wanted = wantedOf(expected, told);
  const found = fields.flatMap((field) => {
    const value = wanted[field];
    if (value === undefined || disputed.includes(disputeNames[field] ?? field)) return [];
    return isSame(value, told[field]) ? [] : [`${field} is ${show(told[field])}, not ${show(value)}`];
  });
  return disputed.includes("decodable") ? found : [...found, ...decodability(look.contain, expected)];
}

const fields = [
  "mime",
  "size_after",
  "orientation",
  "taken_at",
  "taken",
  "make",
  "model",
  "lens",
  "gps",
  "description",
  "keywords",
] as const;
type Field = (typeof fields)[number];

const disputeNames: Partial<Record<Field, string>> = { size_after: "size", taken: "taken_at" };

/** What the service tells, in the form of the expectations: whole seconds, and 1 for what is not turned. */
type Told = Readonly<Record<Field, unknown>> & {
  readonly mime: string | null;
  readonly width: number | null;
};

function toldBy({ media }: Look): Told {
  if (media.kind === "refused") return { ...nothing, mime: null, width: null };
  const { content_type: type, intrinsic, object_metadata: words, taken } = media.value;
  const { width, height, orientation, camera, location } = intrinsic;
  const time = taken === null ? taken : wholeSeconds(taken.at, taken.offset);
  return {
    mime: isMediaType(type) ? type : null,
    width,
    size_after: width === null || height === null ? null : sizeOf(width, height),
    orientation: turnOf(orientation),
    taken_at: wholeSeconds(intrinsic.taken_at, intrinsic.taken_at_offset),
    taken: taken === null ? taken : `${time ?? ""} ${taken.precision} ${taken.source}`,
    make: camera?.make ?? null,
    model: camera?.model ?? null,
    lens: camera?.lens ?? null,
    gps: location === null ? null : { lat: location.latitude, lon: location.longitude },
    description: words.description,
    keywords: words.keywords,
  };
}

function wholeSeconds(at: string | null, offset: string | null): string | null {
  return at === null ? null : `${at.replace(/\.\d{3}/u, "")}${offset ?? ""}`;
}

/** What we are to tell, after the rules by which we differ on purpose; what is undefined is not compared. */
type Wanted = Readonly<Partial<Record<Field, unknown>>>;

function wantedOf(expected: Expected, told: Told): Wanted {
  const time = expectedTime(expected);
  // What is of no accepted type is stored as it is and not looked into, whatever others can read of it.
  if (typeof expected.mime === "string" && !isMediaType(expected.mime)) return nothing;
  return {
    ...expected,
    size_after: wantedSize(expected, told),
    taken_at: time === undefined ? undefined : (time?.at ?? null),
    // A service from before `taken` tells none.
    taken: told.taken === undefined ? undefined : wantedTaken(time),
    orientation: wantedOrientation(expected, told),
    description: wantedDescription(expected.description),
  };
}

const nothing = {
  mime: null,
  size_after: null,
  orientation: 1,
  taken_at: null,
  taken: null,
  make: null,
  model: null,
  lens: null,
  gps: null,
  description: null,
  keywords: [],
} as const satisfies Wanted;

function wantedTaken(time: ExpectedTime | null | undefined): unknown {
  return time ? `${time.at} ${time.precision} ${time.source}` : time;
}

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

function isSame(wanted: unknown, told: unknown): boolean {
  const [a, b] = [degrees(wanted), degrees(told)];
  if (a && b) return Math.abs(a.lat - b.lat) < maxDegreesOff && Math.abs(a.lon - b.lon) < maxDegreesOff;
  return JSON.stringify(wanted) === JSON.stringify(told);
}

function degrees(value: unknown): { lat: number; lon: number } | null {
  if (typeof value !== "object" || value === null || !("lat" in value) || !("lon" in value)) return null;
  return { lat: Number(value.lat), lon: Number(value.lon) };
}

/** What nobody else decodes we must not, and what others do we must, or say that it is coded in another way than ours. */
function decodability(result: Thumbnail, { decodable, mime }: Expected): string[] {
  if (decodable === false && result.outcome === "made") return ["nobody else can decode it"];
  const isAccepted = mime === null || mime === undefined || isMediaType(mime);
  if (decodable !== true || !isAccepted || result.outcome === "made") return [];
  if (result.outcome === "unsupported" && codingRefusals.has(result.reason.code)) return [];
  return [`others can decode it: ${result.reason.detail}`];
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
