/** The pages for people and what leads to them: the OpenAPI document, itself among them, tells nothing of these. */
export const pagePaths: readonly string[] = [
  "/openapi.json",
  "/docs",
  "/docs/",
  "/docs/errors",
  "/docs/errors/",
  "/favicon.ico",
];
