import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { allRows, callRaw, change, connectAgent, dryRunOf, refusalIn } from "../../support/http/agents.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { anyWrite, type Loot } from "./hostile-calls.ts";

/** Some photos, an operation, and a token of the writer for each tool that writes. */
async function loot(): Promise<Loot> {
  const rows = buildMany(20, (index) => ({ objectMetadata: { description: `photo ${index}` } }));
  await insertMany(rows);
  const ids = rows.map(({ id }) => id);
  const agent = await connectAgent();
  const { id: operation } = await change(agent, "tag_photos", { ids, add_keywords: ["sea"] });
  const asked: [string, object][] = [
    ["describe_photos", { photos: ids.map((id) => ({ id, object_metadata: { title: "hacked" } })) }],
    ["tag_photos", { ids, remove_keywords: ["sea"] }],
    ["undo", { operation_id: operation }],
  ];
  const stolen: Loot["stolen"][number][] = [];
  for (const [tool, args] of asked) {
    const { token } = await dryRunOf(agent, tool, args);
    stolen.push({ tool, args, token });
  }
  return { ids, operations: [operation], stolen };
}

describe("a key that reads", () => {
  it("changes nothing by 200 hostile calls, stolen tokens among them", async () => {
    const calls = fc.sample(anyWrite(await loot()), { numRuns: 200, seed: Number(env.TEST_SEED) });
    const before = await allRows();
    const refusals = new Set<string>();
    for (const { name, args } of calls)
      refusals.add(refusalIn(await callRaw(name, args, { as: "read", env: { LOG_LEVEL: "error" } })));
    expect([...refusals]).toEqual(["insufficient_scope"]);
    expect(await allRows()).toBe(before);
  });

  it("is told which scope it lacks, before its arguments are looked at", async () => {
    const result = await callRaw("undo", { operation_id: 7 }, { as: "read" });
    const [part] = result.content;
    expect(part?.type === "text" ? JSON.parse(part.text) : null).toEqual({
      code: "insufficient_scope",
      detail: 'This tool needs the scope "write".',
    });
  });
});
