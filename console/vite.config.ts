import { fileURLToPath } from "node:url";
import { svelte, vitePreprocess } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The service that the page of `npm run dev:console` calls. */
const service = process.env["TAGLINE_URL"] ?? "http://localhost:8787";

/** What the Worker answers itself; `run_worker_first` in wrangler.toml names the same. */
const workersPaths = ["/v1", "/mcp", "/docs", "/docs-viewer", "/openapi.json", "/health", "/favicon.svg"];

export default defineConfig({
  root: pathOf("."),
  // The icon and the style of the Worker's own pages are put among the assets by the build of the whole.
  publicDir: false,
  plugins: [svelte({ preprocess: vitePreprocess(), compilerOptions: { runes: true } })],
  resolve: { alias: { "tagline-client": pathOf("../packages/client/src/index.ts") } },
  build: {
    outDir: pathOf("../dist/assets"),
    emptyOutDir: false,
    assetsDir: "console",
    // Every picture and style is a file of its own: the policy of the page allows no data in addresses of styles.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The first that know `light-dark()`. What takes its place for older ones would not follow a part of the page that is
    // dark whatever the reader prefers.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
  },
  server: {
    proxy: Object.fromEntries(workersPaths.map((path) => [path, { target: service, changeOrigin: true }])),
  },
});
