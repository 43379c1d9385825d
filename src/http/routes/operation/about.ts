import { createRoute, z } from "@hono/zod-openapi";

import { type Config } from "../../../config/config.ts";
import { callerFields, shownCaller } from "../../answers/caller-json.ts";
import { mediaTypes } from "../../../core/media-type.ts";
import { metadataLimits } from "../../../media/metadata/rules.ts";
import { maxKeyBytes } from "../../../storage/provider.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { mostPerPage, mostSkipped } from "../../requests/list-query.ts";
import { mostSelectedIds } from "../../requests/selection.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { linkLifetime } from "../../links/signed-links.ts";
import { noParameters } from "../../requests/validation.ts";
import { maxJsonBytes } from "../../requests/json-body.ts";
import { version } from "../../version.ts";
import { maxFormBytes } from "../media/upload.ts";

const wordLimits = z.object({
  bytes: z.int().openapi({ description: "The largest size of `object_metadata` as JSON, in bytes." }),
  depth: z.int().openapi({
    description: "The most levels of nested objects and arrays. `object_metadata` itself is level 1.",
  }),
  description_characters: z.int().openapi({ description: "The most characters of `description`." }),
  text_characters: z.int().openapi({
    description:
      "The most characters of `title`, `creator`, `credit`, `copyright`, `usage_terms`, `city`, `state` and `country`.",
  }),
  keywords: z.int().openapi({ description: "The most keywords of a media object." }),
  keyword_characters: z.int().openapi({ description: "The most characters of a keyword." }),
  field_name_characters: z.int().openapi({ description: "The most characters of the name of a field." }),
});

const limits = z.object({
  upload_bytes: z.int().openapi({ description: "The most bytes of an upload with a raw body." }),
  form_bytes: z.int().openapi({ description: "The most bytes of an upload as a form, with all fields." }),
  json_bytes: z.int().openapi({ description: "The most bytes of a JSON body." }),
  process_bytes: z.int().openapi({
    description:
      "The most bytes of a photo with a thumbnail. The service stores and serves a larger file without a thumbnail.",
  }),
  pixels: z.int().openapi({
    description:
      "The most pixels of a photo with a thumbnail. The service stores and serves a larger photo without a thumbnail.",
  }),
  object_key_bytes: z.int().openapi({ description: "The most bytes of UTF-8 of an `object_key`." }),
  page: z.int().openapi({ description: "The largest `limit` of `GET /v1/media`." }),
  offset: z.int().openapi({ description: "The largest `offset` of `GET /v1/media`." }),
  bulk: z.int().openapi({
    description:
      "The most `ids` of `POST /v1/media/bulk`, and the most media objects of one that is `atomic`.",
  }),
  link_seconds: z.int().openapi({ description: "The largest `expires_in` of signed links." }),
  trash_days: z.int().openapi({
    description:
      "The number of days after which the nightly run deletes what is in the trash. 0: there is no trash, and every `DELETE` is for good and needs the scope `admin`.",
  }),
  object_metadata: wordLimits.openapi({
    description: "The limits of `object_metadata`. Characters are Unicode code points.",
  }),
});

const provider = z.object({
  name: z.string().openapi({ description: "The name of the storage provider." }),
  type: z.string().openapi({ description: "The kind of storage: `r2` or `dropbox`." }),
  writable: z.boolean().openapi({ description: "Whether the storage provider takes uploads." }),
});

const aboutSchema = z
  .object({
    version: z.string().openapi({ description: "The version of the service." }),
    commit: z.string().nullable().openapi({
      description: "The commit that the service was built from; null if the deployment did not set a commit.",
    }),
    caller: z.object(callerFields).openapi({ description: "The caller that sent the request." }),
    accepted_types: z
      .array(z.enum(mediaTypes).openapi({ description: "A media type." }))
      .openapi({ description: "The media types that an upload may have." }),
    limits: limits.openapi({ description: "The limits of this service." }),
    providers: z
      .array(provider.openapi({ description: "A storage provider." }))
      .openapi({ description: "The configured storage providers." }),
  })
  .openapi("About", {
    description: "The caller, the limits of the service, and the types and storage providers for uploads.",
  });

const aboutRoute = createRoute({
  method: "get",
  path: "/v1/about",
  operationId: "getAbout",
  summary: "Get the caller, the limits and the accepted types",
  description:
    "Needs the scope `read`. The answer names the caller, the limits, the accepted media types and the storage providers. The service answers without reading the database.",
  tags: ["Operation"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: noParameters },
  responses: withProblems(
    {
      200: {
        description: "The caller, the limits and the accepted types.",
        content: { "application/json": { schema: aboutSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/about`. */
export const aboutRoutes = createRoutes().openapi(aboutRoute, (context) => {
  const { config, providers } = context.get("services");
  const caller = context.get("caller");
  if (caller.kind !== "known") throw new Error("a caller who is not known has passed requireScope");
  context.header("Cache-Control", "no-store");
  return context.json(
    {
      version,
      commit: config.commit,
      caller: shownCaller(caller),
      accepted_types: [...mediaTypes],
      limits: limitsOf(config),
      providers: Array.from(providers.values(), ({ name, type, writable }) => ({ name, type, writable })),
    },
    200,
  );
});

function limitsOf(config: Config): z.infer<typeof limits> {
  return {
    upload_bytes: config.maxUploadBytes,
    form_bytes: maxFormBytes,
    json_bytes: maxJsonBytes,
    process_bytes: config.maxProcessBytes,
    pixels: config.maxPixels,
    object_key_bytes: maxKeyBytes,
    page: mostPerPage,
    offset: mostSkipped,
    bulk: mostSelectedIds,
    link_seconds: linkLifetime.most,
    trash_days: config.trashDays,
    object_metadata: {
      bytes: metadataLimits.serialisedBytes,
      depth: metadataLimits.depth,
      description_characters: metadataLimits.descriptionCharacters,
      text_characters: metadataLimits.textCharacters,
      keywords: metadataLimits.keywords,
      keyword_characters: metadataLimits.keywordCharacters,
      field_name_characters: metadataLimits.fieldNameCharacters,
    },
  };
}
