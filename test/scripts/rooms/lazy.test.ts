import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

import { describe, expect, test } from "vitest";

import { projectRoot } from "../../../scripts/wrangler.ts";

const source = join(projectRoot, "src");

/** The lines of src that match, each with the file that it stands in. */
function linesWith(pattern: RegExp): string[] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const lines = readFileSync(join(source, file), "utf8").split("\n");
      const name = relative(projectRoot, join(source, file));
      return lines.filter((line) => pattern.test(line)).map((line) => `${name}: ${line.trim()}`);
    })
    .toSorted();
}

describe("the SDK of the protocol for agents", () => {
  test("is imported by one file", () => {
    expect(linesWith(/"@modelcontextprotocol\//)).toEqual([
      'src/http/mcp/protocol.ts: } from "@modelcontextprotocol/server";',
    ]);
  });

  test("is loaded only when a message comes, so that no other request waits for it", () => {
    expect(linesWith(/"\.[^"]*\/protocol\.ts"/)).toEqual([
      'src/http/mcp/answer-message.ts: import type * as Sdk from "./protocol.ts";',
      'src/http/routes/agents/mcp.ts: const protocol = await import("../../mcp/protocol.ts");',
    ]);
  });
});
