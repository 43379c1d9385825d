import { parseArgs, type ParseArgsConfig } from "node:util";
import { Failure, Help } from "./failure.ts";

/** A flag of a command. */
export interface Flag {
  readonly type: "string" | "boolean";
  /** How its value is called in the help, such as `URL`. */
  readonly value?: string;
  readonly default?: string | boolean;
  /** What holds without the flag, in words, where that is no fixed value. */
  readonly otherwise?: string;
  readonly about: string;
}

/** What a command is given beside its flags, or reads from the environment. */
export interface Input {
  readonly name: string;
  readonly about: string;
  /** What holds without it. */
  readonly otherwise?: string;
}

/** A command as its help tells it; the same table reads its command line. */
export interface Command<Flags extends Readonly<Record<string, Flag>> = Readonly<Record<string, Flag>>> {
  /** As it is typed: `npm run import`. */
  readonly name: string;
  readonly about: string;
  /** What stands on the command line without a flag, in its order. */
  readonly operands?: readonly Input[];
  readonly flags: Flags;
  /** Variables of the environment. */
  readonly variables?: readonly Input[];
}

/** How wide the lines of a help are, in characters. */
const lineWidth = 100;

/** Reads a command line; one that is wrong is a failure that tells the usage, and `--help` tells the help alone. */
export function readArguments<T extends ParseArgsConfig & { readonly args: string[] }>(
  usage: string,
  config: T,
  help: string = usage,
): ReturnType<typeof parseArgs<T>> {
  if (isAskedForHelp(config.args)) throw new Help(help);
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** Reads the command line of a command by its table: the values of its flags, and what stands there without one. */
export function readCommand<const Flags extends Readonly<Record<string, Flag>>>(
  command: Command<Flags>,
  argv: readonly string[],
) {
  return readArguments(
    usageOf(command),
    { args: [...argv], options: command.flags, allowPositionals: (command.operands ?? []).length > 0 },
    helpOf(command),
  );
}

/** Throws the help of a command that passes its arguments on, where that is what is asked for. */
export function helpFirst(command: Command, argv: readonly string[]): void {
  if (isAskedForHelp(argv)) throw new Help(helpOf(command));
}

function isAskedForHelp(argv: readonly string[]): boolean {
  return argv.some((argument) => argument === "--help" || argument === "-h");
}

/** The one line that a wrong command line is answered with. */
export function usageOf({ name, operands = [], flags }: Command): string {
  const words = [...operands.map((operand) => operand.name), ...Object.entries(flags).map(shortForm)];
  return words.length === 0 ? `Usage: ${name}` : `Usage: ${name} -- ${words.join(" ")}`;
}

function shortForm(entry: [string, Flag]): string {
  return `[${longForm(entry)}]`;
}

function longForm([name, { value }]: [string, Flag]): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** The whole help of a command: what it does, what it is given, every flag with its default. */
export function helpOf(command: Command): string {
  const { about, operands = [], flags, variables = [] } = command;
  const rows: [string, string][] = [
    ...operands.map((operand): [string, string] => [operand.name, withDefault(operand)]),
    ...Object.entries(flags).map((entry): [string, string] => [longForm(entry), withDefault(entry[1])]),
    ["--help", "Tell this, and do nothing."],
  ];
  const width = Math.max(
    ...[...rows, ...variables.map(({ name }) => [name])].map(([term = ""]) => term.length),
  );
  const lines = rows.flatMap(([term, text]) => row(term, text, width));
  const environment = variables.flatMap((variable) => row(variable.name, withDefault(variable), width));
  return [
    usageOf(command),
    "",
    ...wrapped(about, lineWidth),
    "",
    ...lines,
    ...(environment.length > 0 ? ["", "In the environment:", ...environment] : []),
  ].join("\n");
}

function withDefault(input: Flag | Input): string {
  const fixed = "default" in input && typeof input.default === "string" ? input.default : undefined;
  const told = input.otherwise ?? fixed;
  if (told !== undefined) return `${input.about} (default: ${told})`;
  return "type" in input && input.type === "boolean" ? `${input.about} (default: off)` : input.about;
}

function row(term: string, text: string, width: number): string[] {
  const [first = "", ...more] = wrapped(text, Math.max(lineWidth - width - 4, 40));
  const indent = " ".repeat(width + 4);
  return [`  ${term.padEnd(width)}  ${first}`, ...more.map((line) => `${indent}${line}`)];
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > width && line !== "") {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
