import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { Failure } from "./failure.ts";
import { collect, wranglerCommand, wranglerEnv } from "./wrangler.ts";

/** A part of the bundle that is uploaded, in bytes. */
export interface BundlePart {
  name: string;
  size: number;
  gzip: number;
}

/**
 * What the Worker's parts may have together when compressed: 2.5 MiB, which docs/adr/0008-plug-ins.md decided. An isolate
 * that starts reads all of it.
 */
export const bundleBudget = 2_560 * 1_024;

/** The sentence for a bundle that is larger than its budget; null for one that is not. */
export function budgetProblem(parts: readonly BundlePart[]): string | null {
  const gzip = parts.reduce((total, part) => total + part.gzip, 0);
  if (gzip <= bundleBudget) return null;
  const kib = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KiB`;
  return `The Worker has ${kib(gzip)} compressed, more than its budget of ${kib(bundleBudget)}: docs/adr/0008-plug-ins.md says why there is one.`;
}

/** Measures what lies in a folder that `wrangler deploy --dry-run` filled; source maps do not count for the limit. */
export async function measureBundle(folder: string): Promise<BundlePart[]> {
  const parts: BundlePart[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.map$|^README\.md$/.test(entry.name)) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    parts.push({ name: entry.name, size: content.length, gzip: gzipSync(content).length });
  }
  return parts.sort((a, b) => b.gzip - a.gzip);
}

/** Measures the static assets, which lie beside the Worker and do not count for its limit, as one part. */
export async function measureAssets(folder: string): Promise<BundlePart> {
  const files = (await measureBundle(folder)).filter(({ name }) => name !== "_headers");
  const sum = (of: "size" | "gzip"): number => files.reduce((total, file) => total + file[of], 0);
  return { name: `static assets, ${files.length} files`, size: sum("size"), gzip: sum("gzip") };
}

/**
 * Measures what a browser loads of the console before it shows anything: the files that its page names, scripts and style
 * sheets apart. What is loaded later, when it is used, does not count.
 */
export async function measureFirstLoad(folder: string): Promise<{ scripts: BundlePart; styles: BundlePart }> {
  const page = await readFile(join(folder, "index.html"), "utf8");
  const names = [...page.matchAll(/(?:src|href)="\/(console\/[^"]+)"/g)].map(([, name = ""]) => name);
  const sum = async (name: string, type: string): Promise<BundlePart> => {
    const part = { name, size: 0, gzip: 0 };
    for (const file of names.filter((each) => each.endsWith(type))) {
      const content = await readFile(join(folder, file));
      part.size += content.length;
      part.gzip += gzipSync(content).length;
    }
    return part;
  };
  return {
    scripts: await sum("scripts of the console's first load", ".js"),
    styles: await sum("styles of the console's first load", ".css"),
  };
}

/** Bundles the Worker as a deploy would, and measures it. */
export function bundleSize(): Promise<BundlePart[]> {
  return withBundle([], measureBundle);
}

const metafileSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
});

/** Bundles the Worker as a deploy would, and gives the names of the packages whose code is in the bundle. */
export function bundledPackages(): Promise<string[]> {
  return withBundle(["--metafile"], async (folder) => {
    const file = await readFile(join(folder, "bundle-meta.json"), "utf8");
    const { outputs } = metafileSchema.parse(JSON.parse(file));
    const names = Object.values(outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => /^(?:@[^/]+\/)?[^/]+/.exec(path.split("node_modules/").slice(1).at(-1) ?? "")?.[0]);
    return [...new Set(names)].filter((name) => name !== undefined);
  });
}

async function withBundle<T>(flags: string[], read: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tagline-bundle-"));
  try {
    const command = wranglerCommand(["deploy", "--dry-run", "--outdir", folder, ...flags]);
    const { code, output } = await collect(command, wranglerEnv(process.env));
    if (code !== 0) throw new Failure(`The Worker could not be bundled.\n${output.trim()}`);
    return await read(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The sizes as lines of text, the sum last. */
export function sizeLines(parts: BundlePart[]): string[] {
  const sum = (of: "size" | "gzip"): number => parts.reduce((total, part) => total + part[of], 0);
  return [...parts.map(sizeLine), sizeLine({ name: "in all", size: sum("size"), gzip: sum("gzip") })];
}

/** One size as a line of text. */
export function sizeLine({ name, size, gzip }: BundlePart): string {
  const kib = (bytes: number): string => `${(bytes / 1_024).toFixed(1).padStart(9)} KiB`;
  return `${kib(size)} ${kib(gzip)} gzip  ${name}`;
}
