import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { projectRoot } from "../../../scripts/wrangler.ts";

/** The document that tells whoever runs the service what each warning and each error means, and what to do. */
const document = "docs/watching.md";

/** A call that writes a warning or an error, with the event where the event stands in the call itself. */
const call = /\blog\.(warn|error)\(\s*(?:"([^"]+)")?/g;

/** A text that is formed as an event is: of such a text a call may be given a variable. */
const eventText = /"([a-z]+\.[a-z_]+)"/g;

const sources = globSync("src/**/*.ts", { cwd: projectRoot }).map((path) =>
  readFileSync(join(projectRoot, path), "utf8"),
);

/** The events that a source logs as a warning or an error. */
function eventsOf(source: string): string[] {
  return [...source.matchAll(call)].flatMap(([, , event]) =>
    event === undefined ? [...source.matchAll(eventText)].map(([, name = ""]) => name) : [event],
  );
}

const logged = [...new Set(sources.flatMap(eventsOf))].sort();

/** The events of the document's table: the first cell of each row. */
const told = [...readFileSync(join(projectRoot, document), "utf8").matchAll(/^\| `([a-z]+\.[a-z_]+)` +\|/gm)]
  .map(([, event = ""]) => event)
  .sort();

test("each event that the service logs as a warning or an error is explained to whoever runs it, once", () => {
  expect(logged.length).toBeGreaterThan(30);
  expect(told).toEqual(logged);
});
