/**
 * Puts together what the container image runs, in an empty folder: the bundled Worker, the scripts that start it, this very
 * Node, and of all packages only those that run the service. The Dockerfile calls it after an install.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "smol-toml";
import { Failure, runMain } from "../failure.ts";
import { readToml } from "../wrangler-config.ts";
import { collect, projectRoot, wranglerCommand, wranglerEnv } from "../wrangler.ts";
import { imagePackages, imagePaths, isForeign } from "./contents.ts";
import { neededFolders, readLock } from "./packages.ts";
import { imageConfig, workerFolder } from "./settings.ts";

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, dereference: true });
}

/** Bundles the Worker as a deploy would; what only explains the bundle stays out. */
async function bundleInto(folder: string): Promise<void> {
  const command = wranglerCommand(["deploy", "--dry-run", "--outdir", folder]);
  const { code, output } = await collect(command, wranglerEnv(process.env));
  if (code !== 0) throw new Failure(`The Worker could not be bundled.\n${output.trim()}`);
  for (const name of ["README.md", "index.js.map"]) rmSync(join(folder, name), { force: true });
}

/** Copies the packages that are installed here: of optional ones, those for this machine. */
function copyPackages(root: string): void {
  const lock = readLock(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
  for (const folder of neededFolders(lock, imagePackages)) {
    const isInstalled = existsSync(join(projectRoot, folder));
    if (isInstalled && !isForeign(folder)) copy(join(projectRoot, folder), join(root, folder));
  }
}

async function stage([root]: readonly string[]): Promise<number> {
  if (root === undefined || (existsSync(root) && readdirSync(root).length > 0)) {
    throw new Failure("An empty folder is needed.");
  }
  await bundleInto(join(root, workerFolder));
  for (const path of imagePaths) copy(join(projectRoot, path), join(root, path));
  copyPackages(root);
  copy(process.execPath, join(root, "bin", "node"));
  const config = imageConfig(readToml(join(projectRoot, "wrangler.toml")) ?? {});
  writeFileSync(join(root, "wrangler.toml"), `${stringify(config)}\n`);
  return 0;
}

process.exitCode = await runMain(() => stage(process.argv.slice(2)));
