import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { exitCode, projectRoot } from "../../../scripts/wrangler.ts";
import { fencedBlocks } from "../../support/markdown.ts";

/** A language whose examples a document has: who runs them, and how a line is printed between two of them. */
interface Runner {
  readonly file: string;
  readonly print: (line: string) => string;
  readonly command: (file: string) => readonly [string, string[]];
}

/** By what stands behind the fence. */
const runners = {
  ts: {
    file: "example.ts",
    print: (line) => `console.log(${JSON.stringify(line)});\n`,
    command: (file) => [process.execPath, [file]],
  },
  sh: {
    file: "example.sh",
    print: (line) => `printf ${JSON.stringify(`${line}\n`)}\n`,
    command: (file) => ["bash", ["--norc", file]],
  },
  python: {
    file: "example.py",
    print: (line) => `print(${JSON.stringify(line)}, flush=True)\n`,
    command: (file) => ["python3", [file]],
  },
} as const satisfies Readonly<Record<string, Runner>>;

/** What stands behind the fence of a block that can be run. */
export type Language = keyof typeof runners;

/** Before a heading; an answer that was printed before may not have ended its line. */
const mark = "\n== ";

/** All blocks of a language in a document, one after the other, with a line that has its heading before each. */
export async function sessionOf(document: string, language: Language): Promise<string> {
  const blocks = fencedBlocks(await readFile(join(projectRoot, document), "utf8"));
  return blocks
    .filter((block) => block.language === language)
    .map(({ heading, code }) => `${runners[language].print(`${mark}${heading}`)}${code}`)
    .join("");
}

/** What a session came to: what it printed below each heading, without spaces at the ends. */
export interface Played {
  readonly code: number;
  readonly err: string;
  readonly printed: ReadonlyMap<string, string>;
}

/** Runs a session in the project's folder, where it finds the project's packages, with variables of the environment. */
export async function playSession(
  session: string,
  language: Language,
  variables: Readonly<Record<string, string>>,
): Promise<Played> {
  return inScratch(language, session, async (file) => {
    const [command, args] = runners[language].command(file);
    const env = { ...process.env, ...variables };
    const child = spawn(command, args, { cwd: projectRoot, env, stdio: ["ignore", "pipe", "pipe"] });
    const [code, out, err] = await Promise.all([exitCode(child), text(child.stdout), text(child.stderr)]);
    const parts = out.split(mark).slice(1);
    const printed = new Map(
      parts.map((part) => {
        const [heading = "", ...lines] = part.split("\n");
        return [heading, lines.join("\n").trim()] as const;
      }),
    );
    return { code, err, printed };
  });
}

/** What the compiler says of a session in TypeScript, at its strictest; empty where it is content. */
export async function typeProblems(session: string): Promise<string> {
  return inScratch("ts", session, async (file) => {
    const config = join(file, "..", "tsconfig.json");
    const settings = { extends: join(projectRoot, "tsconfig.node.json"), files: [file], include: [] };
    await writeFile(config, JSON.stringify({ ...settings, compilerOptions: { rootDir: projectRoot } }));
    const tsc = join(projectRoot, "node_modules", ".bin", "tsc");
    const child = spawn(tsc, ["-p", config], { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
    const [, out, err] = await Promise.all([exitCode(child), text(child.stdout), text(child.stderr)]);
    return out + err;
  });
}

/** Has a session as a file below the project for as long as something is done with it. */
async function inScratch<T>(
  language: Language,
  session: string,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const scratch = join(projectRoot, ".wrangler");
  mkdirSync(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, "examples-"));
  try {
    const file = join(folder, runners[language].file);
    await writeFile(file, session);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
