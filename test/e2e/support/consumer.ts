import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { npmCommand } from "../../../scripts/bootstrap.mjs";
import { projectRoot } from "../../../scripts/wrangler.ts";
import type { Given, Seen } from "../../support/client/program.ts";

const run = promisify(execFile);
const client = join(projectRoot, "packages/client");
const modules = join(projectRoot, "node_modules");

/** A project of somebody else, in which the package is installed as npm packs it. */
export interface Consumer {
  readonly folder: string;
  /** The files of the package, as they are installed. */
  readonly files: readonly string[];
  /** Bundles a module for a place without files, and gives the text of the bundle. */
  readonly bundle: (source: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

const settings = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    rewriteRelativeImportExtensions: true,
    outDir: "out",
  },
  files: ["main.ts"],
};

/** Runs on Node, Deno and Bun alike. */
const main = `import { program } from "./program.ts";
declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
console.log(JSON.stringify(await program(JSON.parse(process.env["GIVEN"] ?? ""))));
`;

/**
 * Packs the client, installs it into an empty project, and compiles a program there as strictly as TypeScript can, the types
 * of the packages too. What it depends on is packed from here, so that nothing comes from the network.
 */
export async function createConsumer(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), "tagline-consumer-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await install(folder);
    await cp(join(projectRoot, "test/support/client/program.ts"), join(folder, "program.ts"));
    await writeFile(join(folder, "main.ts"), main);
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(settings));
    await compile(folder);
    const files = await readdir(join(folder, "node_modules/tagline-client"), { recursive: true });
    return { folder, files: files.sort(), bundle: (source) => bundle(folder, source), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function install(folder: string): Promise<void> {
  const [npm, first] = npmCommand(process.env);
  const packs = join(folder, "packs");
  await mkdir(packs);
  await writeFile(
    join(folder, "package.json"),
    '{ "name": "consumer", "private": true, "type": "module" }\n',
  );
  await run(npm, [...first, "pack", "--pack-destination", packs], { cwd: client });
  const dependencies = ["openapi-fetch", "openapi-typescript-helpers"].map((name) => join(modules, name));
  await run(npm, [...first, "pack", "--pack-destination", packs, ...dependencies], { cwd: folder });
  const tarballs = (await readdir(packs)).map((name) => `./packs/${name}`);
  const flags = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await run(npm, [...first, "install", ...flags, ...tarballs], { cwd: folder });
}

/** Compiles with the version of TypeScript that most projects have, and that tells what it found in its output. */
async function compile(folder: string): Promise<void> {
  const compiler = createRequire(join(client, "package.json")).resolve("typescript/bin/tsc");
  await run(process.execPath, [compiler, "-p", folder]).catch((error: unknown) => {
    const { stdout } = z.object({ stdout: z.string() }).parse(error);
    throw new Error(`The program does not compile:\n${stdout}`, { cause: error });
  });
}

async function bundle(folder: string, source: string): Promise<string> {
  const [entry, output] = [join(folder, "out/entry.js"), join(folder, "out/bundle.js")];
  await writeFile(entry, source);
  const esbuild = join(modules, "esbuild/bin/esbuild");
  await run(esbuild, [entry, "--bundle", "--format=esm", "--minify", `--outfile=${output}`]);
  return readFile(output, "utf8");
}

const seenSchema = z.object({
  states: z.array(z.string()),
  found: z.array(z.string()),
  words: z.string(),
  code: z.literal("object_exists").nullable(),
  isTaglineError: z.boolean(),
  badKey: z.string(),
  progress: z.array(z.number()),
  total: z.number(),
  run: z.string(),
});

/** Runs the compiled program with a runtime, and gives what it has seen. */
export async function runProgram(
  { folder }: Consumer,
  [command, ...args]: readonly [string, ...string[]],
  given: Given,
): Promise<Seen> {
  const env = { ...process.env, GIVEN: JSON.stringify(given) };
  const { stdout } = await run(command, [...args, join(folder, "out/main.js")], { cwd: folder, env });
  return seenIn(stdout);
}

/** What a program has seen, as it said it. */
export function seenIn(text: string): Seen {
  return seenSchema.parse(JSON.parse(text));
}

/** What a program has to see, whatever it runs on. */
export function expectedOf({ folder }: Pick<Given, "folder">): Omit<Seen, "progress" | "total"> {
  return {
    states: ["ready", "ready", "ready"],
    found: [`${folder}/bytes.jpg`],
    words: `Boats of ${folder}`,
    code: "object_exists",
    isTaglineError: true,
    badKey: "invalid_api_key",
    run: "completed",
  };
}
