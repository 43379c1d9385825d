// The console: the page at `/`, built by Vite into static assets.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type Rolldown } from "vite";
import { z } from "zod";
import { projectRoot } from "../wrangler.ts";
import { modules } from "./decoders.ts";
import { digestOfFiles, keepRecord, readRecord } from "./record.ts";
import { shippedPackageSchema, type ShippedPackage } from "./viewer/packages.ts";

const folder = join(projectRoot, "console");

/** The folder of the console's files among the assets, and its path on the service. */
export const consolePath = "/console";

const builtSchema = z.object({
  /** The files, below the folder of assets; all but the page have names that change with what is in them. */
  files: z.array(z.string()),
  /** The packages whose code is in the files. */
  packages: z.array(shippedPackageSchema),
  /** Digest of all that the console is made of. */
  madeOf: z.string(),
});

/** What is known of the console that was built. */
export type BuiltConsole = z.infer<typeof builtSchema>;

/** Builds the page and its files into the folder of static assets, unless what is there was made of the same. */
export async function buildConsole(assets: string): Promise<BuiltConsole> {
  const record = join(modules, "console.json");
  const madeOf = digestOfSources();
  const before = readRecord(record, builtSchema);
  if (before?.madeOf === madeOf && before.files.every((file) => existsSync(join(assets, file))))
    return before;
  const outcome = await built(assets);
  const outputs = outputsOf(outcome);
  const files = outputs.map(({ fileName }) => fileName);
  const description = { files, packages: packagesOf(outputs), madeOf };
  keepRecord(record, description);
  const kept = new Set(files.map((file) => join(assets, file)));
  const own = join(assets, consolePath);
  for (const name of readdirSync(own)) if (!kept.has(join(own, name))) rmSync(join(own, name));
  return description;
}

/** Whoever builds, a test as well, builds what is deployed: Vite takes the variable for the kind of the build. */
async function built(assets: string): ReturnType<typeof build> {
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    return await build({
      configFile: join(folder, "vite.config.ts"),
      logLevel: "warn",
      build: { outDir: join(projectRoot, assets) },
    });
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
}

type Output = Rolldown.RolldownOutput["output"][number];

function outputsOf(outcome: Awaited<ReturnType<typeof build>>): Output[] {
  if (Array.isArray(outcome)) return outcome.flatMap(({ output }) => output);
  if (!("output" in outcome)) throw new Error("Vite watches the console instead of building it.");
  return outcome.output;
}

/** The packages of which something is left in the files, by name. */
function packagesOf(outputs: readonly Output[]): ShippedPackage[] {
  const names = outputs
    .flatMap((output) => (output.type === "chunk" ? Object.entries(output.modules) : []))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(
      ([id]) =>
        /^(?:@[^/]+\/)?[^/]+/.exec(
          id.replaceAll("\\", "/").split("node_modules/").slice(1).at(-1) ?? "",
        )?.[0],
    )
    .filter((name) => name !== undefined);
  return [...new Set(names)].toSorted().map((name) => ({ name, folder: name, copied: null }));
}

/** The lock file tells every version of every package; the client's source is a part of the page. */
function digestOfSources(): string {
  return digestOfFiles([
    join(projectRoot, "package-lock.json"),
    import.meta.filename,
    join(folder, "index.html"),
    join(folder, "vite.config.ts"),
    join(folder, "tsconfig.json"),
    ...filesBelow(join(folder, "src")),
    ...filesBelow(join(projectRoot, "packages", "client", "src")),
  ]);
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
