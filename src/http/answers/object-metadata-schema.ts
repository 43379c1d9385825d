import { z } from "@hono/zod-openapi";

import { firstYear, lastYear, writtenTimePattern } from "../../core/text/local-time.ts";
import { textFields } from "../../media/metadata/known-fields.ts";
import { metadataLimits } from "../../media/metadata/rules.ts";
import { jsonObject } from "../requests/json-body.ts";

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

const wordsOf: Readonly<Record<(typeof textFields)[number], string>> = {
  title: "A short name for the photo.",
  creator: "Who took the photo.",
  credit: "Who is to be named with the photo.",
  copyright: "Whose the photo is: the copyright notice.",
  usage_terms: "How the photo may be used.",
  city: "The city that the photo shows.",
  state: "The state or province that the photo shows.",
  country: "The country that the photo shows.",
};

const texts = textFields.map((name) => {
  const description = `${wordsOf[name]} At most ${metadataLimits.textCharacters} characters (Unicode code points).`;
  return [name, { maxLength: metadataLimits.textCharacters, description }] as const;
});

const meanings = {
  rating: `Stars: a whole number from 0 to ${metadataLimits.rating}.`,
  taken_at:
    "When the photo was taken, as far as it is known: a year, a month, a day, or a local date-time without offset " +
    `(\`1962\`, \`1962-07\`, \`1962-07-14\`, \`1962-07-14T16:03\`, \`…:11\`, \`…:11.250\`), from ${firstYear} to ${lastYear}. Counts ` +
    "before what the file tells.",
  location: "Where the photo was taken, in degrees north and east. Counts before what the file tells.",
};

const older = " An older value of another kind is answered as it is, and counts for nothing.";

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
    additionalProperties: { type: "null" as const, description: "Removes what an older value has besides." },
    description: `${meanings.location} With the change applied it has both, and nothing else.`,
  },
};

function degrees(limit: number, description: string) {
  return { type: "number" as const, minimum: -limit, maximum: limit, description };
}

/** `object_metadata` as it is answered. */
export const objectMetadataSchema = z.record(z.string(), z.unknown()).openapi("ObjectMetadata", {
  ...shared,
  description: `What people wrote about the photo. ${rules}`,
  properties: { description, keywords, ...answered },
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
    ...patched,
  },
  additionalProperties: custom,
});
