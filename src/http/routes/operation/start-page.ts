import { Hono } from "hono";
import { html } from "hono/html";

import type { AppEnv } from "../../context.ts";
import { answerPage, leadTo } from "../../answers/page.ts";
import { withoutParameters } from "../../requests/validation.ts";

const content = html`<p>
    This service gives a photo collection a memory. The service finds the photos in your own storage. People
    describe, tag and fetch the photos through an HTTP API.
  </p>
  <ul>
    <li><a href="/docs">Documentation of the API</a></li>
    <li><a href="/docs/errors">Errors of the API, with the remedy for each error</a></li>
    <li><a href="/openapi.json">OpenAPI document, for programs</a></li>
    <li><a href="/health">Health of the service</a></li>
  </ul>
  <p>To upload a folder of photos, run this command in the folder of the project:</p>
  <pre>npm run import -- ~/Pictures/2024</pre>`;

/** `GET /`: a page for people who open the service in a browser; and the icon, for those who ask for it by its old name. */
export const startPageRoutes = new Hono<AppEnv>()
  .get("/", withoutParameters, async (context) => answerPage(context, { title: "Tagline", content }))
  .get("/favicon.ico", withoutParameters, (context) => leadTo(context, "/favicon.svg", 301));
