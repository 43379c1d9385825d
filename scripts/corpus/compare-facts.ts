import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Asked, Media } from "./client.ts";
import { beside, type Facts, type Rgb } from "./cases.ts";
import {
  codingLoss,
  colourAt,
  distanceOf,
  furthestFrom,
  meanDifference,
  meanDifferenceTo,
  type Picture,
  pictureOf,
  resized,
} from "./pictures.ts";
import { peerDifference, peerPicture } from "./peer.ts";

/** For each channel, where the facts do not tell: of a colour, and of a likeness beside what JPEG's losses come to. */
const usualTolerance = 4;
/** Half a unit of the sixth decimal of a degree, and as much for our own rounding. */
const maxDegreesOff = 1e-6;
/** Of what is a fraction in the file, as a part of it. */
const maxPartOff = 1e-6;

/** What the service made of a file of the corpus. */
export interface Result {
  readonly name: string;
  readonly media: Asked<Media>;
  /** Its contained thumbnail, where there is one. */
  readonly thumbnail: Picture | null;
}

/** What comparing needs of the other files. */
export interface Others {
  /** The folder that names are below. */
  readonly folder: string;
  readonly resultOf: (name: string) => Promise<Result | undefined>;
  readonly factsOf: (name: string) => Facts | undefined;
}

/** What differs between what the service made of a file and what is true of it, one sentence each. */
export async function factDifferences(result: Result, facts: Facts, others: Others): Promise<string[]> {
  const { media } = result;
  if (facts.accepted === false) return isTakenForPhoto(media) ? ["is accepted, as a photo"] : [];
  if (media.kind === "refused") return [`is refused: ${media.why.detail} (${media.why.code})`];
  return [
    ...stateDifferences(media.value, facts),
    ...fieldDifferences(media.value, facts),
    ...(await pictureDifferences(result, facts, others)),
    ...(await thumbnailDifferences(result, facts, others)),
  ];
}

/** What is stored without being a photo has no thumbnail and no facts. */
function isTakenForPhoto(media: Asked<Media>): boolean {
  return media.kind === "given" && media.value.state !== "unsupported";
}

function stateDifferences({ state, error }: Media, facts: Facts): string[] {
  const why = error === null ? "" : ` (${error.code}: ${error.detail})`;
  const found: string[] = [];
  if (facts.state !== undefined && facts.state !== state)
    found.push(`state is ${state}${why}, not ${facts.state}`);
  if (facts.not === state) found.push(`state is ${state}${why}, which it must not be`);
  return found;
}

function fieldDifferences(media: Media, facts: Facts): string[] {
  const { intrinsic, object_metadata: words, taken, place } = media;
  const told: Readonly<Partial<Record<keyof Facts, unknown>>> = { ...intrinsic, ...words, taken };
  const fields = [
    "width",
    "height",
    "orientation",
    "taken_at",
    "taken_at_offset",
    "taken",
    "camera",
    "exposure",
    "location",
    "description",
    "keywords",
  ] as const;
  const found = fields.flatMap((field) => difference(field, facts[field], told[field]));
  // The best that is known of the place is what the file says, where nobody has said otherwise.
  return place === undefined ? found : [...found, ...difference("place", facts.location, place)];
}

function difference(field: string, wanted: unknown, told: unknown): string[] {
  if (wanted === undefined || isAsWanted(wanted, told, field)) return [];
  return [`${field} is ${show(told)}, not ${show(wanted)}`];
}

