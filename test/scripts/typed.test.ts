import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { projectRoot } from "../../scripts/wrangler.ts";
import { commandProblem, isFlag, recipes } from "./support/known-commands.ts";
import { commandsIn, flagsIn, wordsOf } from "./support/typed-commands.ts";

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...globSync("docs/**/*.md", { cwd: projectRoot }),
];
const texts = documents.map(
  (document) => [document, readFileSync(join(projectRoot, document), "utf8")] as const,
);

/** The documents whose blocks a test runs as they are printed: test/e2e/clients.test.ts, test/http/mcp/documented.test.ts. */
const runWhole: ReadonlySet<string> = new Set(["docs/clients.md", "docs/agents.md"]);

/** Whether a test runs the blocks below a heading as they are printed; of the README those of the tour. */
function isRunAsItIs(document: string, heading: string): boolean {
  return runWhole.has(document) || heading === "A tour in two minutes";
}

const typed = texts.flatMap(([document, text]) =>
  commandsIn(document, text, (heading) => isRunAsItIs(document, heading)),
);

/** What runs a command: a test by its file, `npm test` itself, or nothing, for a reason. */
type Runner =
  | { readonly test: string }
  | { readonly check: "npm test" | ".ci/run" }
  | { readonly why: string };

const account = { why: "needs an account at Cloudflare; wrangler's own table knows it" };
const minutes = { why: "takes minutes to hours; test/scripts/help.test.ts runs it as far as its help" };
const soak = { why: "the tests play it for a short while; it is the same tests with greater numbers" };
const sameAsNpm = { why: "a line over the npm script, which is run" };
const clone = { test: "test/e2e/typed.test.ts" };

/** By how the commands begin; the first that fits counts. */
const runners: readonly (readonly [RegExp, Runner])[] = [
  [/^npm run (?:bench:|fuzz|decoders)/, minutes],
  [/^npm run soak/, soak],
  [/^just /, sameAsNpm],
  [/^npm start/, clone],
  [
    /^npm run wrangler -- (?:login|d1 (?:create|time-travel)|rollback|triggers|versions|d1 migrations apply DB --remote)/,
    account,
  ],
  [/^npm run (?:key|import|ingest|export|restore|smoke|wrangler|backup(?!:))\b/, clone],
  [
    /^(?:npx )?wrangler deploy$/,
    { why: "wrangler's own, which our commands run; the documents speak of it" },
  ],
  [/^npx wrangler (?:d1 execute DB --local|r2 object get \S+ --local)/, clone],
  [/^curl .*\/v1\/database\/scan/, clone],
  [
    /^curl .*\$TAGLINE\/(?:health|v1\/)/,
    { why: "a call of the API, which the tests of its route hold; the runbook says how it was tried" },
  ],
  [/^npm run backup:restore/, { test: "test/scripts/backup/backup.test.ts" }],
  [/^npm run drill/, { test: "test/e2e/drill.test.ts" }],
  [/^npm run corpus/, { test: "test/e2e/corpus.test.ts" }],
  [/^npm run dev:console/, { test: "test/scripts/console/dev.test.ts" }],
  [/^npm run console:pictures/, { why: "draws pictures for a document; who changes the page looks at them" }],
  [/^npm run size/, { test: "test/scripts/bundle.test.ts" }],
  [/^npm run generate/, { test: "test/scripts/generate/generate.test.ts" }],
  [/^npm run deploy/, { test: "test/scripts/deploy/steps.test.ts" }],
  [/^(?:cp|rm|export) /, { why: "a shell's own; that the file is there is held above" }],
  [/^npm run dropbox:connect/, { test: "test/scripts/dropbox/connect.test.ts" }],
  [/^npm run dropbox:stand-in/, { test: "test/scripts/dropbox/server.test.ts" }],
  [/^npm test|^npx vitest run/, { check: "npm test" }],
  [
    /^npm run (?:build|check|format:check|knip|licences|lint|migrations:check|typecheck|types:check)/,
    { check: "npm test" },
  ],
  [/^npm run test:(?:browser|exiftool)|^\.ci\/run/, { check: ".ci/run" }],
  [/^npm run$/, { why: "no command, but what npm calls it" }],
  [/^npm (?:ci|install|pack|version)/, { why: "npm's own, and needs its registry" }],
  [
    /^(?:npx )?wrangler (?:d1 (?:create|export|migrations|time-travel)|r2 (?:bucket|object)|queues|login|secret|tail|rollback)/,
    account,
  ],
  [/^(?:npx )?wrangler dev/, { why: "what `npm start` runs" }],
  [
    /^(?:docker|kubectl) /,
    { why: "needs a container engine or a cluster; docs/container.md says what was tried" },
  ],
  [/^npx wrangler check startup/, { why: "profiles the start of the Worker; nobody decides by it alone" }],
  [/^npx wrangler$/, { why: "no command, but who reads a configuration" }],
];

const beginningOf = (line: string): RegExp | undefined => runners.find(([begins]) => begins.test(line))?.[0];

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
    ["npm run deploy -- --force", "Unknown option '--force'"],
    ["npm start -- --prot 9000", "start does not know --prot"],
    ["npm test -- test/nowhere", "test/nowhere is not there"],
    ["npm run wrangler -- d2 execute", "wrangler has no such command"],
    ["npx wrangler d1 execute DB --lokal", "wrangler does not know --lokal"],
    ["npx vitest run test/nowhere", "test/nowhere is not there"],
    ["just nonsense", "there is no recipe nonsense"],
    ["just soak 1 2", "soak takes no 2"],
    ["just ingest --nonsense", "Unknown option '--nonsense'"],
    ["kubectl apply --filename deploy/nowhere.yaml", "deploy/nowhere.yaml is not there"],
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

describe("each command that a document tells to type", () => {
  const lines = typed.map(({ words }) => words.join(" "));

  test("is run by a test, by npm test or by continuous integration, or there is a reason why not", () => {
    expect(lines.filter((line) => beginningOf(line) === undefined)).toEqual([]);
  });

  test("stands in a document: no line of this list is left over", () => {
    const used = new Set(lines.map(beginningOf));
    expect(runners.map(([begins]) => begins).filter((begins) => !used.has(begins))).toEqual([]);
  });

  test("is run by a test that is there", () => {
    const named = runners.flatMap(([, runner]) => ("test" in runner ? [runner.test] : []));
    expect(named.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });
});
