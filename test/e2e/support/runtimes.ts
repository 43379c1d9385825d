import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:process";
import { dirname, join } from "node:path";
import { z } from "zod";

const require = createRequire(import.meta.url);

/** What npm's packages of Deno and Bun call this machine. */
const systems: Readonly<Record<string, string>> = {
  win32: "win32|windows",
  darwin: "darwin",
  linux: "linux",
};
const processors: Readonly<Record<string, string>> = { x64: "x64", arm64: "arm64|aarch64" };

const manifestSchema = z.object({ optionalDependencies: z.record(z.string(), z.string()) });

/** Deno's program; npm has it in a package for each machine. */
export function denoProgram(): string {
  return programOf("deno", ["deno", "deno.exe"]);
}

/** Bun's program; npm has it in a package for each machine. */
export function bunProgram(): string {
  return programOf("bun", ["bin/bun", "bin/bun.exe"]);
}

/** The program in the package for this machine; the script that would link it is refused at installation. */
function programOf(name: string, programs: readonly string[]): string {
  const manifest: unknown = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8"));
  const here = new RegExp(
    `[/-](?:${systems[platform] ?? platform})-(?:${processors[arch] ?? arch})(?:-glibc)?$`,
  );
  const names = Object.keys(manifestSchema.parse(manifest).optionalDependencies);
  const own = names.find((each) => here.test(each));
  if (own === undefined) throw new Error(`npm has no package of ${name} for ${platform} ${arch}.`);
  const folder = folderOf(own);
  const found = programs.map((program) => join(folder, program)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`The package ${own} has none of ${programs.join(", ")}.`);
  return found;
}

function folderOf(name: string): string {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch (cause) {
    throw new Error(`npm has not installed ${name}: install with optional dependencies.`, { cause });
  }
}
