import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../../../scripts/wrangler.ts";

/** The text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(join(projectRoot, file), "utf8");
}

/** What a file of YAML has in it, for a schema to look at. */
export function yamlOf(file: string): unknown {
  return parse(textOf(file), { strict: true, uniqueKeys: true });
}

/** The files of YAML in a folder of the project, by their paths in it. */
export function yamlFilesIn(folder: string): string[] {
  return readdirSync(join(projectRoot, folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${folder}/${name}`);
}
