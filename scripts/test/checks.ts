import { join } from "node:path";
import { projectRoot, run, wranglerEnv } from "../wrangler.ts";

/** One check: what it is called and the program, from node_modules/.bin, that makes it. */
export interface Check {
  name: string;
  program: string;
  args: string[];
}

/** Compiles what the code under test imports and a fresh clone lacks; done again it looks at dates and no more. */
const build: Check = { name: "build", program: "node", args: ["scripts/build.ts"] };

/** The console's own TypeScript is the one that the tools of Svelte work with. */
const svelteCheck = [
  "console/node_modules/svelte-check/bin/svelte-check",
  "--workspace",
  "console",
  "--tsconfig",
  "./tsconfig.json",
  "--fail-on-warnings",
];

/** Everything that has to hold, the quick checks first. */
export const checks: Check[] = [
  build,
  { name: "licences", program: "node", args: ["scripts/test/licences.ts"] },
  { name: "migrations", program: "node", args: ["scripts/test/migrations.ts"] },
  { name: "generated files", program: "node", args: ["scripts/generate.ts", "--check"] },
  {
    name: "binding types",
    program: "wrangler",
    args: [
      "types",
      "--include-runtime=false",
      "--strict-vars=false",
      "--env-file",
      ".dev.vars.example",
      "--check",
    ],
  },
  { name: "format", program: "oxfmt", args: ["--check"] },
  { name: "unused code", program: "knip", args: ["--no-progress", "--treat-config-hints-as-errors"] },
  { name: "lint", program: "oxlint", args: [] },
  { name: "types", program: "tsc", args: ["-p", "tsconfig.worker.json"] },
  { name: "types on Node", program: "tsc", args: ["-p", "tsconfig.node.json"] },
  { name: "types of the console", program: "node", args: [...svelteCheck] },
  { name: "tests", program: "vitest", args: ["run", "--coverage"] },
  { name: "bundle and its size", program: "node", args: ["scripts/size.ts"] },
];

/** `npm test -- ARGUMENTS` runs only the tests, with these arguments for vitest. */
export function vitestOnly(argv: string[]): Check[] {
  return [{ name: "tests", program: "vitest", args: ["run", ...argv] }];
}

/** What is said before anything begins: how long it takes, and what is quicker. */
export const announcement =
  "All checks take some 21 minutes on two cores, and more on busy ones; the tests are nearly all of that.\n" +
  "The tests of one folder take seconds: npm test -- test/http";

/** What `npm test` runs: everything, or with arguments what a fresh clone needs for the tests, and these. */
export function plan(argv: string[]): { opening: string | undefined; list: Check[] } {
  return argv.length > 0
    ? { opening: undefined, list: [build, ...vitestOnly(argv)] }
    : { opening: announcement, list: checks };
}

const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

/** Runs the checks in order and stops at the first that fails; gives the exit code. */
export async function runChecks(list: Check[], say: (line: string) => void): Promise<number> {
  const begin = performance.now();
  for (const [index, { name, program, args }] of list.entries()) {
    const since = performance.now();
    say(`\n— ${name} (${index + 1} of ${list.length})`);
    const code = await run(
      [join(projectRoot, "node_modules", ".bin", program), args],
      wranglerEnv(process.env),
    );
    if (code !== 0) {
      say(`\nFAILED: ${name}, after ${seconds(since)}. To run it alone: npx ${[program, ...args].join(" ")}`);
      return code;
    }
  }
  say(`\nAll ${list.length} checks passed in ${seconds(begin)}.`);
  return 0;
}
