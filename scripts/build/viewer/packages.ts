import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { z } from "zod";
import { projectRoot } from "../../wrangler.ts";

/** How a package that ships with the viewer is kept in the record of what was built. */
export const shippedPackageSchema = z.object({
  name: z.string(),
  /** Where it is installed, below node_modules; also for one that came inside another, since its licence is there. */
  folder: z.string(),
  /** The version that came inside another package; null for the one that is installed. */
  copied: z.string().nullable(),
});

/** A package whose code is in the viewer's files. */
export type ShippedPackage = z.infer<typeof shippedPackageSchema>;

/** The packages whose code is in what was bundled, by name. */
export function packagesOf({ outputs }: Metafile): ShippedPackage[] {
  const found = new Map<string, ShippedPackage>();
  const copies: ShippedPackage[] = [];
  for (const input of inputsOf(outputs)) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/
      .exec(input)?.[0]
      .replace(/^node_modules\//, "");
    if (folder === undefined) continue;
    const [name = folder] = folder.split("node_modules/").toReversed();
    found.set(name, { name, folder, copied: null });
    copies.push(...copiesIn(readFileSync(join(projectRoot, input), "utf8")));
  }
  for (const copy of copies) if (!found.has(copy.name)) found.set(copy.name, copy);
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The files of which there is something in an output. */
function inputsOf(outputs: Metafile["outputs"]): string[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path.replaceAll("\\", "/"));
}

/**
 * The packages that a package has copied into its own files. Its bundler has written above each piece where that came from:
 * `//#region ../../node_modules/.pnpm/NAME@VERSION_MORE/node_modules/NAME/FILE`.
 */
function copiesIn(text: string): ShippedPackage[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("//#region "))
    .flatMap((line) => {
      const [, store = "", path = ""] = line.split(/\/\.pnpm\/|\/node_modules\/(?!\.pnpm)/);
      const name = path.split("/", path.startsWith("@") ? 2 : 1).join("/");
      const copied = store.split("_", 1)[0]?.split("@").at(-1) ?? "";
      return name === "" ? [] : [{ name, folder: name, copied }];
    });
}
