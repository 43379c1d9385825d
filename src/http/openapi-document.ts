import type { OpenAPIHono } from "@hono/zod-openapi";

import type { AppEnv } from "./context.ts";
import { version } from "./version.ts";

const description = `Tagline gives a photo collection a memory: it finds the photos in your own storage, reads what each
file tells, makes thumbnails, and lets people describe, tag and fetch them.

Keys have the scopes \`read\`, \`write\` and \`admin\`, each of which includes those before it; each operation names the one
it needs. A key never goes into the address. Who calls too often gets \`429\` with \`Retry-After\`.

A query parameter with an empty value (\`prefix=\`) is the same as none; one that is unknown, or given twice where it is not
marked as an array, is refused.

Errors are problem details (RFC 9457) with a \`code\`; their \`type\` leads to what the code
means and what to do, and [/docs/errors](/docs/errors) has all of them. Every response has an \`X-Request-Id\`.`;

/** The OpenAPI 3.1 document, made from the very schemas that validate. */
export function createOpenApiDocument(app: OpenAPIHono<AppEnv>) {
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  app.openAPIRegistry.registerComponent("securitySchemes", "signedLink", {
    type: "apiKey",
    in: "query",
    name: "signature",
    description: "Part of the links that `POST /v1/media/{id}/links` and `links=true` give out.",
  });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Tagline", version, description, license: { name: "MIT" } },
    servers: [{ url: "/" }],
  });
}
