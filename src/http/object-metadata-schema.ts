import { z } from "@hono/zod-openapi";

import { metadataLimits } from "../media/object-metadata.ts";
import { jsonObject } from "./validation.ts";

const description = {
  type: "string" as const,
  maxLength: metadataLimits.descriptionCharacters,
  description: `What the photo shows: at most ${metadataLimits.descriptionCharacters} characters (Unicode code points).`,
};

const keywords = {
  type: "array" as const,
  maxItems: metadataLimits.keywords,
  items: {
    type: "string" as const,
    minLength: 1,
    maxLength: metadataLimits.keywordCharacters,
    description: `A keyword: 1 to ${metadataLimits.keywordCharacters} characters (Unicode code points).`,
  },
  description: `At most ${metadataLimits.keywords} keywords. Each is trimmed. Of spellings that differ only in case the first is kept.`,
};

const shared = {
  type: "object" as const,
  propertyNames: {
    pattern: "^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
    maxLength: metadataLimits.fieldNameCharacters,
  },
};

const rules =
  `At most ${metadataLimits.serialisedBytes} bytes as JSON, at most ${metadataLimits.depth} levels deep. Any other ` +
  `\`lower_snake_case\` name of at most ${metadataLimits.fieldNameCharacters} characters is a custom field and holds any JSON value.`;

const custom = { description: "A custom field: any JSON value." };

/** `object_metadata` as it is answered. */
export const objectMetadataSchema = z.record(z.string(), z.unknown()).openapi("ObjectMetadata", {
  ...shared,
  description: `What people wrote about the photo. ${rules}`,
  properties: { description, keywords },
  additionalProperties: custom,
});

/** `object_metadata` as a change of it is sent. */
export const metadataPatchSchema = jsonObject.openapi("ObjectMetadataPatch", {
  ...shared,
  description:
    `A JSON Merge Patch (RFC 7396) of what people wrote: \`null\` removes a field. ${rules} Only the fields that the ` +
    "patch names are checked. Integers beyond 2^53 - 1, which JSON would change, are refused. In `keywords` so are " +
    "characters that only deceive, as in an `object_key`, and a keyword of nothing but joiners and blanks is empty. " +
    "Texts are kept as NFC.",
  properties: {
    description: { ...description, type: ["string", "null"] },
    keywords: { ...keywords, type: ["array", "null"] },
  },
  additionalProperties: custom,
});
