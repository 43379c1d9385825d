import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../wrangler.ts";
import type { ShippedPackage } from "../viewer/packages.ts";
import { parts, type Part } from "./parts.ts";

/** Whose the packages are that have no licence file, all of them under the MIT licence. */
const withoutFile: Readonly<Record<string, string>> = {
  "@headlessui/vue": "Copyright (c) 2020 Tailwind Labs",
  "@replit/codemirror-css-color-picker": "Copyright (c) Replit and the contributors of the package",
  "@scalar/api-reference": "Copyright (c) 2023-present Scalar",
  "@scalar/schemas": "Copyright (c) 2023-present Scalar",
  "@scalar/workspace-store": "Copyright (c) 2023-present Scalar",
  "unist-util-find-after": "Copyright (c) Titus Wormer",
};

/** What the packages were made with, of which no file of theirs has the licence. */
const madeWith: readonly Part[] = [
  {
    name: "Tailwind CSS, in the style sheet of @scalar/api-reference",
    licence: "MIT",
    text: { copyright: "Copyright (c) Tailwind Labs, Inc.", of: "MIT" },
  },
  {
    name: "Phosphor Icons, in @scalar/icons",
    licence: "MIT",
    text: { copyright: "Copyright (c) 2020-2024 Phosphor Icons", of: "MIT" },
  },
];

const licenceSchema = z.object({ license: z.string() });

/**
 * The static assets, for the file of licences: each package whose code the documentation viewer or the console ships, once,
 * but for what is named already.
 */
export function assetParts(packages: readonly ShippedPackage[]): Part[] {
  const named = new Set(parts.map(({ from }) => from));
  const distinct = new Map(packages.map((each) => [`${each.name} ${each.copied ?? ""}`, each]));
  return [...[...distinct.values()].filter(({ name }) => !named.has(name)).map(partOf), ...madeWith];
}

function partOf({ name, folder, copied }: ShippedPackage): Part {
  const copyright = withoutFile[name];
  const text = copyright === undefined ? {} : { text: { copyright, of: "MIT" as const } };
  const version = copied === null ? {} : { version: copied };
  const about = join(projectRoot, "node_modules", folder, "package.json");
  // A copy inside another package need not be installed by itself.
  if (!existsSync(about) && copied !== null && copyright !== undefined)
    return { name: `${name} ${copied}`, licence: "MIT", ...text };
  const { license } = licenceSchema.parse(JSON.parse(readFileSync(about, "utf8")));
  return { name, from: folder, licence: license, ...version, ...text };
}
