import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { imagePackages } from "../../../scripts/container/contents.ts";
import { neededFolders, readLock } from "../../../scripts/container/packages.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";

const lock = readLock(
  JSON.stringify({
    packages: {
      "": { dependencies: { a: "1", tests: "1" } },
      "node_modules/a": {
        dependencies: { b: "1", shared: "1" },
        optionalDependencies: { "@here/x": "1", gone: "1" },
      },
      "node_modules/a/node_modules/shared": { dependencies: { c: "1", beside: "1" } },
      "node_modules/a/node_modules/beside": {},
      "node_modules/b": { dependencies: { a: "1", shared: "2" } },
      "node_modules/c": {},
      "node_modules/shared": {},
      "node_modules/@here/x": {},
      "node_modules/tests": {},
    },
  }),
);

describe("the packages that some packages need", () => {
  test("are found as Node finds them: the copy below a package before the one beside it", () => {
    expect(neededFolders(lock, ["a"])).toEqual([
      "node_modules/@here/x",
      "node_modules/a",
      "node_modules/a/node_modules/beside",
      "node_modules/a/node_modules/shared",
      "node_modules/b",
      "node_modules/c",
      "node_modules/shared",
    ]);
  });

  test("have to be in the lock file, but for optional ones", () => {
    expect(() => neededFolders(lock, ["nowhere"])).toThrow("package-lock.json has no nowhere.");
  });

  test("are those of the image: wrangler with its runtime, and nothing that only builds or tests", () => {
    const own = readLock(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
    const names = neededFolders(own, imagePackages);
    for (const name of ["wrangler", "miniflare", "workerd", "esbuild", "zod"])
      expect(names).toContain(`node_modules/${name}`);
    for (const name of ["vitest", "svelte", "typescript", "playwright-core", "assemblyscript", "hono"]) {
      expect(names).not.toContain(`node_modules/${name}`);
    }
  });
});
