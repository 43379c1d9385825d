import { z } from "zod";

import type { ShownFields } from "../../db/media/record.ts";
import { mediaStates } from "../../db/schema.ts";
import { placeOf, takenOf } from "../../media/metadata/best-known.ts";
import { shortenedText } from "./bounded.ts";

/** How much of each text of a photo a list shows, in characters. */
const listed = { objectKey: 512, description: 1024, title: 256, keyword: 64, keywords: 64 } as const;

/** A photo as tools show it in lists. */
export const photoSchema = z
  .strictObject({
    id: z.string().describe("The id of the photo, for other tools."),
    object_key: z.string().describe("The name of the file with its folders."),
    title: z.string().nullable().describe("The title, or null."),
    description: z
      .string()
      .nullable()
      .describe("The description, or null. A long description is cut and says so at its end."),
    keywords: z.array(z.string()).describe(`The first ${listed.keywords} keywords.`),
    taken_at: z
      .string()
      .nullable()
      .describe("The best known local time at which the photo was taken, or null."),
    place: z
      .strictObject({ latitude: z.number(), longitude: z.number() })
      .nullable()
      .describe("The best known place where the photo was taken, in degrees north and east, or null."),
    state: z
      .enum(mediaStates)
      .describe("`ready` if the photo was processed; otherwise the photo may have no preview and no facts."),
    missing: z.boolean().describe("True if the file is missing from the storage."),
    revision: z.int().describe("The number of changes that people have made to the words."),
  })
  .describe("A photo.");

/** See {@link photoSchema}. */
export type Photo = z.infer<typeof photoSchema>;

/** A record as tools show it in lists. */
export function toPhoto(media: ShownFields): Photo {
  const { title, description, keywords } = media.objectMetadata;
  const place = placeOf(media);
  return {
    id: media.id,
    object_key: shortenedText(media.objectKey, listed.objectKey),
    title: typeof title === "string" ? shortenedText(title, listed.title) : null,
    description: typeof description === "string" ? shortenedText(description, listed.description) : null,
    keywords: textsIn(keywords)
      .slice(0, listed.keywords)
      .map((each) => shortenedText(each, listed.keyword)),
    taken_at: takenOf(media)?.at ?? null,
    place: place === null ? null : { latitude: place.latitude, longitude: place.longitude },
    state: media.state,
    missing: media.missingSince !== null,
    revision: media.revision,
  };
}

/** What was written before there was a rule for keywords may be anything. */
function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
