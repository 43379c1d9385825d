import { fencedBlocks } from "../../support/markdown.ts";

/** A command that a document tells to type. */
export interface TypedCommand {
  readonly document: string;
  /** As a shell takes it apart, without variables of the environment before it and brackets of usages. */
  readonly words: readonly string[];
}

/** A flag that a document speaks of without its command. */
export interface TypedFlag {
  readonly document: string;
  readonly flag: string;
}

const programs = new Set([".ci/run", "curl", "docker", "just", "kubectl", "node", "npm", "npx", "wrangler"]);

/** What is a command and no mere name of a program, package or file. */
function isCommand(words: readonly string[]): boolean {
  const [program = "", ...rest] = words;
  return programs.has(program) && (rest.length > 0 || program === ".ci/run");
}

/** Words of a command line: quotes hold what belongs together, `#` begins a comment. */
export function wordsOf(line: string): string[] {
  const words: readonly string[] = line.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const end = words.indexOf("#");
  const typed = end === -1 ? words : words.slice(0, end);
  return typed
    .map((word) => word.replace(/^(["'])(.*)\1$/, "$2"))
    .filter(
      (word, index, all) =>
        !/^[A-Z_]+=\S*$/.test(word) || all.slice(0, index).some((each) => !/=/.test(each)),
    );
}

/** Takes the brackets off what a usage has in brackets: `[--env NAME]` is two words. */
function withoutBrackets(words: readonly string[]): string[] {
  return words.map((word) => word.replace(/^\[(?=.)/, "").replace(/(?<=.)\]$/, ""));
}

/** Lines of a block of shell, those that go on behind a backslash joined. */
function linesOf(code: string): string[] {
  return code
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

const codeSpan = /`([^`\n]+)`/g;

function spansOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^ *```[^]*?^ *```/gm, "");
  return [...prose.matchAll(codeSpan)].map(([, span = ""]) => span);
}

/** All commands of a document: in its prose, and in its blocks of shell, but for those that are run as they are. */
export function commandsIn(
  document: string,
  markdown: string,
  isRunAsItIs: (heading: string) => boolean,
): TypedCommand[] {
  const blocks = fencedBlocks(markdown).filter(
    ({ language, heading }) => language === "sh" && !isRunAsItIs(heading),
  );
  const typed = blocks.flatMap(({ code }) => linesOf(code).map(wordsOf));
  const spoken = spansOf(markdown).map(wordsOf).filter(isCommand);
  return [...typed, ...spoken].map((words) => ({ document, words: withoutBrackets(words) }));
}

/** The flags in the prose of a document that stand alone or behind a `--`. */
export function flagsIn(document: string, markdown: string): TypedFlag[] {
  return spansOf(markdown)
    .filter((span) => /^(?:-- )?--[a-z]/.test(span))
    .flatMap((span) => span.match(/--[a-z][\w-]*/g) ?? [])
    .map((flag) => ({ document, flag: flag.slice(2) }));
}
