import type { Context } from "hono";
import { html } from "hono/html";

import type { AppEnv } from "../context.ts";

/** What is written as HTML: the helper escapes every text that is put into it. */
type Markup = ReturnType<typeof html>;

/** The style sheet and the icon are static assets of this service; nothing runs, and nothing comes from elsewhere. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Answers with a page for people, without scripts. `content` stands below the heading. */
export function answerPage(
  context: Context<AppEnv>,
  { title, content }: { readonly title: string; readonly content: Markup },
): Response | Promise<Response> {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="/pages.css" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `;
  return context.html(page, 200, {
    "Cache-Control": "public, max-age=300",
    "Content-Security-Policy": policy,
  });
}

/** Leads to the one address that something has, for good. */
export function leadTo(context: Context<AppEnv>, path: string, status: 301 | 308): Response {
  context.header("Cache-Control", "public, max-age=300");
  return context.redirect(path, status);
}
