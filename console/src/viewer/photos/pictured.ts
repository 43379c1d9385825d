import type { MediaObject } from "tagline-client";
import type { Photo } from "../../library/photo.ts";

/** What is needed to show a picture and to name it: the grid knows all but the size of the file before anybody asks. */
export interface Pictured extends Pick<
  Photo,
  | "id"
  | "objectKey"
  | "contentType"
  | "state"
  | "problem"
  | "missingSince"
  | "width"
  | "height"
  | "thumbhash"
  | "thumbnailVersion"
  | "title"
  | "description"
> {
  /** In bytes; null while it is not known. */
  readonly fileSize: number | null;
}

/** The picture of a photo that the grid has loaded. */
export function picturedOfPhoto(photo: Photo): Pictured {
  const { id, objectKey, contentType, state, problem, missingSince, width, height } = photo;
  const { thumbhash, thumbnailVersion, title, description } = photo;
  return {
    id,
    objectKey,
    contentType,
    state,
    problem,
    missingSince,
    width,
    height,
    thumbhash,
    thumbnailVersion,
    title,
    description,
    fileSize: null,
  };
}

/** The picture of a photo of which everything is known. */
export function picturedOfMedia(media: MediaObject): Pictured {
  const { width, height, thumbhash } = media.intrinsic;
  return {
    id: media.id,
    objectKey: media.object_key,
    contentType: media.content_type,
    state: media.state,
    problem: media.error?.detail ?? null,
    missingSince: media.missing_since,
    width,
    height,
    thumbhash,
    thumbnailVersion: media.thumbnail_version,
    title: textOf(media.object_metadata.title),
    description: textOf(media.object_metadata.description),
    fileSize: media.file_size,
  };
}

/** The last part of an object key. */
export function fileNameOf(objectKey: string): string {
  return objectKey.slice(objectKey.lastIndexOf("/") + 1);
}

type Named = Pick<Pictured, "objectKey" | "title" | "description">;

/** What a photo is called: its title, else what describes it, else the name of its file. */
export function nameOf({ title, description, objectKey }: Named): string {
  return title ?? description ?? fileNameOf(objectKey);
}

/** What is told of a picture to somebody who does not see it: what describes it, else its title, else the name of its file. */
export function alternativeOf({ title, description, objectKey }: Named): string {
  return description ?? title ?? fileNameOf(objectKey);
}

/** A text with something in it; null for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
