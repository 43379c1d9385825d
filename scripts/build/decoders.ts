// The decoders that come from packages, slimmed: see docs/adr for what is kept of them.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { slimWasm } from "./slim-wasm.ts";

/** The folder of the modules that the build makes and the Worker's code imports. */
export const modules = "dist/modules";

/** The most pages that a decoder's memory can grow to: 80 MiB. */
const maxPages = 1280;

const photonExports = [
  "memory",
  "photonimage_new_from_byteslice",
  "photonimage_get_width",
  "photonimage_get_height",
  "photonimage_get_raw_pixels",
  "__wbg_photonimage_free",
  "__wbindgen_malloc",
  "__wbindgen_free",
  "__wbindgen_externrefs",
  "__wbindgen_start",
  "run",
];

/** By the names that libheif's JavaScript side gives them; in the module they are one or two letters. */
const heifFunctions = [
  "_malloc",
  "_free",
  "_heif_context_alloc",
  "_heif_context_read_from_memory_without_copy",
  "_heif_context_get_primary_image_handle",
  "_heif_image_handle_get_image_tiling",
  "_heif_image_handle_decode_image_tile",
  "_heif_decoding_options_alloc",
  "_heif_image_get_plane_readonly",
  "_heif_image_get_width",
  "_heif_image_get_height",
  "_heif_image_get_nclx_color_profile",
  "_heif_image_release",
];

const notice = (what: string): string =>
  `${what}, modified by Tagline (first in November 2026): unused exports removed, memory bounded. Licences: /licences.txt`;

const require = createRequire(import.meta.url);
const heifFolder = "libheif-js/libheif-wasm";

/** Makes the slim modules, unless they are newer than what they are made of. */
export function buildDecoders(): void {
  mkdirSync(modules, { recursive: true });
  build("@cf-wasm/photon/photon.wasm", "photon.wasm", (wasm) =>
    slimWasm(wasm, {
      exports: photonExports,
      maxPages: maxPages,
      notice: notice("photon (Apache-2.0)"),
    }),
  );
  // What is dropped closes the decoder and reads headers; the names say nothing.
  build("ogv/dist/ogv-decoder-video-av1-wasm.wasm", "dav1d.wasm", (wasm) =>
    slimWasm(wasm, {
      exports: ["i", "j", "n", "q"],
      maxPages: maxPages,
      importsMemory: true,
      notice: notice("ogv (MIT) with dav1d (BSD-2-Clause)"),
    }),
  );
  // What is kept runs the constructors, finds functions, allocates. Of the memory that the module asks for its data and
  // its stack take the first two MiB; the rest is heap, which it asks for anew where it is missing.
  build("icodec/webp-dec.wasm", "libwebp.wasm", (wasm) =>
    slimWasm(wasm, {
      exports: ["x", "z", "A"],
      initialPages: 64,
      maxPages: maxPages,
      importsMemory: true,
      notice: notice("icodec (MIT) with libwebp (BSD-3-Clause)"),
    }),
  );
  build(`${heifFolder}/libheif.wasm`, "libheif.wasm", (wasm) =>
    slimWasm(wasm, {
      exports: heifExports(wasm),
      maxPages: maxPages,
      importsMemory: true,
      notice: notice("libheif and libde265 (LGPL-3.0-or-later)"),
    }),
  );
  build(`${heifFolder}/libheif.js`, "libheif-host.js", (script) => Buffer.from(asModule(script.toString())));
  // TypeScript looks for the types of a script beside it.
  build("../../src/thumbnail/heif/libheif-host.d.ts", "libheif-host.d.ts", (types) => types);
}

function build(source: string, name: string, make: (bytes: Buffer) => Uint8Array): void {
  const [path, target] = [require.resolve(source), join(modules, name)];
  const inputs = [path, import.meta.filename, join(import.meta.dirname, "slim-wasm.ts")];
  if (Math.max(...inputs.map(changedAt)) < changedAt(target)) return;
  writeFileSync(target, make(readFileSync(path)));
}

// The time of the inode's change and not of the content's, which packages set to a day in the past.
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0;
}

/** What has no name belongs to Emscripten itself and stays; of what has one, only what is called. */
function heifExports(wasm: Uint8Array): string[] {
  const script = readFileSync(require.resolve(`${heifFolder}/libheif.js`), "utf8");
  const named = new Map(
    [...script.matchAll(/\bt\.(_\w+)=a\.([\w$]+)/g)].map(([, name, short]) => [name, short]),
  );
  const kept = heifFunctions.map((name) => {
    const short = named.get(name);
    if (short === undefined) throw new Error(`libheif-js has no ${name}`);
    return short;
  });
  const shortNames = new Set(named.values());
  const all = WebAssembly.Module.exports(new WebAssembly.Module(new Uint8Array(wasm))).map(
    ({ name }) => name,
  );
  return [...all.filter((name) => !shortNames.has(name)), ...kept];
}

/** The script as a module that finds neither Node nor a browser around it, whose loaders Workers do not have. */
function asModule(script: string): string {
  const absent = ["process", "require", "document", "window", "importScripts", "module", "exports", "define"];
  const names = [...absent, "__filename"].map((name) => `${name} = undefined`).join(", ");
  // A comment that bundlers keep.
  const mark = `/*! libheif (LGPL-3.0-or-later). Made from ${heifFolder}/libheif.js by Tagline's scripts/build.ts (first in November 2026). Licences: /licences.txt */`;
  return `${mark}\nconst ${names};\n${script}\nexport default libheif;\n`;
}
