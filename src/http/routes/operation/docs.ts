import { Hono } from "hono";

import type { AppEnv } from "../../context.ts";
import { leadTo } from "../../answers/page.ts";
import { withoutParameters } from "../../requests/validation.ts";

/** The viewer's own files are static assets; nothing is loaded from anywhere else. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tagline API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/docs-viewer/swagger-ui.css">
</head>
<body>
<div id="viewer"></div>
<script src="/docs-viewer/swagger-ui-bundle.js"></script>
<script src="/docs-viewer/start.js"></script>
</body>
</html>
`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** `GET /docs`: the API's documentation for people, made from `/openapi.json`. */
export const docsRoutes = new Hono<AppEnv>()
  .get("/docs", withoutParameters, (context) =>
    context.html(page, 200, { "Cache-Control": "public, max-age=300", "Content-Security-Policy": policy }),
  )
  .get("/docs/", withoutParameters, (context) => leadTo(context, "/docs", 308));
