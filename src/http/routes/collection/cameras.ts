import { createRoute, z } from "@hono/zod-openapi";

import { countedCameras } from "../../../db/collection/counted.ts";
import { withProblems } from "../../answers/problem.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { cursorParameter, mostPerPage } from "../../requests/list-query.ts";
import { wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { countNote, listNames, nextNamesCursor } from "./counted-list.ts";

const camerasQuery = z.strictObject({
  prefix: z.string().min(1).max(200).optional().openapi({
    description:
      "Only cameras whose name begins with this text, such as `nikon`. The case of the letters A to Z is ignored.",
  }),
  sort: z.enum(["camera", "count"]).default("camera").openapi({
    description:
      "`camera`: in the order of the letters. `count`: the camera that took most photos first; cameras with the same count in the order of the letters.",
  }),
  limit: wholeNumber({ min: 1, max: mostPerPage })
    .default(100)
    .openapi({ default: 100, description: `The largest number of items on a page. ${countNote}` }),
  cursor: cursorParameter.optional(),
});

const cameraList = z
  .object({
    items: z
      .array(
        z
          .object({
            camera: z.string().openapi({
              description:
                "The maker and the model of the camera, in the spelling that the photos used last.",
            }),
            count: z.int().openapi({
              minimum: 1,
              description: "The number of media objects of the camera, missing media objects included.",
            }),
          })
          .openapi("CameraCount", { description: "A camera, and the number of its media objects." }),
      )
      .openapi({ description: "The cameras of the page." }),
    next_cursor: nextNamesCursor,
  })
  .openapi("CameraList", { description: "A page of cameras." });

const camerasRoute = createRoute({
  method: "get",
  path: "/v1/cameras",
  operationId: "listCameras",
  summary: "List the cameras",
  description:
    "Needs the scope `read`. Spellings that differ only in the case of the letters A to Z are one camera.",
  tags: ["Finding"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: camerasQuery },
  responses: withProblems(
    { 200: { description: "A page of cameras.", content: { "application/json": { schema: cameraList } } } },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/cameras`. */
export const cameraRoutes = createRoutes().openapi(camerasRoute, async (context) => {
  const { prefix: text = "", sort, limit, cursor } = context.req.valid("query");
  const prefix = foldCamera(text);
  const page = await listNames(context.get("services"), {
    table: countedCameras,
    list: JSON.stringify(["cameras", sort, prefix]),
    byCount: sort === "count",
    prefix,
    limit,
    cursor,
  });
  const items = page.items.map(({ name, count }) => ({ camera: name, count }));
  return context.json({ items, next_cursor: page.nextCursor }, 200);
});

/** As the triggers fold a camera: SQLite's `lower` knows ASCII only. */
function foldCamera(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
