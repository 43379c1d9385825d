import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { logLevels, type LogLevel } from "../../src/core/log.ts";

const problem = /^(?:✘|▲|X)? ?\[(?:wrangler:)?(?:ERROR|error|WARNING|warn)\] ?/;
const building = "[custom build]";
/** What wrangler says when it runs an edited service. */
const reloaded = "⎔ Local server updated";

/**
 * Passes on the lines of wrangler's output that concern a person: errors, after what the build has printed before them,
 * and what the service itself logs, with the indented lines below each.
 */
export class LineSieve {
  /** From this level on the service's own lines are shown; null while nothing of it is. */
  level: LogLevel | null = null;
  /** Whether a line was shown. */
  hasShown = false;
  readonly #show: (line: string) => void;
  #building: string[] = [];
  #isShowing = false;

  constructor(show: (line: string) => void) {
    this.#show = show;
  }

  /** Takes a line, without its end. */
  take(line: string): void {
    const plain = stripVTControlCharacters(line);
    if (plain.startsWith(`${building} Running`)) this.#building = [];
    else if (plain.startsWith(building)) this.#building.push(line);
    const belongsToLast = plain === "" || plain.startsWith(" ");
    if (!belongsToLast) this.#isShowing = this.#concerns(plain);
    if (!this.#isShowing) return;
    this.hasShown = true;
    for (const held of this.#building.splice(0)) this.#show(held);
    this.#show(line);
  }

  #concerns(line: string): boolean {
    if (line.startsWith(reloaded)) return this.level !== null;
    const [mark = ""] = problem.exec(line) ?? [];
    const [word = ""] = line.slice(mark.length).split(" ");
    const level = logLevels.findIndex((each) => each.toUpperCase() === word);
    if (level >= 0) return this.level !== null && level >= logLevels.indexOf(this.level);
    return mark.toLowerCase().includes("error");
  }
}

/** Keeps all that a program prints in a file, made anew, and hands it on line by line. */
export function keptOutput(path: string, take: (line: string) => void): (chunk: string) => void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "", { mode: 0o600 });
  let rest = "";
  return (chunk) => {
    appendFileSync(path, chunk);
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  };
}
