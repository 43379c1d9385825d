import { Hono } from "hono";

import { preloads, script, style } from "../../../../dist/modules/docs-viewer.json";
import type { AppEnv } from "../../context.ts";
import { leadTo } from "../../answers/page.ts";
import { withoutParameters } from "../../requests/validation.ts";

/** The viewer's own files are static assets; nothing is loaded from anywhere else. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tagline API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="${style}">
${preloads.map((path) => `<link rel="modulepreload" href="${path}">`).join("\n")}
</head>
<body>
<noscript>
<p>This page shows the documentation of the API by a script. Without scripts, read the description that the page is made of:
<a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). <a href="/docs/errors">/docs/errors</a> explains the error codes.</p>
</noscript>
<div id="viewer"></div>
<script type="module" src="${script}"></script>
</body>
</html>
`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * `GET /docs`: the API's documentation for people, made from `/openapi.json`. The page itself is kept by nobody, since it
 * names the viewer's files, whose names change with what is in the files.
 */
export const docsRoutes = new Hono<AppEnv>()
  .get("/docs", withoutParameters, (context) =>
    context.html(page, 200, { "Cache-Control": "public, max-age=0", "Content-Security-Policy": policy }),
  )
  .get("/docs/", withoutParameters, (context) => leadTo(context, "/docs", 308));
