import { Hono } from "hono";
import { html } from "hono/html";

import { errorDefinitions, type ErrorDefinition } from "../../../core/errors.ts";
import type { AppEnv } from "../../context.ts";
import { answerPage, leadTo } from "../../answers/page.ts";
import { withoutParameters } from "../../requests/validation.ts";

const definitions: readonly [string, ErrorDefinition][] = Object.entries(errorDefinitions);

/** `GET /docs/errors`: where the `type` of every problem leads, made from the table of errors. */
export const errorPageRoutes = new Hono<AppEnv>()
  .get("/docs/errors", withoutParameters, async (context) =>
    answerPage(context, {
      title: "Errors of the Tagline API",
      content: html`<p>
          The service answers every refused request with problem details (RFC 9457) that have a
          <code>code</code>. This page explains the meaning of each code and the remedy. The
          <a href="/docs">documentation</a> lists the codes that each request can get.
        </p>
        <ul>
          ${definitions.map(([code]) => html`<li><a href="#${code}">${code}</a></li> `)}
        </ul>
        ${definitions.map(([code, definition]) => sectionOf(code, definition))}`,
    }),
  )
  .get("/docs/errors/", withoutParameters, (context) => leadTo(context, "/docs/errors", 308));

function sectionOf(code: string, { status, title, retryable, meaning, remedy }: ErrorDefinition) {
  const again = retryable
    ? "The same request may succeed later."
    : "The same request fails again until something else changes.";
  return html`<section id="${code}">
    <h2>${code}</h2>
    <dl>
      <dt>Status</dt>
      <dd>${status} ${title}</dd>
      <dt>Meaning</dt>
      <dd>${meaning}</dd>
      <dt>Remedy</dt>
      <dd>${remedy}</dd>
      <dt>Retry</dt>
      <dd>${again}</dd>
    </dl>
  </section> `;
}
