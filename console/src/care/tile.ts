import type { MediaObject } from "tagline-client";
import { joined, nameOf } from "../grid/cell/naming.ts";
import { photoOf } from "../library/photo.ts";
import { careTexts } from "../texts/care.ts";
import { dimensionsText, fileSizeText } from "../viewer/formats/amounts.ts";
import { takenText } from "../viewer/formats/taken.ts";

/** What stands beside the picture of a photo where photos are compared. */
export interface Tile {
  /** By what people call it. */
  readonly name: string;
  readonly objectKey: string;
  /** Date taken, size of the picture, and size of the file. */
  readonly facts: string;
}

/** What tells a photo from another one. */
export function tileOf(media: MediaObject): Tile {
  const { object_key: objectKey, taken, file_size: size, intrinsic } = media;
  const { width, height } = intrinsic;
  return {
    name: nameOf(photoOf(media)),
    objectKey,
    facts: joined([
      taken === null ? careTexts.undated : takenText(taken),
      width === null || height === null ? null : dimensionsText(width, height),
      fileSizeText(size),
    ]),
  };
}

/** The folder in which an object lies, with its slash at the end; empty for none. */
export function folderOf(objectKey: string): string {
  return objectKey.slice(0, objectKey.lastIndexOf("/") + 1);
}
