import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const manifestSchema = z.object({ version: z.string(), license: z.string() });

/** What an installed package says of itself. */
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

/**
 * Reads the package.json in a package's folder.
 *
 * @throws when there is none, or it states no version or no licence as a text
 */
export function readManifest(folder: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
}
