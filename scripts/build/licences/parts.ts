/** Something of other people that ships: in the Worker's bundle, in a WASM module, or beside it as a static asset. */
export interface Part {
  readonly name: string;
  /** The folder of the installed package that it comes from, which tells the version and has the licence. */
  readonly from?: string;
  /** Of what came inside another package, where that may differ from the installed version. */
  readonly version?: string;
  /** As an SPDX expression. */
  readonly licence: string;
  /** The licence files in the package; without it, all that lie on its top level. */
  readonly files?: readonly string[];
  /** For what comes without a licence file: whose it is, and the text that its licence names. */
  readonly text?: { readonly copyright: string; readonly of: "MIT" | "BSD-3-Clause" | "Apache-2.0" };
  /** What the licence wants said beside its text. */
  readonly notice?: string;
}

const slimmed = `Modified by Tagline, first in November 2026: scripts/build/slim-wasm.ts drops the exports that Tagline does not
call and what only they needed, and sets a maximum for the memory, which the modules of libheif, dav1d and libwebp then
import.
Nothing else of the code is changed.`;

/** The versions that are compiled into libheif-js, which the modules tell themselves; a test compares them. */
export const libheifVersions = { libheif: "1.23.2", libde265: "1.0.15" } as const;

const libheifNotice = `Tagline uses the libraries libheif ${libheifVersions.libheif} and libde265 ${libheifVersions.libde265}, which are covered by the GNU Lesser
General Public License, version 3. They are a WASM module of their own, which is linked when a HEIC file is decoded.
${slimmed}
In libheif's JavaScript (libheif-host.js) what Workers do not have is declared absent, and an export is added.
Source of the libraries: https://github.com/strukturag/libheif/releases/tag/v${libheifVersions.libheif} and
https://github.com/strukturag/libde265/releases/tag/v${libheifVersions.libde265}; the modules before the modification and what
compiles them: the npm package libheif-js and https://github.com/catdad-experiments/libheif-emscripten; the
modification: scripts/build/ of Tagline's source.
To use another version, put it in the place of node_modules/libheif-js (or of the two files in src/thumbnail/heif/)
and run \`npm run build\`, then \`npm run deploy\`.`;

/** The version that is compiled into icodec's decoder, which its list of versions tells; a test compares it. */
export const libwebpVersion = "1.4.0";

/** Read out of the paths in the module's panic messages, which a test does again. */
const crates = `ab_glyph_rasterizer 0.1.10, base64 0.13.1, console_error_panic_hook 0.1.7, dlmalloc 0.2.11, fdeflate 0.3.7,
flate2 1.1.9, gif 0.13.3, hashbrown 0.16.1, image 0.24.9, jpeg-decoder 0.3.2, js-sys 0.3.103, miniz_oxide 0.8.9,
once_cell 1.21.4, palette 0.6.1, png 0.17.16, rusttype 0.9.3, ttf-parser 0.15.2, wasm-bindgen 0.2.126, weezl 0.1.12,
and Rust's standard library.`;

