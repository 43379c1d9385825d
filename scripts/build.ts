/**
 * Builds what the Worker's code imports and serves but does not hold itself: the kernel, the slimmed decoders, the console,
 * the documentation viewer, the style of our own pages, and the licences of what is not ours.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildConsole, consolePath } from "./build/console.ts";
import { buildDecoders, modules } from "./build/decoders.ts";
import { licencesText } from "./build/licences.ts";
import { parts } from "./build/licences/parts.ts";
import { assetParts } from "./build/licences/assets.ts";
import { buildViewer, viewerPath } from "./build/viewer.ts";
import { commandLine } from "./command-line.ts";
import { buildCommand } from "./commands.ts";

const kernelSources = "src/thumbnail/kernel";
const kernel = join(modules, "kernel.wasm");
const assets = "dist/assets";

/** What the page of the console may load and do: nothing from elsewhere, nothing that stands in the page itself. */
const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types svelte-trusted-html",
].join("; ");

/**
 * The Worker does not see requests for static assets, so what it states on its own answers is stated here for them. A file
 * of the viewer or the console has another name whenever something else is in it, so that it is kept for good; the page
 * of the console itself is asked for each time, so that it never names files of an earlier deployment.
 */
const assetHeaders = `/*
  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; sandbox
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY

/
  ! Content-Security-Policy
  Content-Security-Policy: ${consolePolicy}
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  Cache-Control: public, max-age=0, must-revalidate

/favicon.svg
  Cache-Control: public, max-age=86400

${consolePath}/*
  Cache-Control: public, max-age=31536000, immutable

${viewerPath}/*
  Cache-Control: public, max-age=31536000, immutable
`;

/** Compiles the kernel if a source is newer than what was compiled. */
function buildKernel(): void {
  const sources = readdirSync(kernelSources).map((name) => join(kernelSources, name));
  if (Math.max(...sources.map(modifiedAt)) < modifiedAt(kernel)) return;
  mkdirSync(modules, { recursive: true });
  const compiler = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");
  const options = [
    "-O3",
    "--noAssert",
    "--runtime",
    "stub",
    "--enable",
    "simd",
    "--converge",
    "--initialMemory",
    "4",
  ];
  execFileSync(
    process.execPath,
    [compiler, join(kernelSources, "index.ts"), "--outFile", kernel, ...options],
    {
      stdio: "inherit",
    },
  );
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Puts what our own pages load, their style and the icon, among the static assets. */
function copyPublic(): void {
  cpSync("public", assets, { recursive: true });
}

commandLine(buildCommand);
buildKernel();
buildDecoders();
const { packages: consolePackages } = await buildConsole(assets);
const { packages: viewerPackages } = await buildViewer(assets);
copyPublic();
writeFileSync(join(assets, "_headers"), assetHeaders);
writeFileSync(
  join(assets, "licences.txt"),
  licencesText([...parts, ...assetParts([...viewerPackages, ...consolePackages])]),
);
