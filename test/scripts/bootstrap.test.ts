import { chmod, readFile, rm, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, expect, test, onTestFinished } from "vitest";
import { z } from "zod";
import {
  bootstrap,
  describeInstallFailure,
  installArguments,
  lineage,
  needsInstall,
  npmCommand,
  projectNode,
} from "../../scripts/bootstrap.mjs";
import { temporaryFolder, writeFiles } from "./support/folder.ts";

const lock = {
  packages: {
    "": { name: "tagline" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/other-platform": { version: "1.0.0", optional: true },
    "node_modules/link": { link: true },
  },
};
const installed = { packages: { "node_modules/a": lock.packages["node_modules/a"] } };

/** A checkout whose npm is a script of the test, and whose Node is a shell that says what it was given. */
async function checkout({ npm = "exit 0", isInstalled = false } = {}) {
  const root = await temporaryFolder();
  const node = projectNode(root);
  const fakeNode =
    '#!/bin/sh\necho "${1##*/} $2" >"$TARGET"\ncase "$2" in fail) exit 3;; die) kill -9 $$;; esac\n';
  await writeFiles(root, {
    "package-lock.json": JSON.stringify(lock),
    "scripts/start.ts": "",
    "bench/import.ts": "",
    "bin/npm": `#!/bin/sh\necho "$@" >"${join(root, "npm-arguments")}"\n${npm}\n`,
    ...(isInstalled ? { "node_modules/.package-lock.json": JSON.stringify(installed) } : {}),
    [relative(root, node)]: fakeNode,
  });
  await chmod(node, 0o755);
  await chmod(join(root, "bin/npm"), 0o755);
  const said: string[] = [];
  const run = (argv: string[], nodeVersion = "20.0.0"): Promise<number> =>
    bootstrap(argv, {
      root,
      env: { PATH: join(root, "bin"), TARGET: join(root, "ran") },
      nodeVersion,
      say: (line: string) => void said.push(line),
    });
  return { root, said, run, ran: () => readFile(join(root, "ran"), "utf8") };
}

describe("a command", () => {
  test("installs what is missing and then runs the script with the project's Node", async () => {
    const { root, said, run, ran } = await checkout();
    expect(await run(["start", "--port"])).toBe(0);
    expect(said).toEqual(["Installing what is missing; the first time this takes a minute or two …"]);
    expect(await readFile(join(root, "npm-arguments"), "utf8")).toMatch(
      /^ci --include=dev --include=optional /,
    );
    expect(await ran()).toBe("start.ts --port\n");
  });

  test("installs nothing when all is there", async () => {
    const { said, run, ran } = await checkout({ isInstalled: true, npm: "exit 1" });
    expect(await run(["bench/import", "x"])).toBe(0);
    expect(said).toEqual([]);
    expect(await ran()).toBe("import.ts x\n");
  });

  test("gives the exit code of the script, and the usual one for a signal", async () => {
    const { run } = await checkout({ isInstalled: true });
    expect(await run(["start", "fail"])).toBe(3);
    expect(await run(["start", "die"])).toBe(137);
  });

  test.each([
    [["nothing"], 'tagline: There is no command "nothing".'],
    [["../secret"], 'tagline: There is no command "../secret".'],
    [[], 'tagline: There is no command "".'],
  ])("%j is refused", async (argv, message) => {
    const { said, run } = await checkout({ isInstalled: true });
    expect(await run(argv)).toBe(1);
    expect(said).toEqual([message]);
  });

  test("says which Node is needed when this one is too old", async () => {
    const { said, run } = await checkout();
    expect(await run(["start"], "18.20.8")).toBe(1);
    expect(said).toEqual(["tagline: Node 20 or newer is needed, this is 18.20.8."]);
  });

  test("says why the install failed", async () => {
    const { said, run } = await checkout({ npm: "echo 'npm error code ENOTFOUND' >&2; exit 1" });
    expect(await run(["start"])).toBe(1);
    expect(said[1]).toContain("Installing needs the network");
  });

  test("does not run what npm left out, as it does with bytes that are not the lock file's", async () => {
    const { root, said, run, ran } = await checkout();
    await rm(projectNode(root));
    expect(await run(["start"])).toBe(1);
    expect(said[1]).toContain("npm did not get the project's own Node");
    await expect(ran()).rejects.toThrow("ENOENT");
  });

  test("that is stopped while it installs stops npm too", async () => {
    const { said, run } = await checkout({ npm: "while :; do :; done" });
    const ended = run(["start"]);
    // Until somebody listens, as a person would.
    const asking = setInterval(() => void process.emit("SIGTERM"), 300);
    onTestFinished(() => clearInterval(asking));
    expect(await ended).toBe(1);
    expect(said[1]).toContain("npm error it was stopped");
  });

  test("says so when there is no npm", async () => {
    const { root, said, run } = await checkout();
    await rm(join(root, "bin/npm"));
    expect(await run(["start"])).toBe(1);
    expect(said[1]).toContain("npm could not install what is missing: npm error spawn npm ENOENT");
  });

  test("says so when the project's Node does not start", async () => {
    const { root, said, run } = await checkout({ isInstalled: true });
    await chmod(projectNode(root), 0o644);
    expect(await run(["start"])).toBe(1);
    expect(said[0]).toContain("The project's Node does not start");
  });

  test("does not empty the folder behind a linked node_modules", async () => {
    const other = await checkout();
    const root = await temporaryFolder();
    await writeFiles(root, { "package-lock.json": JSON.stringify(lock), "scripts/start.ts": "" });
    await symlink(join(other.root, "node_modules"), join(root, "node_modules"));
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    expect(await bootstrap(["start"], { root, env: {}, nodeVersion: "24.0.0", say })).toBe(1);
    expect(said).toEqual(["tagline: node_modules is a link and out of date: run `npm ci` where it leads."]);
  });

  test("passes on what it did not expect", async () => {
    const { root } = await checkout({ isInstalled: true });
    const surroundings = {
      root,
      env: {},
      get nodeVersion(): string {
        throw new TypeError("unexpected");
      },
      say: () => {},
    };
    await expect(bootstrap(["start"], surroundings)).rejects.toThrow(TypeError);
  });
});

describe("what is installed", () => {
  const withLock = async (content: object | string): Promise<boolean> => {
    const { root } = await checkout();
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFiles(root, { "node_modules/.package-lock.json": text });
    return needsInstall(root);
  };

  test("is enough when it is what the lock file says, other platforms aside", async () => {
    expect(await withLock(installed)).toBe(false);
  });

  test.each([
    [{ packages: {} }],
    [{ packages: { "node_modules/a": { version: "0.9.0", integrity: "sha512-a" } } }],
    [{ packages: { "node_modules/a": { version: "1.0.0", integrity: "sha512-b" } } }],
    [{ packages: { "node_modules/a": null } }],
    [{}],
    ["null"],
    ["{broken"],
  ])("is not enough as %j", async (content) => {
    expect(await withLock(content)).toBe(true);
  });

  test("is not enough without the project's Node", async () => {
    const root = await temporaryFolder();
    await writeFiles(root, {
      "package-lock.json": JSON.stringify(lock),
      "node_modules/.package-lock.json": JSON.stringify(installed),
    });
    expect(needsInstall(root)).toBe(true);
  });

  test("cannot be told outside a checkout", async () => {
    const root = await temporaryFolder();
    expect(() => needsInstall(root)).toThrow("not a complete checkout");
  });
});

test.each([
  ["npm error code ENOSPC", "The disk is full"],
  ["npm error nospc There appears to be no space left on device", "The disk is full"],
  ["npm error code EAI_AGAIN", "Installing needs the network"],
  ["npm error code EACCES", "cannot be written"],
  [
    "npm error code ENOENT",
    "The disk is too full: an install needs about 1500 MB, 5 MB are free.",
    5_000_001,
  ],
  [
    "npm error code EUSAGE\nnpm error out of sync",
    "npm could not install what is missing: npm error code EUSAGE",
  ],
  ["", "it gave no reason"],
])("an install that fails with %j is told in one sentence", (output, sentence, freeBytes = 1e12) => {
  expect(describeInstallFailure(output, freeBytes)).toContain(sentence);
});

test("the npm that started the command is used, and no other package manager", () => {
  expect(npmCommand({ npm_execpath: "/usr/lib/npm/bin/npm-cli.js" })).toEqual([
    process.execPath,
    ["/usr/lib/npm/bin/npm-cli.js"],
  ]);
  expect(npmCommand({ npm_execpath: "/usr/lib/yarn.js" })).toEqual(["npm", []]);
  expect(npmCommand({})).toEqual(["npm", []]);
});

const machines = [
  ["darwin", "arm64"],
  ["darwin", "x64"],
  ["linux", "arm64"],
  ["linux", "x64"],
  ["win32", "arm64"],
  ["win32", "x64"],
] as const;

test("one version of Node is in the lock file for every machine, from packages without scripts", async () => {
  const root = join(import.meta.dirname, "../..");
  const { packages } = lockSchema.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
  const found = machines.map(([platform, arch]) => {
    const [modules, name] = relative("/", projectNode("/", { platform, arch })).split("/");
    return packages[`${modules}/${name}`];
  });
  expect(found.map((entry) => [entry?.os, entry?.cpu])).toEqual(
    // Windows on ARM runs what is made for x64.
    machines.map(([platform, arch]) => [[platform], [platform === "win32" ? "x64" : arch]]),
  );
  expect(new Set(found.map((entry) => entry?.version)).size).toBe(1);
  expect(found.filter((entry) => entry?.hasInstallScript)).toEqual([]);
});

test("a machine for which there is no Node is told so", () => {
  expect(() => projectNode("/", { platform: "freebsd", arch: "x64" })).toThrow(
    "win32 x64; this is freebsd x64.",
  );
});

test("Windows on ARM installs what is made for x64", () => {
  expect(installArguments({ platform: "win32", arch: "arm64" })).toContain("--cpu=x64");
  expect(installArguments({ platform: "win32", arch: "x64" })).not.toContain("--cpu=x64");
});

test("who started the process is known by its id", () => {
  expect(lineage()).toMatch(new RegExp(`^${process.ppid} `));
});

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      os: z.array(z.string().nullable()).optional(),
      cpu: z.array(z.string()).optional(),
      hasInstallScript: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

test("the lock file names every optional package, without which npm ci refuses it", async () => {
  const root = join(import.meta.dirname, "../..");
  const { packages } = lockSchema.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
  const find = (from: string, name: string): string | undefined => {
    const here = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
    if (packages[here]) return packages[here].version;
    return from === ""
      ? undefined
      : find(from.slice(0, Math.max(from.lastIndexOf("/node_modules/"), 0)), name);
  };
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name, version]) => /^\d/.test(version) && find(path, name) !== version)
      .map(([name, version]) => `${path} needs ${name} ${version}`),
  );
  expect(missing).toEqual([]);
});
