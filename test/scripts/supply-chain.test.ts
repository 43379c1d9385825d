import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "../..");

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const versions = z.record(z.string(), z.string());
const packageSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});

/** What npm fetches: neither the project and its workspaces, nor links, nor what came inside another package. */
async function fetchedPackages() {
  const lock = lockSchema.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
  return Object.entries(lock.packages).filter(
    ([path, entry]) => path.includes("node_modules/") && entry.link !== true && entry.inBundle !== true,
  );
}

/** The texts of all workflows, by the names of their files. */
async function workflows(): Promise<Map<string, string>> {
  const folder = join(root, ".github", "workflows");
  const files = await readdir(folder);
  const texts = files
    .filter((file) => /\.ya?ml$/.test(file))
    .map(async (file): Promise<[string, string]> => [file, await readFile(join(folder, file), "utf8")]);
  return new Map(await Promise.all(texts));
}

async function usedActions(): Promise<string[]> {
  return [...(await workflows()).values()].flatMap((text) => text.match(/^.*\buses:.*$/gm) ?? []);
}

test("every package that npm fetches, for whatever platform, has its integrity in the lock file", async () => {
  const packages = await fetchedPackages();
  expect(packages.length).toBeGreaterThan(300);
  const without = packages.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""));
  expect(without.map(([path]) => path)).toEqual([]);
});

test("the lock file names no host, so that packages come from the registry that npm is set to", async () => {
  const packages = await fetchedPackages();
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test("every version in package.json is one exact version", async () => {
  const { dependencies, devDependencies, optionalDependencies } = packageSchema.parse(
    JSON.parse(await readFile(join(root, "package.json"), "utf8")),
  );
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
});

test("every action of a workflow is pinned to a commit, with its version beside it", async () => {
  const actions = await usedActions();
  expect(actions.length).toBeGreaterThan(0);
  const pinned = /^\s*(?:- )?uses: [\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  // A workflow of ours is that of the same commit.
  const own = /^\s*uses: \.\/\.github\/workflows\/[\w-]+\.yml$/;
  expect(actions.filter((line) => !pinned.test(line) && !own.test(line))).toEqual([]);
});

test("every workflow may read the repository, and nothing else", async () => {
  const granted = /^permissions:\n {2}contents: read\n(?! )/m;
  const texts = [...(await workflows())];
  expect(texts.filter(([, text]) => !granted.test(text)).map(([file]) => file)).toEqual([]);
  const others = texts.flatMap(([, text]) =>
    text.split("\n").filter((line) => line.includes("permissions:") || line.includes(": write")),
  );
  expect(others).toEqual(texts.map(() => "permissions:"));
});

test("known vulnerabilities are looked for by the clock and on demand, and by nothing that a change has to pass", async () => {
  const texts = await workflows();
  const audits = [...texts].filter(([, text]) => text.includes("npm audit"));
  expect(audits.map(([file]) => file)).toEqual(["audit.yml"]);
  const [, triggers = ""] = (audits[0]?.[1] ?? "").split("\non:\n");
  const [own = ""] = triggers.split("\n\n");
  expect(own.match(/^ {2}\w+/gm)).toEqual(["  schedule", "  workflow_dispatch"]);
  const gates = ["package.json", ".ci/run", "lefthook.yml", "scripts/test/checks.ts"];
  const passed = await Promise.all(gates.map((file) => readFile(join(root, file), "utf8")));
  expect(gates.filter((_, index) => /\bnpm audit\b|"audit"/.test(passed[index] ?? ""))).toEqual([]);
});

test("wrangler is the very version that the vitest plug-in asks for: the tests run in the workerd that is deployed to", async () => {
  const lock = lockSchema.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
  const asked = lock.packages["node_modules/@cloudflare/vitest-plugin"]?.dependencies?.["wrangler"];
  expect(asked).toBeDefined();
  expect(lock.packages["node_modules/wrangler"]?.version).toBe(asked);
  const copies = Object.keys(lock.packages).filter((path) =>
    /node_modules\/(?:wrangler|workerd)$/.test(path),
  );
  expect(copies.sort()).toEqual(["node_modules/workerd", "node_modules/wrangler"]);
});

test("the container's base image is pinned to its digest, and every stage is made of it", async () => {
  const text = await readFile(join(root, "Dockerfile"), "utf8");
  expect(text).toMatch(/^ARG BASE=debian:[\w.-]+-slim@sha256:[0-9a-f]{64}$/m);
  const stages = [...text.matchAll(/^FROM (\S+)(?: AS (\S+))?$/gm)];
  expect(stages.map(([, from]) => from)).toEqual(["${BASE}", "system", "system"]);
});
