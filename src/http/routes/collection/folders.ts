import { createRoute, z } from "@hono/zod-openapi";

import { listFolderMedia } from "../../../db/collection/folder-media.ts";
import { resolveFolder } from "../../../db/collection/folder-path.ts";
import { foldersPerPage, listSubFolders, type SubFolderPage } from "../../../db/collection/sub-folders.ts";
import { countFitting } from "../../answers/answer-size.ts";
import { wholeSerialiser } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { longestKey } from "../../requests/finding-query.ts";
import { cursorParameter, mostPerPage, pageNoteWith } from "../../requests/list-query.ts";
import { wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { FolderCursors } from "./folder-cursors.ts";

const mediaNote = pageNoteWith("3,300 files and folders");

const foldersQuery = z.strictObject({
  path: z.string().min(1).max(longestKey).optional().openapi({
    description:
      "The folder, such as `2024/beach`; by default the root. A slash at the end makes no difference. Upper and lower case differ.",
  }),
  provider: z
    .string()
    .min(1)
    .max(32)
    .optional()
    .openapi({ description: "Only media objects of the storage provider with this name, such as `r2`." }),
  limit: wholeNumber({ min: 1, max: mostPerPage })
    .default(100)
    .openapi({
      default: 100,
      description: `The largest number of media objects on a page. ${mediaNote}`,
    }),
  cursor: cursorParameter.optional().openapi({
    description:
      "The `media.next_cursor` of the page before. Repeat `path` and `provider` unchanged. Without `folders_cursor` the answer then has no `folders`.",
  }),
  folders_cursor: cursorParameter.optional().openapi({
    description:
      "The `folders_cursor` of the page before. Repeat `path` and `provider` unchanged. Without `cursor` the answer then has the first page of `media` again.",
  }),
});

const folderSchema = z
  .object({
    name: z.string().openapi({ description: "The name of the folder, without a slash." }),
    path: z.string().openapi({
      description: "The whole path of the folder, with a slash at the end: the parameter `path` takes it.",
    }),
    count: z.int().openapi({
      minimum: 0,
      description:
        "The number of media objects anywhere in the folder, without missing media objects. The service stops counting at 1,000.",
    }),
    capped: z.boolean().openapi({
      description:
        "`true`: the service stopped counting, and the folder may have more media objects than `count`. With `provider` the media objects of other providers are looked at too, so `count` may be any number up to 1,000 then, even 0.",
    }),
  })
  .openapi("Folder", { description: "A folder directly below another folder." });

const folderListing = z
  .object({
    path: z.string().openapi({
      description:
        "The path of the folder, with a slash at the end; empty for the root. A slash at the front is left out, unless the storage has object keys that begin with a slash.",
    }),
    folders: z.array(folderSchema).openapi({
      description: `The folders directly below the path that have media objects, at most ${foldersPerPage}. They are in natural order: \`img2\` is before \`img10\`, and case and accents count last. In a folder with more than 9,000 folders, each 9,000 are in natural order, and these groups follow each other in the order of bytes.`,
    }),
    folders_cursor: z.string().nullable().openapi({
      description:
        "The `folders_cursor` of the next page of folders; null on the last page. A page may hold fewer folders, or none, because folders without media objects are left out.",
    }),
    media: z
      .object({
        items: z.array(mediaObjectSchema).openapi({
          description:
            "The media objects directly in the folder, without missing media objects, in the order of their object keys.",
        }),
        next_cursor: z
          .string()
          .nullable()
          .openapi({
            description: `The \`cursor\` of the next page of media objects; null on the last page. ${mediaNote}`,
          }),
      })
      .openapi("FolderMedia", { description: "A page of the media objects directly in a folder." }),
  })
  .openapi("FolderListing", { description: "What a folder holds: folders and media objects." });

const foldersRoute = createRoute({
  method: "get",
  path: "/v1/folders",
  operationId: "listFolder",
  summary: "List a folder",
  description:
    "Needs the scope `read`. The folders are the parts of object keys between slashes. A path without media objects is an empty folder, not an error.",
  tags: ["Finding"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: foldersQuery },
  responses: withProblems(
    {
      200: {
        description: "The folders and the media objects of the folder.",
        content: { "application/json": { schema: folderListing } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/folders`. */
export const folderRoutes = createRoutes().openapi(foldersRoute, async (context) => {
  const {
    cursor,
    folders_cursor: foldersCursor,
    path: named = "",
    provider,
    limit,
  } = context.req.valid("query");
  const services = context.get("services");
  const path = await resolveFolder(services.db, named);
  const cursors = new FolderCursors(services, { path, provider });
  const mediaFrom = cursor === undefined ? null : await cursors.readMedia(cursor);
  const foldersFrom = foldersCursor === undefined ? null : await cursors.readFolders(foldersCursor);
  // Whoever goes on with the media alone has the folders already, and each of them would be counted again.
  const isMediaAlone = mediaFrom !== null && foldersFrom === null;
  const [folders, media] = await Promise.all([
    isMediaAlone ? noFolders : listSubFolders(services.db, { path, provider, from: foldersFrom }),
    listFolderMedia(services.db, { path, provider, from: mediaFrom, limit }),
  ]);
  const shown = media.items.map((item) => item.media);
  const items = shown.map(await wholeSerialiser(services, shown));
  const fitting = countFitting(items, folders);
  const next = fitting < items.length ? media.items[fitting - 1]?.position : media.next;
  return context.json(
    {
      path,
      folders: [...folders.folders],
      folders_cursor: folders.next === null ? null : await cursors.writeFolders(folders.next),
      media: {
        items: items.slice(0, fitting),
        next_cursor: next === null || next === undefined ? null : await cursors.writeMedia(next),
      },
    },
    200,
  );
});

const noFolders: SubFolderPage = { folders: [], next: null };
