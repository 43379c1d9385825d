import { z } from "@hono/zod-openapi";

import { firstYear, lastYear, writtenTimePattern } from "../../core/text/local-time.ts";
import { textFields } from "../../media/metadata/known-fields.ts";
import { metadataLimits } from "../../media/metadata/rules.ts";
import { jsonObject } from "../requests/json-body.ts";

const description = {
  type: "string" as const,
  maxLength: metadataLimits.descriptionCharacters,
  description: `A description of the photo: at most ${metadataLimits.descriptionCharacters} characters (Unicode code points).`,
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
  description: `At most ${metadataLimits.keywords} keywords. The service trims each keyword. If two keywords differ only in case, the service keeps the first.`,
};

const wordsOf: Readonly<Record<(typeof textFields)[number], string>> = {
  title: "A short name for the photo.",
  creator: "The person who took the photo.",
  credit: "The person or agency to name with the photo.",
  copyright: "The copyright notice of the photo.",
  usage_terms: "The terms of use of the photo.",
  city: "The city that the photo shows.",
  state: "The state or province that the photo shows.",
  country: "The country that the photo shows.",
};

const texts = textFields.map((name) => {
  const description = `${wordsOf[name]} At most ${metadataLimits.textCharacters} characters (Unicode code points).`;
  return [name, { maxLength: metadataLimits.textCharacters, description }] as const;
});

const meanings = {
  rating: `The number of stars: a whole number from 0 to ${metadataLimits.rating}.`,
  taken_at:
    "The time at which the photo was taken, as precisely as it is known: a year, a month, a day, or a local date-time without offset " +
    `(\`1962\`, \`1962-07\`, \`1962-07-14\`, \`1962-07-14T16:03\`, \`…:11\`, \`…:11.250\`), from ${firstYear} to ${lastYear}. ` +
    "`object_metadata.taken_at` counts before the time in the file.",
  location:
    "The place where the photo was taken, in degrees north and east. `object_metadata.location` counts before the place in the file.",
};

const older =
  " A value that was written before this rule existed may be of another kind. The service answers with such a value unchanged and does not use it.";

const shared = {
  type: "object" as const,
  propertyNames: {
    pattern: "^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
    maxLength: metadataLimits.fieldNameCharacters,
  },
};

const rules =
  `\`object_metadata\` has at most ${metadataLimits.serialisedBytes} bytes as JSON and at most ${metadataLimits.depth} levels. Any other ` +
  `\`lower_snake_case\` name of at most ${metadataLimits.fieldNameCharacters} characters is a custom field and holds any JSON value.`;

const custom = { description: "A custom field: any JSON value." };

/** What was written before there was a rule for it may be anything, so these are not typed. */
const answered = {
  ...Object.fromEntries(texts.map(([name, text]) => [name, { description: `${text.description}${older}` }])),
  ...Object.fromEntries(
    Object.entries(meanings).map(([name, text]) => [name, { description: text + older }]),
  ),
};

const patched = {
  ...Object.fromEntries(
    texts.map(([name, text]) => [name, { type: ["string" as const, "null" as const], ...text }]),
  ),
  rating: {
    type: ["integer" as const, "null" as const],
    minimum: 0,
    maximum: metadataLimits.rating,
    description: meanings.rating,
  },
  taken_at: {
    type: ["string" as const, "null" as const],
    pattern: writtenTimePattern,
    description: meanings.taken_at,
  },
  location: {
    type: ["object" as const, "null" as const],
    properties: {
      latitude: degrees(metadataLimits.latitude, "Degrees north of the equator."),
      longitude: degrees(metadataLimits.longitude, "Degrees east of Greenwich."),
    },
    additionalProperties: {
      type: "null" as const,
      description: "Removes a further field of an older value.",
    },
    description: `${meanings.location} After the change \`location\` has exactly \`latitude\` and \`longitude\`.`,
  },
};

function degrees(limit: number, description: string) {
  return { type: "number" as const, minimum: -limit, maximum: limit, description };
}

/** `object_metadata` as it is answered. */
export const objectMetadataSchema = z.record(z.string(), z.unknown()).openapi("ObjectMetadata", {
  ...shared,
  description: `The words that people wrote about the photo. ${rules}`,
  properties: { description, keywords, ...answered },
  additionalProperties: custom,
});

/** `object_metadata` as a change of it is sent. */
export const metadataPatchSchema = jsonObject.openapi("ObjectMetadataPatch", {
  ...shared,
  description:
    `A JSON Merge Patch (RFC 7396) for \`object_metadata\`: \`null\` removes a field. ${rules} The service checks only the ` +
    "fields that the patch names. The service refuses integers beyond 2^53 - 1, because JSON parsers would change them. " +
    "The service refuses the same characters in `keywords` as in an `object_key`. A keyword that has only joiners and " +
    "blanks counts as empty. Texts are stored in the form NFC.",
  properties: {
    description: { ...description, type: ["string", "null"] },
    keywords: { ...keywords, type: ["array", "null"] },
    ...patched,
  },
  additionalProperties: custom,
});
