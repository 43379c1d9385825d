import "../../support/setup.ts";

import { expect, it } from "vitest";
import { z } from "zod";

import page from "../../../docs/agents.md?raw";
import { connectAgent, sendMessage } from "../../support/http/agents.ts";
import { keys } from "../../support/keys.ts";

/** What stands between the fences of a language. */
function fenced(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? "";
}

const configuration = z.object({
  mcpServers: z.object({
    tagline: z.object({
      type: z.literal("http"),
      url: z.string(),
      headers: z.strictObject({ "X-API-Key": z.literal("KEY") }),
    }),
  }),
});

it("the configuration leads a client to the service, by the header that it names", async () => {
  const { tagline } = configuration.parse(JSON.parse(fenced("json"))).mcpServers;
  expect(new URL(tagline.url).pathname).toBe("/mcp");
  const agent = await connectAgent({ as: null, headers: { "X-API-Key": keys.read } });
  expect((await agent.listTools()).tools).toHaveLength(3);
});

it("the request without a client is answered as it stands", async () => {
  const body = /-d '([^']*)'/.exec(fenced("sh"))?.[1] ?? "";
  const response = await sendMessage(body, { as: "read" });
  expect(await response.json()).toMatchObject({ result: { structuredContent: { photos: [], total: 0 } } });
});

it("the table names every tool with its scope", async () => {
  const named = [...page.matchAll(/^\| `(\w+)` +\| `(\w+)` +\|/gm)].map(([, name, scope]) => [name, scope]);
  const { tools } = await (await connectAgent({ as: "admin" })).listTools();
  const told = tools.map(({ name, annotations }) => [
    name,
    annotations?.readOnlyHint === true ? "read" : "write",
  ]);
  expect(named).toEqual(told);
});