/** Whether a value is the wanted one; of an object, whether each field is that is named. */
function isAsWanted(wanted: unknown, told: unknown, field: string): boolean {
  if (typeof wanted === "number" && typeof told === "number") {
    const off = Math.abs(wanted - told);
    if (field === "width" || field === "height" || field === "orientation") return off === 0;
    const isDegrees = field === "latitude" || field === "longitude";
    return off <= (isDegrees ? maxDegreesOff : maxPartOff * Math.abs(wanted));
  }
  if (!isRecord(wanted)) return JSON.stringify(wanted) === JSON.stringify(told);
  return (
    isRecord(told) && Object.entries(wanted).every(([name, value]) => isAsWanted(value, told[name], name))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What differs in the colours and the likeness of a picture; a picture that is not there differs from any. */
async function pictureDifferences(result: Result, facts: Facts, others: Others): Promise<string[]> {
  const { reference, srgb, pixels, colour_everywhere: everywhere } = facts;
  if (!namesColours(facts)) return [];
  const { thumbnail } = result;
  if (thumbnail === null) return ["has no thumbnail to look at"];
  const tolerance = facts.tolerance ?? usualTolerance;
  const atMost = facts.mean_difference_at_most;
  const found: string[] = [];
  if (srgb !== undefined) {
    const furthest = furthestFrom(thumbnail, srgb);
    if (distanceOf(furthest, srgb) > tolerance) found.push(`srgb is ${show(furthest)}, not ${show(srgb)}`);
  }
  if (everywhere !== undefined)
    found.push(
      ...tooFar(
        `colour_everywhere ${show(everywhere)}`,
        meanDifferenceTo(thumbnail, everywhere),
        atMost ?? tolerance,
      ),
    );
  if (reference !== undefined)
    found.push(...(await referenceDifferences(thumbnail, { result, facts, reference, others })));
  return [...found, ...pixelDifferences(result, pixels ?? {}, tolerance)];
}

/**
 * How far a picture is from its reference. A file whose own coding has lost more than may differ (sharp's picture of it is
 * further away) is held against sharp's picture instead: no decoder can come closer.
 */
async function referenceDifferences(
  thumbnail: Picture,
  asked: {
    readonly result: Result;
    readonly facts: Facts;
    readonly reference: string;
    readonly others: Others;
  },
): Promise<string[]> {
  const { result, facts, reference, others } = asked;
  const wanted = await pictureOf(join(others.folder, beside(result.name, reference)));
  const most = facts.mean_difference_at_most ?? (await codingLoss(wanted)) + usualTolerance;
  const found = tooFar(reference, meanDifference(await resized(thumbnail, wanted), wanted), most);
  if (found.length === 0) return found;
  const path = join(others.folder, result.name);
  const peer = await peerPicture(await readFile(path), orientationOf(result));
  if (peer === null) return found;
  if (averageOf(meanDifference(await resized(peer, wanted), wanted)) <= most) return found;
  const difference = await peerDifference(path, { thumbnail, orientation: orientationOf(result) });
  return difference === null ? [] : [difference];
}

function orientationOf({ media }: Result): number | null {
  return media.kind === "refused" ? null : media.value.intrinsic.orientation;
}

/** Whether facts say how a picture looks, so that no other program needs to. */
export function namesColours({ reference, srgb, pixels, colour_everywhere: everywhere }: Facts): boolean {
  return [reference, srgb, pixels, everywhere].some((each) => each !== undefined);
}

function tooFar(from: string, far: Rgb, atMost: number): string[] {
  const mean = averageOf(far);
  return mean <= atMost
    ? []
    : [`differs from ${from} by ${mean.toFixed(1)} on average, not ${atMost.toFixed(1)} at most`];
}

/** The mean difference of all channels, which is what is said of a picture. */
function averageOf(far: Rgb): number {
  return far.reduce((sum, each) => sum + each, 0) / far.length;
}

/** Colours at places of the whole picture, looked up where a smaller thumbnail has them. */
function pixelDifferences(
  { media, thumbnail }: Result,
  pixels: Readonly<Record<string, Rgb>>,
  tolerance: number,
): string[] {
  if (thumbnail === null || media.kind === "refused") return [];
  const { width, height } = media.value.intrinsic;
  return Object.entries(pixels).flatMap(([place, wanted]) => {
    const [x = 0, y = 0] = place.split(",").map(Number);
    if (width === null || height === null || x >= width || y >= height) return [`has no pixel at ${place}`];
    const shrunk: [number, number] = [
      ((x + 0.5) * thumbnail.width) / width,
      ((y + 0.5) * thumbnail.height) / height,
    ];
    const colour = colourAt(thumbnail, ...shrunk);
    return distanceOf(colour, wanted) <= tolerance
      ? []
      : [`the pixel at ${place} is ${show(colour)}, not ${show(wanted)}`];
  });
}

/** What may have no thumbnail, but no other than that of another file: by its colours where they are known. */
async function thumbnailDifferences(
  result: Result,
  { thumbnail: like }: Facts,
  others: Others,
): Promise<string[]> {
  if (like === undefined || result.media.kind === "refused") return [];
  if (result.media.value.state === "unsupported") return [];
  const name = beside(result.name, like);
  const facts = others.factsOf(name);
  if (facts !== undefined && namesColours(facts)) return pictureDifferences(result, facts, others);
  const other = (await others.resultOf(name))?.thumbnail ?? null;
  if (result.thumbnail === null || other === null) return [`has no thumbnail like that of ${like}`];
  const most = (await codingLoss(other)) + usualTolerance;
  return tooFar(like, meanDifference(await resized(result.thumbnail, other), other), most);
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
