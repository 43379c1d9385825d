import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { isImageKey } from "../../src/media-type.ts";
import { describe } from "../failure.ts";

/** A file to send and the object key it gets. */
export interface LocalFile {
  path: string;
  key: string;
  size: number;
  modifiedMs: number;
}

/** Something in the folder that cannot be sent, and why. */
export interface Problem {
  key: string;
  reason: string;
}

/** What a folder holds. */
export interface Walk {
  /** In the order of their paths. */
  files: LocalFile[];
  /** How many files are left out because their names are no images'. */
  ignored: number;
  problems: Problem[];
}

async function visit(folder: string, prefix: string, above: string[], walk: Walk): Promise<void> {
  const here = await realpath(folder);
  // A link to a folder above would be walked for ever.
  if (above.includes(here)) return;
  const names = await readdir(folder);
  for (const name of names.sort()) {
    if (name.startsWith(".")) continue;
    const path = join(folder, name);
    const key = `${prefix}${name}`.normalize("NFC");
    try {
      const info = await stat(path);
      if (info.isDirectory()) await visit(path, `${key}/`, [...above, here], walk);
      else if (!info.isFile() || isImageKey(key) === "other") walk.ignored += 1;
      else walk.files.push({ path, key, size: info.size, modifiedMs: info.mtimeMs });
    } catch (error) {
      walk.problems.push({ key, reason: describe(error) });
    }
  }
}

/**
 * Lists the files below a folder that may be images, by name: hidden ones are left out, links are followed.
 * Object keys are NFC, as the service has them; of two names that are the same in NFC the second is a problem.
 */
export async function walkFolder(folder: string, prefix: string): Promise<Walk> {
  const walk: Walk = { files: [], ignored: 0, problems: [] };
  await visit(folder, prefix, [], walk);
  const seen = new Map<string, LocalFile>();
  for (const file of walk.files) {
    if (seen.has(file.key))
      walk.problems.push({ key: file.key, reason: "another file has the same name in NFC" });
    else seen.set(file.key, file);
  }
  walk.files = [...seen.values()];
  return walk;
}
