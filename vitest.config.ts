import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig, type Plugin } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

import { testConfig } from "./scripts/test/config.ts";

// Imports `.wasm` files the way Workers do. It comes before Vite's own way, which is another.
const compiledWasm: Plugin = {
  name: "compiled-wasm",
  enforce: "pre",
  load: (id) =>
    id.endsWith(".wasm")
      ? `import { readFileSync } from "node:fs";
        export default new WebAssembly.Module(readFileSync(${JSON.stringify(id)}));`
      : null,
};

// Test files that share a worker share its modules, but each has hooks of its own.
const hooksOfEachFile: Plugin = {
  name: "hooks-of-each-file",
  enforce: "pre",
  resolveId: (source, importer) =>
    importer !== undefined && source.endsWith("/support/setup.ts")
      ? `${resolve(dirname(importer), source)}?of=${encodeURIComponent(importer)}`
      : null,
};

const memory = "/dev/shm";

/** Whether the system keeps files in memory there, with a gigabyte to spare. */
function hasRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= 2 ** 30;
  } catch {
    return false;
  }
}

// workerd's databases need not outlive a test, so they wait for no disk. Nothing may be executed there on some systems:
// what runs on Node keeps its own place.
const temporary = { TMPDIR: tmpdir() };
if (process.env["TMPDIR"] === undefined && hasRoomInMemory()) process.env["TMPDIR"] = memory;

// The checks draw the same every time, so that one that fails tells of the change and not of the draw; what a soak or a
// fuzz draws is new each time. fast-check prints the seed of what fails.
const seedOf = (mode: string): string =>
  process.env["TEST_SEED"] ?? (mode === "soak" ? String(Date.now() % 2 ** 31) : "20261122");

/** What takes longest by far, each in one file; see docs/testing.md. */
const longest = [
  "test/browser/console/library",
  "test/ingest/faults/",
  "test/ingest/histories/",
  "test/ingest/dropbox-histories/",
  "test/ingest/listing/at-size",
  "test/ingest/settling/moves-faults",
  "test/ingest/consumer/late-workers",
];

/**
 * Begins with the files that take longest, also where no earlier run has told which these are, as in a fresh clone: last
 * they would keep one core busy while the other has nothing left to do.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      longest.some((folder) => moduleId.includes(folder));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// A check of its own, `npm run test:exiftool`, as it needs a program that a fresh clone has not got.
const exiftool = {
  test: {
    name: "exiftool",
    env: temporary,
    include: ["test/exiftool/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};

// A check of its own, `npm run test:browser`, as it needs a Chromium.
const browser = {
  test: {
    name: "browser",
    env: temporary,
    include: ["test/browser/**/*.test.ts"],
    globalSetup: ["test/browser/support/shared/set-up.ts"],
    // Two browsers and their services on two cores: what one of them has no time for is tried again.
    retry: 2,
    // Whatever is waited for may take long there; the second that is usual is not.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};

/** Test files that have a workerd of their own: they leave it with other bindings, another clock, or objects that live on. */
const alone = [
  "test/ingest/**/*.test.ts",
  "test/platform/**/*.test.ts",
  "test/media/picture-index/**/*.test.ts",
  // The isolate keeps what /health has answered.
  "test/http/operation/health.test.ts",
  "test/http/people/access.test.ts",
  // Asks for everything, whatever others have left in the isolate.
  "test/http/fuzz/**/*.test.ts",
];

/** How all test files inside workerd are run. */
const inWorkerd = {
  // Coverage makes pixel loops several times slower; a time-out only catches what hangs.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  setupFiles: [
    "test/support/draws.ts",
    "test/support/empty-storage.ts",
    "test/support/platform/within-limits.ts",
  ],
};

