import type { OpenAPIHono } from "@hono/zod-openapi";

import type { AppEnv } from "./context.ts";
import { has, requestHeaders, responseHeaders, takes } from "./document-headers.ts";
import { version } from "./version.ts";

const description = `Tagline gives a photo collection a memory. Tagline finds the photos in your own storage, reads the
facts in each file, makes thumbnails, and lets people describe, tag, search and fetch the photos.

**Keys.** Send a key as \`X-API-Key: KEY\`, or as \`Authorization: Bearer KEY\`. A key never goes into the address, which
many logs keep. A key has one of the scopes \`read\`, \`write\` and \`admin\`; each scope includes the scopes before it, and
each operation names the scope that it needs. After too many requests the answer is \`429\` with \`Retry-After\`.

**People.** A browser that has signed in with \`POST /v1/session\` needs no key on the pages of this service for 12 hours, on
this page too: leave the key empty. A person whom Cloudflare Access names needs no key either, if the operator has given
scopes to the address. A key counts before a session, and a session before Access. Without a key, only pages of this service may change
anything; a request from elsewhere is \`403 cross_site\`.

A query parameter with an empty value (\`prefix=\`) is the same as no parameter. The service refuses an unknown
parameter, and a parameter that is given twice but is not an array.

**Signed links.** A browser loads a photo or a thumbnail without a key by a signed link. \`makeLinks\`, and \`listMedia\`,
\`searchMedia\` and \`getMedia\` with \`links\`, return signed links. Use a link unchanged: the answer to an altered link is \`403\`.

**Errors** are problem details (RFC 9457) with a \`code\`. Their \`type\` leads to a page that explains the code and its
remedy; [/docs/errors](/docs/errors) lists all codes. Every answer has an \`X-Request-Id\`, which the log has too.

**Changes.** A later version may add fields to an answer: a client must ignore unknown fields.`;

/** The library's type knows the licence of OpenAPI 3.0 alone, which had no SPDX identifier. */
const license = { name: "MIT", identifier: "MIT" };

const tags = [
  { name: "Media", description: "The photos, and the words that people write about the photos." },
  {
    name: "Finding",
    description:
      "Search, and the collection as a whole: its numbers, timeline, keywords, cameras and folders.",
  },
  {
    name: "Changes",
    description: "The history of what people wrote, changes of many media objects at once, and the way back.",
  },
  {
    name: "Agents",
    description: "The tools with which a program that is led by a language model finds and describes photos.",
  },
  {
    name: "Ingest",
    description: "Runs that compare the storage with the media objects, and process photos.",
  },
  {
    name: "Operation",
    description: "The health of the service and the database, and the limits of the service.",
  },
  { name: "Webhooks", description: "The requests that a storage provider sends when files have changed." },
];

/** The OpenAPI 3.1 document, made from the very schemas that validate. */
export function createOpenApiDocument(app: OpenAPIHono<AppEnv>) {
  registerComponents(app);
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Tagline", version, description, license },
    servers: [{ url: "/", description: "The service that answers this document." }],
    tags,
  });
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    const operations: [string, unknown][] = Object.entries(methods);
    for (const [method, operation] of operations) {
      if (isOperation(operation)) addCommonHeaders(path, method, operation);
    }
  }
  return document;
}

function registerComponents({ openAPIRegistry: registry }: OpenAPIHono<AppEnv>): void {
  registry.registerComponent("securitySchemes", "apiKey", {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description:
      "An API key of the service. `Authorization: Bearer KEY` works as well. A browser that has signed in, and a person whom Cloudflare Access names, need no key on the pages of the service.",
  });
  for (const [name, header] of Object.entries(requestHeaders)) {
    registry.registerComponent("parameters", name, { name, in: "header", ...header });
  }
  for (const [name, header] of Object.entries(responseHeaders)) {
    registry.registerComponent("headers", name, header);
  }
}

/** The parts of an operation to which the headers of every operation are added. */
type DocumentedOperation = {
  parameters?: readonly object[];
  readonly responses: Readonly<Record<string, { headers?: object }>>;
};

function isOperation(value: unknown): value is DocumentedOperation {
  return typeof value === "object" && value !== null && "responses" in value;
}

/** Adds the headers that every route reads and answers, because the middleware before all routes does. */
function addCommonHeaders(path: string, method: string, operation: DocumentedOperation): void {
  const readsRecords = path.startsWith("/v1/") || path === "/mcp";
  const common = takes(...(readsRecords ? (["X-D1-Bookmark"] as const) : []), "X-Request-Id", "traceparent");
  // Header fields come last: what most clients send comes first.
  const [own, shared] = [false, true].map((isShared) =>
    (operation.parameters ?? []).filter((each) => "$ref" in each === isShared),
  );
  operation.parameters = [...(own ?? []), ...(shared ?? []), ...common];
  const bookmark = method === "get" ? [] : (["X-D1-Bookmark"] as const);
  for (const [status, response] of Object.entries(operation.responses)) {
    const challenge = status === "401" ? (["WWW-Authenticate"] as const) : [];
    response.headers = {
      ...response.headers,
      ...has(...challenge, ...bookmark, "Cache-Control", "Server-Timing", "X-Request-Id"),
    };
  }
}
