import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCodesOf } from "../../packages/client/scripts/error-codes-of.ts";
import { typesOf } from "../../packages/client/scripts/types-of.ts";
import { readCommand } from "../arguments.ts";
import { generateCommand } from "../commands.ts";
import { projectRoot } from "../wrangler.ts";
import { openApiText } from "./openapi.ts";

/** What generating needs of its surroundings. */
export interface Generating {
  readonly argv: readonly string[];
  readonly say: (line: string) => void;
  /** Where the files are; a test has a folder of its own. */
  readonly root?: string;
}

/** The snapshot of the OpenAPI document, which tells a change of the interface as a difference to read. */
const snapshot = "docs/openapi.json";
/** The types that the client's calls have. */
const types = "packages/client/src/openapi.ts";
/** What the client knows an answer of Tagline by. */
const codes = "packages/client/src/error-codes.ts";

/** Writes the generated files, or with `--check` names those that are stale; gives the exit code. */
export async function generate({ argv, say, root = projectRoot }: Generating): Promise<number> {
  const { values } = readCommand(generateCommand, argv);
  const document = await openApiText();
  const files = [
    { path: snapshot, text: document },
    { path: types, text: await typesOf(document) },
    { path: codes, text: errorCodesOf(document) },
  ];
  const stale = files.filter(({ path, text }) => contentOf(join(root, path)) !== text);
  if (values.check === true) {
    for (const { path } of stale)
      say(`${path} does not fit the source of the Worker any more: run \`npm run generate\` and commit it.`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const { path, text } of stale) writeFileSync(join(root, path), text);
  say(stale.length === 0 ? "Nothing has changed." : `Wrote ${stale.map(({ path }) => path).join(", ")}.`);
  return 0;
}

function contentOf(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
