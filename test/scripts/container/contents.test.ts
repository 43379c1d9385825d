import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { imagePackages, imagePaths } from "../../../scripts/container/contents.ts";
import { imageConfig } from "../../../scripts/container/settings.ts";
import { readToml } from "../../../scripts/wrangler-config.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";

/** All files that a script imports, and the packages that these import. */
function importsOf(script: string): {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    // The imports of types are gone when Node runs a script.
    const imports = /^(?:import|export) (?!type )[^;]*?from "([^"]+)"/gm;
    for (const [, from = ""] of readFileSync(join(projectRoot, file), "utf8").matchAll(imports)) {
      if (from.startsWith(".")) visit(join(dirname(file), from));
      else if (!from.startsWith("node:")) packages.add(from);
    }
  };
  visit(script);
  return { files, packages };
}

test("the image has every file and every package that its script imports", () => {
  const { files, packages } = importsOf("scripts/container/serve.ts");
  expect(files.size).toBeGreaterThan(10);
  const isCopied = (file: string): boolean =>
    imagePaths.some((path) => file === path || file.startsWith(`${path}/`));
  expect([...files].filter((file) => !isCopied(file))).toEqual([]);
  expect([...packages, "wrangler"].sort()).toEqual(imagePackages);
});

test("the build of the image is given what it copies, and neither keys nor data nor anything that was built here", () => {
  const lines = readFileSync(join(projectRoot, ".dockerignore"), "utf8").split("\n");
  expect(lines).toContain("*");
  const given = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  const wanted = imagePaths.filter((path) => path !== "dist/assets");
  expect(wanted.filter((path) => !given.includes(path))).toEqual([]);
  expect(
    given.filter((path) => [".dev.vars", ".wrangler", "dist", "node_modules", ".git"].includes(path)),
  ).toEqual([]);
});

test("the image's configuration is that of the project, but the Worker is bundled and nothing is built", () => {
  const own = readToml(join(projectRoot, "wrangler.toml")) ?? {};
  const config = imageConfig(own);
  expect(config).toMatchObject({ main: "worker/index.js", no_bundle: true });
  for (const name of ["build", "minify", "upload_source_maps"]) {
    expect(own).toHaveProperty(name);
    expect(config).not.toHaveProperty(name);
  }
  for (const name of [
    "vars",
    "d1_databases",
    "r2_buckets",
    "queues",
    "ratelimits",
    "durable_objects",
    "exports",
  ]) {
    expect(config[name]).toEqual(own[name]);
  }
});
