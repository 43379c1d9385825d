import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { unclearAfter } from "../../../db/runs/run-ambiguous.ts";
import { missingOf, missingPosition, type DeclaringRun } from "../../../db/runs/run-missing.ts";
import { readGroups } from "../../../db/runs/shown.ts";
import type { Run } from "../../../protocol/run.ts";
import type { Services } from "../../../services.ts";
import { countFitting } from "../../answers/answer-size.ts";
import { wholeSerialiser } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import { cursorParameter } from "../../requests/list-query.ts";
import { wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { knownRun, runParam } from "./runs.ts";

const nextCursor = z.string().nullable().openapi({
  description:
    "The `cursor` of the next page; null on the last page. A page may hold fewer items than `limit`, or none.",
});

const problems = ["invalid_api_key", "insufficient_scope", "resource_not_found", "validation_error"] as const;

/** The answer with a page of such items, and the name of its schema in the document. */
function pageOf<Item extends z.ZodType>(item: Item, { name, what }: { name: string; what: string }) {
  const description = `A page of ${what}.`;
  const schema = z
    .object({
      items: z.array(item).openapi({ description: `The ${what} of the page.` }),
      next_cursor: nextCursor,
    })
    .openapi(name, { description });
  return { description, content: { "application/json": { schema } } };
}

const missingRoute = createRoute({
  method: "get",
  path: "/v1/ingest/runs/{id}/missing",
  operationId: "listRunMissing",
  summary: "List the media objects that a run declared missing",
  description:
    "Needs the scope `read`. For a run in the state `needs_confirmation` that is the latest of its storage provider, the list also holds the media objects that an ingest with `confirm_missing` would declare missing. " +
    "The media objects are as they are now: a media object that was found again since is not in the list.",
  tags: ["Ingest"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    params: runParam,
    query: z.strictObject({
      limit: wholeNumber({ min: 1, max: 500 })
        .default(100)
        .openapi({ default: 100, description: "The largest number of media objects on a page." }),
      cursor: cursorParameter.optional(),
    }),
  },
  responses: withProblems(
    {
      200: pageOf(mediaObjectSchema, { name: "RunMissingList", what: "media objects" }),
    },
    ...problems,
  ),
});

const unclearSchema = z
  .object({
    media: mediaObjectSchema,
    candidates: z.array(mediaObjectSchema).openapi({
      description:
        "The media objects with the same bytes that the run made, at most 20: one of them may be the photo.",
    }),
  })
  .openapi("UnclearMove", {
    description: "A media object whose photo may have moved. `relinkMedia` decides where it is now.",
  });

const ambiguousRoute = createRoute({
  method: "get",
  path: "/v1/ingest/runs/{id}/ambiguous",
  operationId: "listRunAmbiguous",
  summary: "List the moves that a run did not guess",
  description:
    "Needs the scope `read`. Several missing photos, or several new ones, had the same bytes, and the run could not tell which of them had moved where. " +
    "The media objects are as they are now: a media object that was found again since, or that has no candidates any more, is not in the list.",
  tags: ["Ingest"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    params: runParam,
    query: z.strictObject({
      limit: wholeNumber({ min: 1, max: 100 })
        .default(20)
        .openapi({ default: 20, description: "The largest number of moves on a page." }),
      cursor: cursorParameter.optional(),
    }),
  },
  responses: withProblems(
    {
      200: pageOf(unclearSchema, { name: "UnclearMoveList", what: "moves" }),
    },
    ...problems,
  ),
});

/** `/v1/ingest/runs/{id}/missing` and `/v1/ingest/runs/{id}/ambiguous`. */
export const runMediaRoutes = createRoutes();

runMediaRoutes.openapi(missingRoute, async (context) => {
  const services = context.get("services");
  const { limit, cursor } = context.req.valid("query");
  const run = await knownRun(services, context.req.valid("param").id);
  const list = `missing ${run.id}`;
  const from = await positionOf(services, { list, cursor }, missingPosition);
  const { found, next } = await missingOf(services.db, await declaringRun(services, run), { from, limit });
  const groups = await readGroups(
    services.db,
    found.map(({ pk }) => [pk]),
  );
  const toJson = await wholeSerialiser(services, groups.flat());
  const shown = groups.map((media) => media.map(toJson));
  const fitting = countFitting(shown);
  const end = fitting < found.length ? found[fitting - 1]?.position : next;
  return context.json(
    { items: shown.slice(0, fitting).flat(), next_cursor: await cursorOf(services, list, end) },
    200,
  );
});

runMediaRoutes.openapi(ambiguousRoute, async (context) => {
  const services = context.get("services");
  const { limit, cursor } = context.req.valid("query");
  const run = await knownRun(services, context.req.valid("param").id);
  const list = `ambiguous ${run.id}`;
  const after = await positionOf(services, { list, cursor }, z.string());
  const { found, next } = await unclearAfter(services.db, run.id, { after: after ?? "", limit });
  const groups = await readGroups(
    services.db,
    found.map(({ pk, candidates }) => [pk, ...candidates]),
  );
  const toJson = await wholeSerialiser(services, groups.flat());
  const shown = groups.map((group) => group.map(toJson));
  const fitting = countFitting(shown);
  const end = fitting < found.length ? found[fitting - 1]?.id : next;
  // A record that was deleted at this moment leaves its candidates, or is left without.
  const items = shown.slice(0, fitting).flatMap(([media, ...candidates], index) => {
    const isWhole = media?.id === found[index]?.id && candidates.length > 0;
    return media === undefined || !isWhole ? [] : [{ media, candidates }];
  });
  return context.json({ items, next_cursor: await cursorOf(services, list, end) }, 200);
});

/** How far the clocks of two Workers may be apart. */
const skewMs = 10 * 60_000;

/** How many runs are asked whether one is later; the coordinator keeps no more. */
const keptRuns = 100;

/** A run with the providers of which it asks, as long as none of their runs is later. */
async function declaringRun(services: Services, run: Run): Promise<DeclaringRun> {
  const since = Date.parse(run.started_at) - skewMs;
  const asking = Object.entries(run.providers).flatMap(([name, { state }]) =>
    state === "needs_confirmation" ? [name] : [],
  );
  if (asking.length === 0) return { id: run.id, since, asks: [] };
  const runs = (await services.coordinator.runs(keptRuns, null)).filter(({ kind }) => kind === "ingest");
  const asks = asking.filter(
    (name) => runs.find(({ providers }) => Object.hasOwn(providers, name))?.id === run.id,
  );
  return { id: run.id, since, asks: asks.toSorted((a, b) => (a < b ? -1 : 1)) };
}

async function positionOf<T>(
  services: Services,
  { list, cursor }: { readonly list: string; readonly cursor: string | undefined },
  schema: z.ZodType<T>,
): Promise<T | null> {
  if (cursor === undefined) return null;
  const content = await decodeCursor(signingSecrets(services), list, cursor, schema);
  if (content === null) throw validationError([{ path: "cursor", message: "is not a cursor of this list" }]);
  return content.head;
}

async function cursorOf(services: Services, list: string, head: unknown): Promise<string | null> {
  if (head === null || head === undefined) return null;
  return encodeCursor(signingSecrets(services), list, { head, text: "" });
}
