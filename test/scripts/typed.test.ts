import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { projectRoot } from "../../scripts/wrangler.ts";
import { commandProblem, isFlag, recipes } from "./support/known-commands.ts";
import { commandsIn, flagsIn, wordsOf } from "./support/typed-commands.ts";

/** Blocks that a test runs as they are printed, by their documents and headings. */
const sessions: Readonly<Record<string, readonly string[]>> = {
  // test/e2e/tour.test.ts
  "README.md": ["A tour in two minutes"],
  // test/e2e/clients.test.ts, all of the document
  "docs/clients.md": [],
};

const documents = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md", { cwd: projectRoot })];
const texts = documents.map(
  (document) => [document, readFileSync(join(projectRoot, document), "utf8")] as const,
);

const typed = texts.flatMap(([document, text]) =>
  document === "docs/clients.md"
    ? commandsIn(document, text.replaceAll(/^```sh$/gm, "```"), [])
    : commandsIn(document, text, sessions[document] ?? []),
);

describe("a line of a shell", () => {
  test.for([
    ["npm run export -- 'a b' --csv", ["npm", "run", "export", "--", "a b", "--csv"]],
    ['npx x --command "SELECT 1" # why', ["npx", "x", "--command", "SELECT 1"]],
    ["TEST_PLANS=20 TEST_SEED=… npm test", ["npm", "test"]],
    ["npm test -- A=b", ["npm", "test", "--", "A=b"]],
  ] as const)("is taken apart: %s", ([line, words]) => {
    expect(wordsOf(line)).toEqual(words);
  });
});

describe("a command that cannot be typed", () => {
  test.for([
    ["npm run nonsense", "npm has no script nonsense"],
    ["npm build", "npm has no script build"],
    ["npm run import --url x", "npm keeps what stands before --"],
    ["npm run import -- --nonsense", "Unknown option '--nonsense'"],
    ["npm run key -- FILE", "Unexpected argument 'FILE'"],
    ["npm run deploy -- --force", "deploy does not know --force"],
    ["npm start -- --prot 9000", "start does not know --prot"],
    ["npm test -- test/nowhere", "test/nowhere is not there"],
    ["npm run wrangler -- d2 execute", "wrangler has no such command"],
    ["npx wrangler d1 execute DB --lokal", "wrangler does not know --lokal"],
    ["npx vitest run test/nowhere", "test/nowhere is not there"],
    ["just nonsense", "there is no recipe nonsense"],
    ["just soak 1 2", "soak takes no 2"],
    ["just ingest --nonsense", "Unknown option '--nonsense'"],
    ["cp .dev.vars.example ./docs/nowhere", "./docs/nowhere is not there"],
  ])("is told from one that can: %s", ([line = "", problem]) => {
    expect(commandProblem(wordsOf(line))).toContain(problem);
  });

  test("is in no document", () => {
    const problems = typed.flatMap(({ document, words }) => {
      const problem = commandProblem(words);
      return problem === null ? [] : [`${document}: ${words.join(" ")}: ${problem}`];
    });
    expect(problems).toEqual([]);
    expect(typed.length).toBeGreaterThan(100);
  });

  test("is in no recipe of the justfile", () => {
    const lines = [...recipes.values()].map(({ line }) => line);
    expect(lines.length).toBeGreaterThan(20);
    const [list = "", ...npm] = lines;
    expect(list).toBe("@just --list");
    const plain = npm.map((line) => wordsOf(line.replace(/ (?:-- )?\{\{.*\}\}$/, "")));
    expect(plain.filter(([program]) => program !== "npm")).toEqual([]);
    expect(plain.flatMap((words) => commandProblem(words) ?? [])).toEqual([]);
  });
});

test("each flag of which a document speaks is one that a command takes", () => {
  const flags = texts.flatMap(([document, text]) => flagsIn(document, text));
  expect(flags.length).toBeGreaterThan(10);
  expect(flags.filter(({ flag }) => !isFlag(flag))).toEqual([]);
});
