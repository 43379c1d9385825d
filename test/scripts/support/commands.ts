import { benchCommands } from "../../../bench/commands.ts";
import type { Command } from "../../../scripts/arguments.ts";
import {
  browserTestCommand,
  buildCommand,
  consolePicturesCommand,
  devConsoleCommand,
  generateCommand,
  keyCommand,
  licencesCommand,
  migrationsCheckCommand,
  sizeCommand,
  standInCommand,
  testCommand,
  tourCommand,
} from "../../../scripts/commands.ts";
import { corpusCommand } from "../../../scripts/corpus/options.ts";
import { deployCommand } from "../../../scripts/deploy/options.ts";
import { connectCommand } from "../../../scripts/dropbox/options.ts";
import { drillCommand } from "../../../scripts/drill/options.ts";
import { exportCommand } from "../../../scripts/export/options.ts";
import { importCommand } from "../../../scripts/import/options.ts";
import { ingestCommand } from "../../../scripts/ingest/options.ts";
import { restoreCommand } from "../../../scripts/restore/options.ts";
import { smokeCommand } from "../../../scripts/smoke/options.ts";

/** The table of each command that has one, by its name in package.json. */
export const commands: Readonly<Record<string, Command>> = {
  ...benchCommands,
  build: buildCommand,
  "console:pictures": consolePicturesCommand,
  "dev:console": devConsoleCommand,
  corpus: corpusCommand,
  deploy: deployCommand,
  "dropbox:connect": connectCommand,
  "dropbox:stand-in": standInCommand,
  drill: drillCommand,
  export: exportCommand,
  generate: generateCommand,
  "generate:check": generateCommand,
  import: importCommand,
  ingest: ingestCommand,
  key: keyCommand,
  licences: licencesCommand,
  "migrations:check": migrationsCheckCommand,
  restore: restoreCommand,
  size: sizeCommand,
  smoke: smokeCommand,
  test: testCommand,
  "test:browser": browserTestCommand,
  "tour:photo": tourCommand,
};
