import type { Command } from "./arguments.ts";

/** `npm test` as its help tells it. */
export const testCommand = {
  name: "npm test",
  about:
    "Runs every check until one fails: build, licences, migrations, generated files, binding types, format, unused code, lint, types, the tests with coverage, the bundle. With arguments, only the tests, with these arguments for vitest, such as `npm test -- --project node test/scripts`; `npx vitest --help` tells which there are.",
  operands: [{ name: "[ARGUMENT…]", about: "Arguments of vitest.", otherwise: "none, and all checks" }],
  flags: {},
} as const satisfies Command;

/** `npm run test:browser` as its help tells it. */
export const browserTestCommand = {
  name: "npm run test:browser",
  about:
    "Runs the tests that look at the service's pages in a real Chromium, which the system has to have. Arguments are passed on to vitest, such as `npm run test:browser -- test/browser/docs.test.ts`.",
  operands: [
    { name: "[ARGUMENT…]", about: "Arguments of vitest.", otherwise: "none, and all browser tests" },
  ],
  flags: {},
  variables: [
    {
      name: "CHROMIUM",
      about: "The path of the Chromium or Chrome to run.",
      otherwise: "the first of chromium, chromium-browser and google-chrome on the PATH",
    },
  ],
} as const satisfies Command;

/** `npm run key` as its help tells it. */
export const keyCommand = {
  name: "npm run key",
  about:
    "Prints the keys of the service on this machine, as .dev.vars has them: name, widest scope and key of each that the service accepts, and a sentence for each entry that it does not.",
  flags: {},
} as const satisfies Command;

/** `npm run build` as its help tells it. */
export const buildCommand = {
  name: "npm run build",
  about:
    "Builds what the Worker imports and serves but does not hold itself: the kernel, the slimmed decoders, the console, the documentation viewer, the licences.",
  flags: {},
} as const satisfies Command;

/** `npm run dev:console` as its help tells it. */
export const devConsoleCommand = {
  name: "npm run dev:console",
  about:
    "Serves the console of the source, with every change at once, and passes its calls on to a service that runs, such as that of `npm start`.",
  flags: {
    url: {
      type: "string",
      value: "URL",
      default: "http://localhost:8787",
      about: "The service that the page calls.",
    },
  },
} as const satisfies Command;

/** `npm run console:pictures` as its help tells it. */
export const consolePicturesCommand = {
  name: "npm run console:pictures",
  about:
    "Takes the pictures of docs/console.md anew: starts a service with a collection that it draws, and looks at the service's page in a real Chromium, which the system has to have.",
  operands: [{ name: "[FOLDER]", about: "Where the pictures go.", otherwise: "docs/console" }],
  flags: {},
  variables: [
    {
      name: "CHROMIUM",
      about: "The path of the Chromium or Chrome to run.",
      otherwise: "the first of chromium, chromium-browser and google-chrome on the PATH",
    },
  ],
} as const satisfies Command;

/** `npm run generate` as its help tells it. */
export const generateCommand = {
  name: "npm run generate",
  about:
    "Writes what is made from the source of the Worker: docs/openapi.json, and from it the types of the client.",
  flags: {
    check: {
      type: "boolean",
      about: "Write nothing; name the files that are stale. The exit code is 1 if there is one.",
    },
  },
} as const satisfies Command;

/** `npm run size` as its help tells it. */
export const sizeCommand = {
  name: "npm run size",
  about:
    "Bundles the Worker as a deploy would, and prints how large each part is, plain and compressed; last the static assets, which count apart. Fails where the Worker is larger than its budget.",
  flags: {},
} as const satisfies Command;

/** `npm run tour:photo` as its help tells it. */
export const tourCommand = {
  name: "npm run tour:photo",
  about: "Draws docs/tour.jpg, the photo of the README's tour, anew.",
  flags: {},
} as const satisfies Command;

/** `npm run dropbox:stand-in` as its help tells it. */
export const standInCommand = {
  name: "npm run dropbox:stand-in",
  about:
    "Serves a folder of this machine as if it were a Dropbox, at http://127.0.0.1:8790, and prints the settings that a local service needs for it.",
  operands: [{ name: "[FOLDER]", about: "The files.", otherwise: "the folder that you are in" }],
  flags: {},
} as const satisfies Command;

/** `npm run licences` as its help tells it. */
export const licencesCommand = {
  name: "npm run licences",
  about:
    "Checks that each package of the lock file is under a licence that the project may use, more strictly where it ships.",
  flags: {},
} as const satisfies Command;

/** `npm run migrations:check` as its help tells it. */
export const migrationsCheckCommand = {
  name: "npm run migrations:check",
  about:
    "Checks that the migrations make the tables of src/db/schema.ts: has drizzle-kit generate into a copy, and leaves nothing behind.",
  flags: {},
} as const satisfies Command;
