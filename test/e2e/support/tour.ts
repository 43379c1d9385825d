import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../../scripts/wrangler.ts";

/** What the README's tour has people paste into a shell, all of its blocks one after the other. */
export async function readTour(): Promise<string> {
  const readme = await readFile(join(projectRoot, "README.md"), "utf8");
  const [, section = ""] = readme.split("\n## A tour in two minutes\n");
  const [tour = ""] = section.split("\n## ");
  const blocks = tour.split("```sh\n").slice(1);
  return blocks.map((block) => block.split("```")[0] ?? "").join("");
}
