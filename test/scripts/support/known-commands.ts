import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { experimental_getWranglerCommands as wranglerCommands } from "wrangler";
import { z } from "zod";
import { readCommand } from "../../../scripts/arguments.ts";
import { backupOptions } from "../../../scripts/backup/options.ts";
import { ownSurroundings } from "../../../scripts/deploy/surroundings.ts";
import { Help } from "../../../scripts/failure.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { commands } from "./commands.ts";

const textOf = (file: string): string => readFileSync(join(projectRoot, file), "utf8");

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(textOf("package.json")));

/** What npm itself can do, as far as documents speak of it. */
const npmCommands = new Set(["audit", "ci", "install", "pack", "version"]);

/** The flags of npm that stand before a script's name. */
const npmFlags = new Set(["--silent"]);

/** Programs that are none of ours and whose words name things of their own: images, volumes, folders of a container. */
const strangers: ReadonlySet<string> = new Set(["docker", "kubectl"]);

/** Flags of curl that documents explain. */
const curlFlags = new Set(["json", "retry"]);

/** The recipes of the justfile by their names: what they take, and the line of npm that they run. */
export const recipes: ReadonlyMap<string, { readonly takes: readonly string[]; readonly line: string }> =
  new Map(
    [...textOf("justfile").matchAll(/^([a-z-]+)((?: [^:\n]+)?):\n {4}(.+)$/gm)].map(
      ([, name = "", takes = "", line = ""]) => [
        name,
        { takes: takes.split(" ").filter((each) => each !== ""), line },
      ],
    ),
  );

const { registry, globalFlags } = wranglerCommands();

/** What stands for something of the reader's: in capitals, or three dots. */
function isPlaceholder(word: string): boolean {
  return /^[A-Z]+(?:…|\.{3})?$/.test(word) || word === "…";
}

function flagsAmong(args: readonly string[]): string[] {
  return args.flatMap((word) => /^--([a-z][\w-]*)/.exec(word)?.[1] ?? []);
}

/** The flags that a command tells when it is asked for help. */
function flagsTold(ask: () => unknown): string[] {
  try {
    ask();
  } catch (error) {
    if (error instanceof Help) return flagsAmong(error.message.split(/[\s[]/));
  }
  throw new Error("A command has told no help.");
}

const help = { ...ownSurroundings({}), argv: ["--help"] };

/** The flags of the scripts that have no table; `npm start` passes on what `wrangler dev` takes. */
const otherFlags: Readonly<Record<string, readonly string[]>> = {
  start: ["verbose", ...wranglerFlags(["dev"])],
  backup: flagsTold(() => backupOptions(help, "backup")),
  "backup:restore": flagsTold(() => backupOptions(help, "restore")),
};

/** Follows the words of a wrangler command down its tree; null where one leads nowhere. */
function wranglerNode(words: readonly string[]): typeof registry | null {
  let node = registry;
  for (const word of words) {
    if (node.definition?.type === "command" || word.startsWith("-") || word === "…") break;
    const next = node.subtree.get(word);
    if (next === undefined) return null;
    node = next;
  }
  return node;
}

function wranglerFlags(words: readonly string[]): string[] {
  const definition = wranglerNode(words)?.definition;
  const own = definition?.type === "command" ? Object.keys(definition.args ?? {}) : [];
  const negated = own.map((name) => (name.startsWith("no-") ? name.slice(3) : `no-${name}`));
  return [...own, ...negated, ...Object.keys(globalFlags)];
}

function wranglerProblem(words: readonly string[]): string | null {
  if (wranglerNode(words) === null) return "wrangler has no such command";
  const known = new Set(wranglerFlags(words));
  const unknown = flagsAmong(words).filter((flag) => !known.has(flag));
  return unknown.length === 0 ? null : `wrangler does not know --${unknown.join(", --")}`;
}

/** What is wrong with the arguments of a script of ours; those for vitest name tests that are there. */
function argumentsProblem(script: string, args: readonly string[]): string | null {
  if (script === "wrangler") return wranglerProblem(args);
  const absent = args.filter((word) => word.startsWith("test/") && !existsSync(join(projectRoot, word)));
  if (absent.length > 0) return `${absent.join(", ")} is not there`;
  const table = commands[script];
  if (table === undefined || script === "test") {
    const known = new Set(otherFlags[script]);
    const unknown = script === "test" ? [] : flagsAmong(args).filter((flag) => !known.has(flag));
    return unknown.length === 0 ? null : `${script} does not know --${unknown.join(", --")}`;
  }
  try {
    readCommand(table, args);
    return null;
  } catch (error) {
    return error instanceof Help ? null : String(error);
  }
}

function npmProblem(words: readonly string[]): string | null {
  const [first = "", ...rest] = words.filter((word) => !npmFlags.has(word));
  if (npmCommands.has(first)) return null;
  const [script = "", separator, ...args] = first === "run" ? rest : [first, ...rest];
  // `npm run` alone is no command to type.
  if (script === "") return null;
  if (!(script in scripts) || (first !== "run" && !["start", "test"].includes(first)))
    return `npm has no script ${script}`;
  if (separator !== undefined && separator !== "--") return "npm keeps what stands before --";
  return argumentsProblem(script, args);
}

function recipeProblem([name = "", ...args]: readonly string[]): string | null {
  const recipe = recipes.get(name);
  if (recipe === undefined) return `there is no recipe ${name}`;
  const [last = ""] = recipe.takes.slice(-1);
  if (!last.startsWith("*")) {
    return args.length <= recipe.takes.length ? null : `${name} takes no ${args.slice(-1).join("")}`;
  }
  const [, script = ""] = /npm (?:run )?(\S+)/.exec(recipe.line) ?? [];
  return script in commands || script in otherFlags ? argumentsProblem(script, args) : null;
}

/** Why a command that a document tells to type cannot be typed; null where it can. */
export function commandProblem(words: readonly string[]): string | null {
  const [program = "", ...args] = words;
  if (program === "npm") return npmProblem(args);
  if (program === "just") return recipeProblem(args);
  if (program === "wrangler") return wranglerProblem(args);
  if (program === "npx" && args[0] === "wrangler") return wranglerProblem(args.slice(1));
  const isFile = (word: string): boolean =>
    strangers.has(program) ? /\.ya?ml$/.test(word) : word.includes("/");
  const files = args.filter((word) => isFile(word) && !word.startsWith("$") && !isPlaceholder(word));
  const absent = files.filter((word) => !existsSync(join(projectRoot, word)));
  return absent.length === 0 ? null : `${absent.join(", ")} is not there`;
}

/** Whether any command that the documents speak of takes a flag. */
export function isFlag(flag: string): boolean {
  if (flag === "help" || curlFlags.has(flag)) return true;
  const tables = Object.values(commands).flatMap((command) => Object.keys(command.flags));
  return [...tables, ...Object.values(otherFlags).flat(), ...wranglerFlags(["d1", "export"])].includes(flag);
}
