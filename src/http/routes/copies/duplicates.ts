import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import {
  copyGroupsAfter,
  copyKinds,
  groupPosition,
  type CopyGroup,
  type CopyKind,
  type GroupPosition,
} from "../../../db/copies/copy-groups.ts";
import { readGroups } from "../../../db/runs/shown.ts";
import type { Services } from "../../../services.ts";
import { countFitting } from "../../answers/answer-size.ts";
import { wholeSerialiser } from "../../answers/media-item.ts";
import { mediaObjectSchema, type MediaObjectJson } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import { cursorParameter } from "../../requests/list-query.ts";
import { wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const kindSchema = z.enum(copyKinds).openapi({
  description:
    "`equal`: media objects with the same bytes. `same`: media objects that show the same picture as the oldest of the group.",
});

const groupSchema = z
  .object({
    kind: kindSchema,
    content_hash: z
      .string()
      .nullable()
      .openapi({ description: "The `content_hash` of each media object; null for the kind `same`." }),
    file_size: z.int().nullable().openapi({
      minimum: 0,
      description: "The size of each object in bytes; null for the kind `same`.",
    }),
    count: z.int().openapi({
      minimum: 2,
      description:
        "The number of media objects of the group. The service counts a group to 1,000, and fewer at the end of a page that looked at very many.",
    }),
    capped: z.boolean().openapi({
      description:
        "`true`: the service stopped counting, and the group may have more media objects than `count`.",
    }),
    media: z.array(mediaObjectSchema).openapi({
      description:
        "The first media objects of the group, the oldest first: at most 50, and fewer if the answer has no room for more.",
    }),
  })
  .openapi("CopyGroup", { description: "Media objects that are copies of each other." });

const duplicatesList = z
  .object({
    items: z.array(groupSchema).openapi({
      description: "The groups of the page, in an order that does not change with the media objects.",
    }),
    next_cursor: z.string().nullable().openapi({
      description:
        "The `cursor` of the next page; null on the last page. A page may hold fewer groups than `limit`, or none: an answer never exceeds 4 MiB, and the service looks at no more than 10,000 media objects for a page.",
    }),
  })
  .openapi("CopyGroupList", { description: "A page of groups of copies." });

const duplicatesRoute = createRoute({
  method: "get",
  path: "/v1/duplicates",
  operationId: "listDuplicates",
  summary: "List groups of copies",
  description:
    "Needs the scope `read`. Missing media objects and the trash are left out, and so is a group of which fewer than two media objects are left. " +
    "Bytes are equal by content hash and size; the storage provider tells the hash, so that equal bytes at providers of different types are told by the kind `same` and not by `equal`. " +
    "The kind `same` is found when photos are processed: groups grow while an ingest runs. `GET /v1/media/{id}/similar` tells what is like a single media object.",
  tags: ["Finding"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    query: z.strictObject({
      kind: z.enum(copyKinds).default("equal").openapi({
        default: "equal",
        description: "What the media objects of a group have in common: the bytes, or the picture.",
      }),
      limit: wholeNumber({ min: 1, max: 100 })
        .default(20)
        .openapi({ default: 20, description: "The largest number of groups on a page." }),
      cursor: cursorParameter.optional(),
    }),
  },
  responses: withProblems(
    {
      200: {
        description: "A page of groups.",
        content: { "application/json": { schema: duplicatesList } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/duplicates`. */
export const duplicateRoutes = createRoutes().openapi(duplicatesRoute, async (context) => {
  const services = context.get("services");
  const { kind, limit, cursor } = context.req.valid("query");
  const list = `duplicates ${kind}`;
  const from = await positionOf(services, list, cursor);
  const page = await copyGroupsAfter(services.db, kind, { from, limit });
  const groups = await readGroups(
    services.db,
    page.found.map(({ pks }) => pks),
  );
  const toJson = await wholeSerialiser(services, groups.flat());
  const items = groups.map((media, index) => toGroupJson(kind, page.found[index], media.map(toJson)));
  const fitting = countFitting(items);
  const last = page.found[fitting - 1];
  const next =
    fitting < page.found.length && last !== undefined ? { key: last.key, within: null } : page.next;
  const nextCursor =
    next === null ? null : await encodeCursor(signingSecrets(services), list, { head: next, text: "" });
  const shown = items.slice(0, fitting).flatMap((item) => item ?? []);
  return context.json({ items: shown, next_cursor: nextCursor }, 200);
});

/** Null for a group of which fewer than two are there when they are read. */
function toGroupJson(
  kind: CopyKind,
  group: CopyGroup | undefined,
  media: readonly MediaObjectJson[],
): z.infer<typeof groupSchema> | null {
  const there = media.filter((each) => each.missing_since === null);
  if (group === undefined || there.length < 2) return null;
  const { name, size } = group.key;
  return {
    kind,
    content_hash: kind === "equal" ? name : null,
    file_size: kind === "equal" ? size : null,
    count: group.count,
    capped: group.capped,
    media: there,
  };
}

async function positionOf(
  services: Services,
  list: string,
  cursor: string | undefined,
): Promise<GroupPosition | null> {
  if (cursor === undefined) return null;
  const content = await decodeCursor(signingSecrets(services), list, cursor, groupPosition);
  if (content !== null) return content.head;
  throw validationError([{ path: "cursor", message: "is not a cursor of this list" }]);
}
