import type { Asked, Client, Fit, Media } from "./client.ts";
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
    thumbnailOf(media, await client.thumbnail(media.id, fit));
  return {
    media: { kind: "given", value: media },
    contain: await thumbnail("contain"),
    cover: await thumbnail("cover"),
  };
}

async function thumbnailOf(media: Media, asked: Asked<Uint8Array>): Promise<Thumbnail> {
  if (asked.kind === "given")
    return { outcome: "made", jpeg: asked.value, picture: await pictureOf(asked.value) };
  const outcome = media.state === "unsupported" ? "unsupported" : "failed";
  return { outcome, reason: media.error ?? asked.why };
}
