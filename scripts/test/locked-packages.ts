import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parts } from "../build/licences/parts.ts";
import { readManifest } from "../packages.ts";
import { projectRoot } from "../wrangler.ts";
import type { Dependency } from "./licence-rules.ts";

const modules = "node_modules/";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      license: z.string().optional(),
      link: z.boolean().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

type Entry = z.infer<typeof lockSchema>["packages"][string];

/** What a package states: the one that is installed, or, where it is for another machine, what the lock file has of it. */
function licenceOf(path: string, { license }: Entry): string | null {
  const folder = join(projectRoot, path);
  return existsSync(folder) ? readManifest(folder).license : (license ?? null);
}

/**
 * All packages of other people in the lock file, those for other machines too. A package ships if the code needs it when the
 * code runs, if the file of licences says so, or if its code is in the documentation page: `inViewer` names these packages.
 */
export function lockedPackages(inViewer: readonly string[]): Dependency[] {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")));
  const named = new Set([...parts.map(({ from }) => from), ...inViewer]);
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path.includes(modules) && link !== true)
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf(modules) + modules.length);
      const isNeeded = [entry.dev, entry.devOptional, entry.optional].every((flag) => flag !== true);
      return { name, licence: licenceOf(path, entry), isShipped: isNeeded || named.has(name) };
    });
}
