import "../../support/setup.ts";
import { expect, it } from "vitest";
import { connectAgent } from "../../support/http/agents.ts";
import { insertMedia } from "../../support/records/media.ts";

it.each(["legacy", "2026-07-28"] as const)("lists tools %s", async (revision) => {
  const { id } = await insertMedia({ objectMetadata: { description: "The beach" } });
  const agent = await connectAgent({ revision });
  const { tools } = await agent.listTools();
  console.log(JSON.stringify(tools, null, 1).slice(0, 6000));
  console.log(agent.getInstructions(), agent.getServerVersion(), agent.getServerCapabilities());
  console.log(JSON.stringify(await agent.callTool({ name: "search_photos", arguments: { q: "beach" } })));
  console.log(JSON.stringify(await agent.callTool({ name: "look_at_photo", arguments: { id } })));
  const a = { photos: [{ id, object_metadata: { description: "x" } }] };
  const dry = await agent.callTool({ name: "describe_photos", arguments: a });
  console.log(JSON.stringify(dry));
  const token = dry.structuredContent?.["token"];
  console.log(JSON.stringify(await agent.callTool({ name: "describe_photos", arguments: { ...a, token } })));
  console.log(JSON.stringify(await agent.callTool({ name: "describe_photos", arguments: { ...a, token } })));
  expect(1).toBe(1);
});
