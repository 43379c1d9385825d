import { env } from "cloudflare:workers";
import { expect } from "vitest";

import { cameraName } from "../../../src/db/media/camera-name.ts";
import { metadataColumns } from "../../../src/db/media/metadata-columns.ts";
import { cameraText, keyText } from "../../../src/db/search/index-text.ts";
import { allMedia } from "./collection-model.ts";

/** Fails unless full text holds every record by exactly the words that it has, and nothing else. */
export async function checkFullText(): Promise<void> {
  for (const media of await allMedia()) {
    const { foldedKeywords, keywordSpellings, wordsText, fieldsText } = metadataColumns(media.objectMetadata);
    const { camera } = media.intrinsic;
    expect(media).toMatchObject({
      foldedKeywords,
      keywordSpellings,
      wordsText,
      fieldsText,
      keyText: keyText(media.objectKey),
      camera: cameraName(camera),
      cameraText: cameraText(camera),
      textVersion: 1,
    });
  }
  await env.DB.prepare("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)").run();
}