/** Everything that ships and is not Tagline's own. */
export const parts: readonly Part[] = [
  {
    name: "libheif and libde265",
    from: "libheif-js",
    licence: "LGPL-3.0-or-later",
    // The GNU GPL, which the LGPL is a supplement to, stands in the same file.
    files: ["libheif-wasm/LICENSE"],
    notice: libheifNotice,
  },
  {
    name: "Emscripten's runtime, in the modules of libheif, dav1d and libwebp",
    licence: "MIT",
    text: { copyright: "Copyright (c) 2010-2014 Emscripten authors, see AUTHORS file.", of: "MIT" },
  },
  {
    name: "musl, in the modules of libheif, dav1d and libwebp",
    licence: "MIT",
    text: { copyright: "Copyright © 2005-2020 Rich Felker, et al.", of: "MIT" },
  },
  {
    name: "dav1d, in ogv",
    from: "ogv",
    licence: "BSD-2-Clause",
    files: ["dist/COPYING-dav1d.txt"],
    notice: slimmed,
  },
  { name: "ogv", from: "ogv", licence: "MIT", files: ["COPYING"], notice: slimmed },
  {
    name: `libwebp ${libwebpVersion}, in icodec`,
    from: "icodec",
    licence: "BSD-3-Clause",
    text: { copyright: "Copyright (c) 2010, Google Inc. All rights reserved.", of: "BSD-3-Clause" },
    notice: slimmed,
  },
  { name: "icodec", from: "icodec", licence: "MIT", notice: slimmed },
  {
    name: "photon",
    from: "@cf-wasm/photon",
    licence: "Apache-2.0",
    notice: slimmed,
  },
  {
    name: "Rust crates in photon's module",
    licence: "(MIT OR Apache-2.0) taken as Apache-2.0",
    text: { copyright: "Copyright: the authors of each crate.", of: "Apache-2.0" },
    notice: crates,
  },
  {
    name: "color_quant 1.1.0, in photon's module",
    licence: "MIT",
    text: { copyright: "Copyright (c) 2016 PistonDevelopers", of: "MIT" },
  },
  {
    name: "imageproc 0.23.1, in photon's module",
    licence: "MIT",
    text: { copyright: "Copyright (c) 2015 PistonDevelopers", of: "MIT" },
  },
  {
    name: "tiff 0.9.1, in photon's module",
    licence: "MIT",
    text: { copyright: "Copyright (c) 2018 PistonDevelopers", of: "MIT" },
  },
  {
    name: "simd-adler32, in photon's module",
    licence: "MIT",
    text: { copyright: "Copyright (c) 2021 Marvin Countryman", of: "MIT" },
  },
  {
    name: "AssemblyScript's standard library, in kernel.wasm",
    from: "assemblyscript",
    licence: "Apache-2.0",
  },
  { name: "hono", from: "hono", licence: "MIT" },
  {
    name: "@hono/zod-openapi",
    from: "@hono/zod-openapi",
    licence: "MIT",
    text: { copyright: "Copyright (c) Yusuke Wada and the contributors of @hono/zod-openapi", of: "MIT" },
  },
  {
    name: "@hono/zod-validator",
    from: "@hono/zod-validator",
    licence: "MIT",
    text: { copyright: "Copyright (c) Yusuke Wada and the contributors of @hono/zod-validator", of: "MIT" },
  },
  {
    name: "@asteasolutions/zod-to-openapi",
    from: "@asteasolutions/zod-to-openapi",
    licence: "MIT",
  },
  {
    name: "@modelcontextprotocol/server",
    from: "@modelcontextprotocol/server",
    licence: "Apache-2.0",
  },
  { name: "@modelcontextprotocol/core", from: "@modelcontextprotocol/core", licence: "Apache-2.0" },
  {
    name: "@cfworker/json-schema 4.1.1, in @modelcontextprotocol/server",
    licence: "MIT",
    text: { copyright: "Copyright (c) Jeremy Danyow and the contributors of cfworker", of: "MIT" },
  },
  {
    name: "content-type 1.0.5, in @modelcontextprotocol/server",
    licence: "MIT",
    text: { copyright: "Copyright (c) 2015 Douglas Christopher Wilson", of: "MIT" },
  },
  { name: "zod", from: "zod", licence: "MIT" },
  {
    name: "drizzle-orm",
    from: "drizzle-orm",
    licence: "Apache-2.0",
    text: { copyright: "Copyright: Drizzle Team and contributors.", of: "Apache-2.0" },
  },
  { name: "uuid", from: "uuid", licence: "MIT" },
  {
    name: "thumbhash",
    from: "thumbhash",
    licence: "MIT",
    text: { copyright: "Copyright (c) 2023 Evan Wallace", of: "MIT" },
  },
];
