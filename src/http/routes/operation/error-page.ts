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
          Every refusal is a problem (RFC 9457) with a <code>code</code>. This page says what each code means
          and what the author of a client can do. The <a href="/docs">documentation</a> says which requests
          may answer which code.
        </p>
        <ul>
          ${definitions.map(([code]) => html`<li><a href="#${code}">${code}</a></li> `)}
        </ul>
        ${definitions.map(([code, definition]) => sectionOf(code, definition))}`,
    }),
  )
  .get("/docs/errors/", withoutParameters, (context) => leadTo(context, "/docs/errors", 308));

function sectionOf(code: string, { status, title, retryable, meaning, remedy }: ErrorDefinition) {
  const again = retryable ? "It may succeed later." : "It fails again as long as nothing else has changed.";
  return html`<section id="${code}">
    <h2>${code}</h2>
    <dl>
      <dt>Status</dt>
      <dd>${status} ${title}</dd>
      <dt>What the code means</dt>
      <dd>${meaning}</dd>
      <dt>What to do</dt>
      <dd>${remedy}</dd>
      <dt>The same request again</dt>
      <dd>${again}</dd>
    </dl>
  </section> `;
}
