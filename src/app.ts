import type { OpenAPIHono } from "@hono/zod-openapi";

import { authenticate } from "./http/middleware/authentication.ts";
import { tidyContentType } from "./http/headers/content-type.ts";
import type { AppEnv } from "./http/context.ts";
import { crossOrigin } from "./http/middleware/cross-origin.ts";
import { dropEmptyParameters } from "./http/middleware/empty-parameters.ts";
import { createNotFound } from "./http/answers/not-found.ts";
import { createOpenApiDocument } from "./http/openapi-document.ts";
import { answerProblem } from "./http/answers/problem.ts";
import { keepSidecars } from "./http/middleware/keep-sidecars.ts";
import { limitKeyless } from "./http/middleware/rate-limiting.ts";
import { checkBookmark, requestContext } from "./http/middleware/request-context.ts";
import { createRoutes } from "./http/routing.ts";
import { aboutRoutes } from "./http/routes/operation/about.ts";
import { contentRoutes } from "./http/routes/media/data.ts";
import { cameraRoutes } from "./http/routes/collection/cameras.ts";
import { databaseRoutes } from "./http/routes/operation/database.ts";
import { docsRoutes } from "./http/routes/operation/docs.ts";
import { errorPageRoutes } from "./http/routes/operation/error-page.ts";
import { folderRoutes } from "./http/routes/collection/folders.ts";
import { bulkRoutes } from "./http/routes/changes/bulk.ts";
import { selectedKeywordRoutes } from "./http/routes/changes/keywords.ts";
import { historyRoutes } from "./http/routes/changes/history.ts";
import { healthRoutes } from "./http/routes/operation/health.ts";
import { ingestEventRoutes } from "./http/routes/ingest/events.ts";
import { ingestRunRoutes } from "./http/routes/ingest/runs.ts";
import { ingestRoutes } from "./http/routes/ingest/start.ts";
import { keywordRoutes } from "./http/routes/collection/keywords.ts";
import { mediaLinkRoutes } from "./http/routes/media/links.ts";
import { mediaListRoutes } from "./http/routes/media/list.ts";
import { writeSidecarsRoutes } from "./http/routes/ingest/sidecars.ts";
import { sidecarRoutes } from "./http/routes/media/sidecar.ts";
import { mediaRoutes } from "./http/routes/media/item.ts";
import { searchRoutes } from "./http/routes/media/search.ts";
import { neighbourRoutes } from "./http/routes/media/neighbours.ts";
import { overviewRoutes } from "./http/routes/collection/overview.ts";
import { timelineRoutes } from "./http/routes/collection/timeline.ts";
import { startPageRoutes } from "./http/routes/operation/start-page.ts";
import { thumbnailRoutes } from "./http/routes/media/thumbnail.ts";
import { uploadRoutes } from "./http/routes/media/upload.ts";
import { xmpRoutes } from "./http/routes/transfer/xmp.ts";
import { webhookRoutes } from "./http/routes/webhooks/dropbox.ts";
import { securityHeaders } from "./http/middleware/security-headers.ts";
import { withoutParameters } from "./http/requests/validation.ts";

/** The whole HTTP side: middleware in order, then the routes. */
export function createApp(): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use(requestContext);
  app.use(securityHeaders);
  app.use(crossOrigin);
  app.use(limitKeyless);
  app.use(checkBookmark);
  app.use(tidyContentType);
  app.use("/v1/*", authenticate);
  app.use(dropEmptyParameters);
  app.use("/v1/*", keepSidecars);
  mountRoutes(app);
  let document: ReturnType<typeof createOpenApiDocument> | undefined;
  app.get("/openapi.json", withoutParameters, (context) => {
    document ??= createOpenApiDocument(app);
    return context.json(document, 200, { "Cache-Control": "public, max-age=300" });
  });
  app.notFound(createNotFound(app));
  app.onError(answerProblem);
  return app;
}

/** One sub-app for each resource. */
function mountRoutes(app: OpenAPIHono<AppEnv>): void {
  app.route("/", mediaListRoutes);
  app.route("/", searchRoutes);
  app.route("/", uploadRoutes);
  app.route("/", mediaRoutes);
  app.route("/", sidecarRoutes);
  app.route("/", neighbourRoutes);
  app.route("/", historyRoutes);
  app.route("/", bulkRoutes);
  app.route("/", selectedKeywordRoutes);
  app.route("/", mediaLinkRoutes);
  app.route("/", contentRoutes);
  app.route("/", thumbnailRoutes);
  app.route("/", xmpRoutes);
  app.route("/", overviewRoutes);
  app.route("/", timelineRoutes);
  app.route("/", keywordRoutes);
  app.route("/", cameraRoutes);
  app.route("/", folderRoutes);
  app.route("/", ingestRoutes);
  app.route("/", writeSidecarsRoutes);
  app.route("/", ingestRunRoutes);
  app.route("/", ingestEventRoutes);
  app.route("/", databaseRoutes);
  app.route("/", aboutRoutes);
  app.route("/", webhookRoutes);
  app.route("/", healthRoutes);
  app.route("/", docsRoutes);
  app.route("/", errorPageRoutes);
  app.route("/", startPageRoutes);
}