/** Runs tests inside workerd, with real bindings. */
const workerd = (mode: string): Plugin =>
  cloudflareTest(async () => ({
    // Neither .dev.vars nor an .env nor settings of one's own in wrangler.toml reach a test.
    wrangler: { configPath: testConfig() },
    remoteBindings: false,
    // Else workerd tells, each with a stack, of every call that a test has broken off on purpose and of all that was
    // still open when one ends.
    verbose: false,
    miniflare: {
      // Tests send far more than a client may; the limits themselves are tested by the last one.
      ratelimits: {
        READ_LIMIT: { namespace_id: "1001", simple: { limit: 1_000_000_000, period: 60 } },
        WRITE_LIMIT: { namespace_id: "1002", simple: { limit: 1_000_000_000, period: 60 } },
        AUTH_LIMIT: { namespace_id: "1003", simple: { limit: 1_000_000_000, period: 60 } },
        THUMBNAIL_LIMIT: { namespace_id: "1004", simple: { limit: 1_000_000_000, period: 60 } },
        TEST_LIMIT: { namespace_id: "1099", simple: { limit: 2, period: 60 } },
      },
      bindings: {
        // How many plans of faults an ingest has to survive, see docs/testing.md.
        TEST_PLANS: process.env["TEST_PLANS"] ?? "150",
        // How many histories of a collection, of which nothing may be lost.
        TEST_HISTORIES: process.env["TEST_HISTORIES"] ?? "100",
        // How many sequences of changes by people, and of their undoing, are tried.
        TEST_CHANGES: process.env["TEST_CHANGES"] ?? "60",
        // How many histories of a Dropbox, half of them with disturbed runs.
        TEST_DROPBOX_HISTORIES: process.env["TEST_DROPBOX_HISTORIES"] ?? "60",
        // How many files a large Dropbox has; a multiple of 2,000.
        TEST_DROPBOX_FILES: process.env["TEST_DROPBOX_FILES"] ?? "4000",
        // How many photos vanish between two keys.
        TEST_VANISHED: process.env["TEST_VANISHED"] ?? "42000",
        // What fast-check draws from.
        TEST_SEED: seedOf(mode),
        // How many requests the HTTP fuzz sends.
        FUZZ_REQUESTS: process.env["FUZZ_REQUESTS"] ?? "2000",
        TEST_MIGRATIONS: await readD1Migrations("./migrations"),
      },
    },
  }));

// What runs on Workers is tested inside workerd with real bindings, what runs on Node on Node, then the whole as it is
// started.
export default defineConfig(({ mode }) => ({
  test: {
    silent: "passed-only",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    coverage: {
      provider: "istanbul",
      include: ["src/**/*.ts", "packages/client/src/**/*.ts", "console/src/**/*.ts", "scripts/**/*.{ts,mjs}"],
      exclude: [
        "**/*.d.ts",
        "src/thumbnail/kernel/**",
        "packages/client/src/openapi.ts",
        "console/src/**/*.svelte.ts",
      ],
      reporter: ["text-summary", "html", "json-summary"],
      thresholds: { statements: 90, branches: 90 },
    },
    projects: [
      ...(mode === "exiftool" ? [exiftool] : []),
      ...(mode === "browser" ? [browser] : []),
      {
        plugins: [hooksOfEachFile, workerd(mode)],
        test: {
          ...inWorkerd,
          name: "workers",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: [
            "test/scripts/**",
            "test/console/**",
            "test/e2e/**",
            "test/exiftool/**",
            "test/browser/**",
            ...alone,
          ],
        },
      },
      {
        plugins: [workerd(mode)],
        test: { ...inWorkerd, name: "workers-alone", include: alone },
      },
      {
        plugins: [compiledWasm],
        test: {
          name: "node",
          env: temporary,
          include: ["test/scripts/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The console is built of the client's source too.
        resolve: { alias: { "tagline-client": join(import.meta.dirname, "packages/client/src/index.ts") } },
        test: {
          name: "console",
          env: temporary,
          // Small files, and many: starting a worker for each takes longer than the tests.
          isolate: false,
          include: ["test/console/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [compiledWasm],
        test: {
          name: "e2e",
          env: temporary,
          // Whole services, each with a machine's worth of processes: one at a time, when all else is done.
          include: ["test/e2e/**/*.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
}));
