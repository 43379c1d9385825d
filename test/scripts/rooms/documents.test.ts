import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { projectRoot } from "../../../scripts/wrangler.ts";

/** The documents that name files, and so go wrong in silence when a file is moved. */
const documents = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md", { cwd: projectRoot })];

/** Folders of the project, of which the documents speak by their whole paths. */
const roots = ["src", "test", "scripts", "bench", "docs", "migrations", "public"];

function textOf(document: string): string {
  return readFileSync(join(projectRoot, document), "utf8");
}

/** The paths of the project that a document has in code, without a line's number or a pattern. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([a-z]+\/[\w./-]+)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => roots.some((root) => path.startsWith(`${root}/`)));
}

/** A test by its file, or by the folder of its file, and the beginning of its name. */
interface NamedTest {
  readonly path: string;
  readonly name: string;
}

function testsIn(text: string): NamedTest[] {
  return [...text.matchAll(/`(test\/[\w./-]+)` "([^"]+)"/g)].map(([, path = "", name = ""]) => ({
    path,
    name,
  }));
}

function sourceOf(path: string): string {
  const whole = join(projectRoot, path);
  if (!existsSync(whole)) return "";
  if (!statSync(whole).isDirectory()) return readFileSync(whole, "utf8");
  return readdirSync(whole, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(whole, name), "utf8"))
    .join("\n");
}

describe("what the documents name", () => {
  test.for(documents)("exists where %s says", (document) => {
    const gone = pathsIn(textOf(document)).filter((path) => !existsSync(join(projectRoot, path)));
    expect(gone).toEqual([]);
  });

  test.for(["docs/security.md", "docs/testing.md"])("are tests that are there: %s", (document) => {
    const named = testsIn(textOf(document));
    expect(named.filter(({ path, name }) => !sourceOf(path).includes(name))).toEqual([]);
  });

  test("is found: files and tests are named in these documents", () => {
    expect(pathsIn(textOf("docs/architecture.md")).length).toBeGreaterThan(40);
    expect(testsIn(textOf("docs/security.md")).length).toBeGreaterThan(10);
  });
});
