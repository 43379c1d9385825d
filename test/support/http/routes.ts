import { createApp } from "../../../src/app.ts";

/** Every route and the scope that it needs; null where it needs no key. A route that is not here fails a test. */
export const routes: Readonly<Record<string, "read" | "write" | "admin" | null>> = {
  "GET /v1/media": "read",
  "POST /v1/media": "write",
  "GET /v1/search": "read",
  "GET /v1/media/:id": "read",
  "PATCH /v1/media/:id": "write",
  "DELETE /v1/media/:id": "write",
  "POST /v1/media/:id/process": "write",
  "POST /v1/media/:id/restore": "write",
  "POST /v1/media/:id/sidecar": "write",
  "POST /v1/media/:id/suggestions/accept": "write",
  "DELETE /v1/media/:id/suggestions": "write",
  "POST /v1/sidecars": "admin",
  "POST /v1/media/:id/links": "read",
  "GET /v1/media/:id/neighbours": "read",
  "POST /v1/media/bulk": "write",
  "POST /v1/media/keywords": "read",
  "GET /v1/media/:id/history": "read",
  "POST /v1/media/:id/revert": "write",
  "GET /v1/media/:id/data": "read",
  "GET /v1/media/:id/thumbnail": "read",
  "GET /v1/operations": "read",
  "POST /v1/operations/:id/revert": "write",
  "GET /v1/media/:id/similar": "read",
  "GET /v1/duplicates": "read",
  "POST /v1/duplicates/unite": "write",
  "POST /v1/media/:id/relink": "write",
  "GET /v1/ingest/runs/:id/missing": "read",
  "GET /v1/ingest/runs/:id/ambiguous": "read",
  "GET /v1/media/:id/xmp": "read",
  "GET /v1/overview": "read",
  "GET /v1/timeline": "read",
  "GET /v1/keywords": "read",
  "GET /v1/cameras": "read",
  "GET /v1/folders": "read",
  "GET /v1/export": "read",
  "POST /v1/import": "admin",
  "POST /v1/ingest": "admin",
  "GET /v1/ingest/status": "read",
  "POST /v1/ingest/cancel": "admin",
  "GET /v1/ingest/runs": "read",
  "GET /v1/ingest/runs/:id": "read",
  "GET /v1/ingest/runs/:id/failures": "read",
  "GET /v1/ingest/events": "read",
  "POST /v1/database/scan": "admin",
  "GET /v1/database/health": "read",
  "GET /v1/about": "read",
  "GET /v1/session": null,
  "POST /v1/session": "read",
  "DELETE /v1/session": null,
  "POST /mcp": "read",
  "GET /webhooks/dropbox": null,
  "POST /webhooks/dropbox": null,
  "GET /health": null,
  "GET /openapi.json": null,
  "GET /docs": null,
  "GET /docs/": null,
  "GET /docs/errors": null,
  "GET /docs/errors/": null,
  "GET /favicon.ico": null,
};

/** The routes that a signed link opens, too. */
export const linkedRoutes: readonly string[] = ["GET /v1/media/:id/data", "GET /v1/media/:id/thumbnail"];

/** The routes below `/v1` that let nobody in, too; a wrong key is refused there as well. */
export const openRoutes: readonly string[] = ["GET /v1/session", "DELETE /v1/session"];

/** An id that no record has. */
export const anId = "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11";

/** A route as the app has it, and a path to try it at. */
export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly at: string;
}

/** Every route that the app answers, whether it is in the table or not. */
export const everyRoute: readonly Route[] = [
  ...new Map(
    createApp()
      .routes.filter((route) => route.method !== "ALL")
      .map(({ method, path }): [string, Route] => {
        const name = `${method} ${path}`;
        return [name, { name, method, path, at: path.replaceAll(/:\w+/g, anId) }];
      }),
  ).values(),
];

/** Those that need a key. */
export const keyedRoutes = everyRoute.filter(
  ({ name, path }) => (path.startsWith("/v1/") || path === "/mcp") && !openRoutes.includes(name),
);
