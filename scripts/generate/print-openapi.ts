/**
 * Prints the OpenAPI document of the Worker's source as `GET /openapi.json` answers it. The Worker's own code makes the
 * document on Node; its types do not hold on Node, so that the modules come by their addresses. It is a program of its own
 * since what stands in for workerd must be there before any of these modules.
 */
import { registerHooks } from "node:module";
import { z } from "zod";

/** What stands in for the modules that only workerd has: the document is made without a request, and calls none. */
const standIns: readonly { readonly matches: RegExp; readonly source: string }[] = [
  { matches: /^cloudflare:workers$/, source: "export const waitUntil = null; export class DurableObject {}" },
  // Neither compiled nor even built: a fresh clone has no modules yet.
  { matches: /\.wasm$/, source: "export default null;" },
  // Names the files of a page, which the document does not speak of.
  { matches: /\/docs-viewer\.json$/, source: "export const script = null, style = null, preloads = [];" },
];

registerHooks({
  resolve: (specifier, context, next) => {
    const standIn = standIns.find(({ matches }) => matches.test(specifier));
    if (standIn === undefined) return next(specifier, context);
    const url = `data:text/javascript,${encodeURIComponent(standIn.source)}`;
    return { url, format: "module", shortCircuit: true };
  },
});

const app = new URL("../../src/app.ts", import.meta.url).href;
const document = new URL("../../src/http/openapi-document.ts", import.meta.url).href;

const appSchema = z.object({
  createApp: z.custom<() => unknown>((value) => typeof value === "function"),
});

const documentSchema = z.object({
  createOpenApiDocument: z.custom<(of: unknown) => unknown>((value) => typeof value === "function"),
});

const { createApp } = appSchema.parse(await import(app));
const { createOpenApiDocument } = documentSchema.parse(await import(document));
process.stdout.write(JSON.stringify(createOpenApiDocument(createApp())));
