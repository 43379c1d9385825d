/**
 * Compiles the package into `dist`: modules for every runtime, and the types beside them. `npm pack` runs it first, with
 * whatever Node npm has; so it is plain JavaScript.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, "dist");
// The compiler of the repository, which is much quicker than the one that makes the types of the document.
const repository = createRequire(join(root, "../../package.json"));
const compiler = join(repository.resolve("typescript/package.json"), "../bin/tsc");

rmSync(built, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, "-p", root], { stdio: "inherit" });

// The compiler leaves the sources' names in the types, which not every version of it follows.
for (const file of readdirSync(built, { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".d.ts")) continue;
  const path = join(built, file);
  writeFileSync(path, readFileSync(path, "utf8").replaceAll(/(["'])(\.[^"'\n]*)\.ts\1/g, "$1$2.js$1"));
}
