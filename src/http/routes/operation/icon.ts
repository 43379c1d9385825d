import { Hono } from "hono";

import type { AppEnv } from "../../context.ts";
import { leadTo } from "../../answers/page.ts";
import { withoutParameters } from "../../requests/validation.ts";

/** `GET /favicon.ico`: leads those who ask for the icon by its old name to the static asset. */
export const iconRoutes = new Hono<AppEnv>().get("/favicon.ico", withoutParameters, (context) =>
  leadTo(context, "/favicon.svg", 301),
);
