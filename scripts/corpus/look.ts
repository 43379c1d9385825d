import { type Asked, type Client, type Fit, type Media, thumbnailSize } from "./client.ts";
import { type Picture, pictureOf } from "./pictures.ts";

/** A thumbnail of the service, as it came and as a picture; or why there is none. */
export type Thumbnail =
  | { readonly outcome: "made"; readonly jpeg: Uint8Array; readonly picture: Picture }
  | {
      readonly outcome: "unsupported" | "failed" | "refused";
      readonly reason: { readonly code: string; readonly detail: string };
    };

/** What the service made of a file. */
export interface Look {
  /** The record, or why the file was refused. */
  readonly media: Asked<Media>;
  readonly contain: Thumbnail;
  readonly cover: Thumbnail;
}

/** Asks for the record of a file that was sent, and for both fits of its thumbnail. */
export async function lookAt(client: Client, sent: Asked<string>): Promise<Look> {
  if (sent.kind === "refused") {
    const none = { outcome: "refused", reason: sent.why } as const;
    return { media: sent, contain: none, cover: none };
  }
  const media = await client.media(sent.value);
  const thumbnail = async (fit: Fit): Promise<Thumbnail> =>
    makePicture(media, await client.thumbnail(media.id, fit));
  return {
    media: { kind: "given", value: media },
    contain: await thumbnail("contain"),
    cover: await thumbnail("cover"),
  };
}

async function makePicture(media: Media, asked: Asked<Uint8Array>): Promise<Thumbnail> {
  if (asked.kind === "given")
    return { outcome: "made", jpeg: asked.value, picture: await pictureOf(asked.value) };
  const outcome = media.state === "unsupported" ? "unsupported" : "failed";
  return { outcome, reason: media.error ?? asked.why };
}

/** What the service has done that is a fault whatever the file is, one sentence each. */
export function ownDifferences(look: Look): string[] {
  return [...stateFaults(look), ...wrongSizes(look)];
}

/**
 * A decoder's fault is a difference in every folder: a file may be refused or broken, but never surprise us. And what is
 * ready has both thumbnails, what is not has none.
 */
function stateFaults({ media, contain, cover }: Look): string[] {
  if (media.kind === "refused") {
    const { status, code, detail } = media.why;
    return refusals.has(code) ? [] : [`is refused with ${status} ${code}: ${detail}`];
  }
  const { state, error } = media.value;
  const isMade = [contain, cover].map(({ outcome }) => outcome === "made");
  const found = isMade.every((each) => each === (state === "ready"))
    ? []
    : [thumbnailsOf(state, contain, cover)];
  const isFault = state === "failed" && error?.code !== "corrupt";
  return isFault ? [...found, `failed with ${error?.code ?? "no reason"}: ${error?.detail ?? ""}`] : found;
}

/** An upload of what is no photo is refused by these codes. */
const refusals: ReadonlySet<string> = new Set([
  "unsupported_media_type",
  "payload_too_large",
  "validation_error",
]);

function thumbnailsOf(state: string, contain: Thumbnail, cover: Thumbnail): string {
  return `is ${state}, and contain is ${outcomeOf(contain)}, cover is ${outcomeOf(cover)}`;
}

function outcomeOf(thumbnail: Thumbnail): string {
  return thumbnail.outcome === "made" ? "made" : `${thumbnail.outcome} (${thumbnail.reason.code})`;
}

/** Contained, a thumbnail has the shape of the picture as shown and is never larger; a cover is square. */
function wrongSizes({ media, contain, cover }: Look): string[] {
  if (media.kind === "refused") return [];
  const { width, height } = media.value.intrinsic;
  const found: string[] = [];
  if (contain.outcome === "made" && width !== null && height !== null) {
    const shrink = Math.max(1, Math.max(width, height) / thumbnailSize);
    const wanted = sizeOf(Math.max(1, Math.round(width / shrink)), Math.max(1, Math.round(height / shrink)));
    const made = sizeOf(contain.picture.width, contain.picture.height);
    if (made !== wanted) found.push(`contain is ${made}, not ${wanted}`);
  }
  if (cover.outcome !== "made") return found;
  const square = sizeOf(cover.picture.width, cover.picture.height);
  return square === sizeOf(thumbnailSize, thumbnailSize) ? found : [...found, `cover is ${square}`];
}

/** Width and height, in words. */
export function sizeOf(width: number, height: number): string {
  return `${width} × ${height}`;
}
