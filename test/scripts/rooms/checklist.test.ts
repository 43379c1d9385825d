import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../../scripts/wrangler.ts";

const lines = readFileSync(join(projectRoot, "docs/checklist.md"), "utf8").split("\n");

/** How far a box is below another one. */
function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

const boxes = lines
  .map((line, index) => ({ line, next: lines[index + 1] ?? "" }))
  .filter(({ line }) => /^ *- \[.\] /.test(line));

describe("a box of the checklist", () => {
  test("is ticked: what is not there has no place in it", () => {
    expect(boxes.length).toBe(77);
    expect(boxes.filter(({ line }) => !line.trimStart().startsWith("- [x] "))).toEqual([]);
  });

  test("names a file, a page, a route or a setting that does it, or the boxes below it do", () => {
    const isHeading = ({ line, next }: (typeof boxes)[number]): boolean =>
      /^ *- \[/.test(next) && depthOf(next) > depthOf(line);
    const silent = boxes.filter((box) => !isHeading(box) && !/`[^`]+`|\]\(/.test(box.line));
    expect(silent.map(({ line }) => line)).toEqual([]);
  });

  test("names no file or folder that is not there", () => {
    const paths = boxes.flatMap(({ line }) =>
      [...line.matchAll(/`((?:src|test|scripts|migrations|packages|console|docs)\/[^`*{]+)`/g)].map(
        ([, path = ""]) => path,
      ),
    );
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });
});
