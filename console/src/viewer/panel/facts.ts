import type { MediaObject } from "tagline-client";
import { viewerTexts } from "../../texts/viewer.ts";
import { countText, dimensionsText, fileSizeText, megapixelsText } from "../formats/amounts.ts";
import { exposureTexts } from "../formats/exposure.ts";
import { altitudeText, coordinatesText } from "../formats/place.ts";
import { momentText, takenText } from "../formats/taken.ts";

/** A fact in words, as it is shown. */
export interface Fact {
  readonly label: string;
  readonly text: string;
  /** What is said below it in smaller letters, such as the source; null for nothing. */
  readonly note: string | null;
}

/** A line where there is something to tell, and none where there is not. */
function fact(label: string, text: string | null, note: string | null = null): Fact[] {
  return text === null || text === "" ? [] : [{ label, text, note }];
}

/** When, where and with what a photo was taken. */
export function photoFacts({ taken, place, intrinsic }: MediaObject): Fact[] {
  const { labels, takenSources, placeSources } = viewerTexts;
  const { camera, exposure } = intrinsic;
  const height = place === null || place.altitude === null ? null : altitudeText(place.altitude);
  return [
    ...(taken === null ? [] : fact(labels.taken, takenText(taken), takenSources[taken.source])),
    ...(place === null
      ? []
      : fact(
          labels.place,
          [coordinatesText(place), height].filter((part) => part !== null).join(", "),
          placeSources[place.source],
        )),
    ...fact(labels.camera, cameraText(camera)),
    ...fact(labels.lens, camera?.lens ?? null),
    ...fact(labels.exposure, exposure === null ? null : exposureTexts(exposure).join(" · ")),
  ];
}

/** What is known of a photo's file beside its name. */
export function fileFacts({
  intrinsic,
  file_size: bytes,
  content_type: type,
  provider,
}: MediaObject): Fact[] {
  const { labels, megapixels } = viewerTexts;
  const { width, height } = intrinsic;
  return [
    ...(width === null || height === null
      ? []
      : fact(labels.dimensions, dimensionsText(width, height), megapixels(megapixelsText(width, height)))),
    ...fact(labels.fileSize, fileSizeText(bytes)),
    ...fact(labels.type, type),
    ...fact(labels.provider, provider),
  ];
}

/** What is known of the record of a photo. */
export function recordFacts({ created_at: added, updated_at: changed, revision }: MediaObject): Fact[] {
  const { labels } = viewerTexts;
  return [
    ...fact(labels.added, momentText(added)),
    ...fact(labels.changed, momentText(changed)),
    ...fact(labels.revision, countText(revision)),
  ];
}

/** Maker and model; the maker is left out where the model begins with its name, as with `NIKON CORPORATION` and `NIKON D70`. */
function cameraText(camera: MediaObject["intrinsic"]["camera"]): string | null {
  if (camera === null) return null;
  const { make, model } = camera;
  if (make === null || model === null) return model ?? make;
  const [firstWord = ""] = make.toLowerCase().split(" ");
  return model.toLowerCase().startsWith(firstWord) ? model : `${make} ${model}`;
}
