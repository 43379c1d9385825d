// The viewer of the API's documentation: what /docs loads, bundled from its packages into static assets.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { z } from "zod";
import { projectRoot } from "../wrangler.ts";
import { modules } from "./decoders.ts";
import { digestOfFiles, keepRecord, readRecord } from "./record.ts";
import { packagesOf, shippedPackageSchema } from "./viewer/packages.ts";
import { type Edit, edits, otherLanguages, writtenStyles } from "./viewer/edits.ts";

const sources = join(projectRoot, "scripts", "build", "viewer");
const entry = join(sources, "start.ts");

/** Where the files of the viewer are served. */
export const viewerPath = "/docs-viewer";

/** What is known of the viewer that was built; the Worker's page at /docs reads the first three. */
const builtSchema = z.object({
  script: z.string(),
  style: z.string(),
  /** What the script imports before anything else, so that the browser asks for all of it at once. */
  preloads: z.array(z.string()),
  /** Names of the files; a name changes with what is in the file. */
  files: z.array(z.string()),
  /** The packages whose code is in the files, also those that came inside the code of another one. */
  packages: z.array(shippedPackageSchema),
  /** Digest of all that the viewer is made of. */
  madeOf: z.string(),
});

/** What is known of the viewer that was built. */
export type BuiltViewer = z.infer<typeof builtSchema>;

/** Tells what was built, beside the modules that the Worker's code imports. */
const usualRecord = join(modules, "docs-viewer.json");

/** Bundles the viewer into the folder of static assets, unless what is there was made of the same. */
export async function buildViewer(assets: string, record = usualRecord): Promise<BuiltViewer> {
  const folder = join(assets, viewerPath);
  const madeOf = digestOfSources();
  const before = readRecord(record, builtSchema);
  if (before?.madeOf === madeOf && before.files.every((file) => existsSync(join(folder, file))))
    return before;
  const { files, metafile } = await bundle();
  mkdirSync(folder, { recursive: true });
  for (const { name, contents } of files) writeFileSync(join(folder, name), contents);
  const built = { ...described(metafile), files: files.map(({ name }) => name), madeOf };
  keepRecord(record, built);
  const kept = new Set(built.files);
  for (const name of readdirSync(folder))
    if (!kept.has(name)) rmSync(join(folder, name), { recursive: true });
  return built;
}

/** The lock file tells every version of every package, so that none of their files has to be looked at. */
function digestOfSources(): string {
  const own = readdirSync(sources).toSorted();
  return digestOfFiles([
    join(projectRoot, "package-lock.json"),
    import.meta.filename,
    ...own.map((name) => join(sources, name)),
  ]);
}

interface Bundle {
  readonly files: readonly { readonly name: string; readonly contents: Uint8Array }[];
  readonly metafile: Metafile;
}

async function bundle(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    outdir: join(projectRoot, "dist", "viewer"),
    write: false,
    bundle: true,
    // What a reader does not open is not loaded: a part of the script is asked for when it is needed.
    splitting: true,
    format: "esm",
    target: "es2023",
    minify: true,
    legalComments: "none",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    metafile: true,
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    plugins: [editing()],
    logLevel: "warning",
  });
  return {
    files: outputFiles.map((file) => ({ name: basename(file.path), contents: file.contents })),
    metafile,
  };
}

/** Carries out the edits; one whose place is no longer there fails the build. */
function editing(): Plugin {
  return {
    name: "edits",
    setup(bundler) {
      const open = new Set(edits);
      bundler.onLoad(
        { filter: /[/\\]node_modules[/\\](?:@scalar|style-mod|zod)[/\\].*\.js$/ },
        ({ path: file }) => {
          const path = file.replaceAll("\\", "/");
          if (otherLanguages.files.test(path))
            return { contents: otherLanguages.contentsOf(path), loader: "js" };
          const own = edits.filter((edit) => path.endsWith(edit.file));
          if (own.length === 0) return null;
          for (const edit of own) open.delete(edit);
          return { contents: own.reduce(edited, readFileSync(file, "utf8")), loader: "js" };
        },
      );
      bundler.onResolve({ filter: /^written-styles\.css:/ }, ({ path }) => ({
        path,
        namespace: writtenStyles,
      }));
      bundler.onLoad({ filter: /./, namespace: writtenStyles }, ({ path }) => ({
        contents: path.slice(writtenStyles.length + 1),
        loader: "css",
      }));
      bundler.onEnd(() => {
        if (open.size > 0)
          throw new Error(`Nothing to edit: ${[...open].map(({ file }) => file).join(", ")}`);
      });
    },
  };
}

/** @throws when the place to edit is not there, or more than once: the package has changed, and the edit must follow */
export function edited(text: string, { file, from, to }: Edit): string {
  const times = text.split(from).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} times, and not once: ${String(from)}`);
  return text.replace(from, typeof to === "string" ? () => to : to);
}

/** What the page has to load, and whose code that is. */
function described(metafile: Metafile): Omit<BuiltViewer, "files" | "madeOf"> {
  const { outputs } = metafile;
  const entryPath = relative(projectRoot, entry).replaceAll("\\", "/");
  const [main, output] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entryPath) ?? [];
  if (main === undefined || output?.cssBundle === undefined)
    throw new Error("The viewer has no script or no style.");
  return {
    script: addressOf(main),
    style: addressOf(output.cssBundle),
    preloads: importsOf(main, outputs).map(addressOf),
    packages: packagesOf(metafile),
  };
}

function addressOf(output: string): string {
  return `${viewerPath}/${basename(output)}`;
}

/** What an output imports at once, and what that imports, and so on. */
function importsOf(output: string, outputs: Metafile["outputs"]): string[] {
  const found = new Set<string>();
  const open = [output];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { kind, path } of outputs[next]?.imports ?? []) {
      if (kind !== "import-statement" || found.has(path)) continue;
      found.add(path);
      open.push(path);
    }
  }
  return [...found];
}
