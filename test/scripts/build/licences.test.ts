import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

import { modules as modulesFolder } from "../../../scripts/build/decoders.ts";
import { licencesText } from "../../../scripts/build/licences.ts";
import { libheifVersions, libwebpVersion, parts } from "../../../scripts/build/licences/parts.ts";
import { assetParts } from "../../../scripts/build/licences/assets.ts";
import { buildViewer } from "../../../scripts/build/viewer.ts";
import { bundledPackages } from "../../../scripts/bundle.ts";

const root = join(import.meta.dirname, "../../..");
const modules = ["photon.wasm", "dav1d.wasm", "libheif.wasm", "libwebp.wasm"];

const module = (name: string): Promise<Buffer> => readFile(join(root, modulesFolder, name));

function unnamed(names: Iterable<string | undefined>): (string | undefined)[] {
  const sources = new Set(parts.map(({ from }) => from));
  return [...names].filter((name) => !sources.has(name));
}

test("every package whose code is in the Worker's bundle is in the file of licences", async () => {
  const packages = await bundledPackages();
  expect(packages).toContain("hono");
  expect(unnamed(packages)).toEqual([]);
});

test("every package whose code the documentation's viewer ships is in the file of licences, copies inside others too", async () => {
  const { packages } = await buildViewer(join(root, "dist/assets"));
  const text = licencesText([...parts, ...assetParts(packages)]);
  const missing = packages.filter(
    ({ name, copied }) =>
      !text.includes(`\n${name} ${copied ?? ""}`) && !parts.some(({ from }) => from === name),
  );
  expect(missing).toEqual([]);
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["@scalar/api-reference", "@vue/runtime-core", "highlight.js"]),
  );
});

test("every package of which the documentation says that it ships is in the file of licences", async () => {
  const documentation = await readFile(join(root, "docs/dependencies.md"), "utf8");
  const shipped = /What ships[^]*?What develops/.exec(documentation)?.[0] ?? "";
  const names = [...shipped.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(9);
  expect(unnamed(names)).toEqual([]);
});

test("every Rust crate that photon's module names is in the file of licences, with its version", async () => {
  const wasm = (await module("photon.wasm")).toString("latin1");
  const crates = new Set(
    [...wasm.matchAll(/(?:index\.crates\.io-\w+|\/rust\/deps)\/([\w-]+-[\d.]+\d)\//g)].map(
      ([, crate]) => crate ?? "",
    ),
  );
  expect(crates.size).toBeGreaterThan(20);
  const text = licencesText(parts);
  expect([...crates].filter((crate) => !text.includes(crate.replace(/-(?=[\d.]+$)/, " ")))).toEqual([]);
});

test("the versions of libheif and libde265 are the ones that the module tells", async () => {
  const wasm = (await module("libheif.wasm")).toString("latin1");
  const told = wasm.match(/(?<=\0)\d+\.\d+\.\d+(?=\0)/g) ?? [];
  expect(told.toSorted()).toEqual(Object.values(libheifVersions).toSorted());
});

test("the version of libwebp is the one that icodec tells", async () => {
  const told: unknown = JSON.parse(await readFile(join(root, "node_modules/icodec/versions.json"), "utf8"));
  expect(told).toContainEqual(expect.objectContaining({ name: "libwebp", version: `v${libwebpVersion}` }));
});

test("the licences of the GNU project are there whole, and that they apply is said", () => {
  const text = licencesText(parts);
  expect(text).toContain("GNU LESSER GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007");
  expect(text).toContain("GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007");
  expect(text).toContain("END OF TERMS AND CONDITIONS");
  expect(text).toContain("which are covered by the GNU Lesser\nGeneral Public License");
});

test.each(modules)("%s says in itself that it was modified", async (name) => {
  const compiled = new WebAssembly.Module(Uint8Array.from(await module(name)));
  const [notice] = WebAssembly.Module.customSections(compiled, "notice");
  expect(new TextDecoder().decode(notice)).toMatch(/modified by Tagline .*Licences: \/licences\.txt$/);
});

test("libheif's JavaScript says that it was modified, in a comment that bundlers keep", async () => {
  const [line] = (await module("libheif-host.js")).toString().split("\n");
  expect(line).toMatch(/^\/\*! libheif \(LGPL-3\.0-or-later\)\. Made from .* by Tagline.* \*\/$/);
});

test("a text that two parts share is printed once", () => {
  const zod = { name: "zod", from: "zod", licence: "MIT" };
  const once = licencesText([zod]).length;
  const text = licencesText([zod, { ...zod, name: "a part of zod" }]);
  expect(text).toContain("LICENSE: the same text as that of zod ");
  expect(text.length - once).toBeLessThan(400);
});

test.each([
  [{ name: "thumbhash", from: "thumbhash", licence: "MIT" }, "has no licence text in its package"],
  [{ name: "unknown", licence: "MIT" }, "has no licence text"],
  [{ name: "zod", from: "zod", licence: "ISC" }, "zod is now under MIT, not ISC"],
  [{ name: "zod", from: "zod", licence: "MIT", files: ["absent"] }, "ENOENT"],
])("%j fails the build", (part, message) => {
  expect(() => licencesText([part])).toThrow(message);
});
