import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";

import { api } from "../../support/http/api.ts";
import {
  allRows,
  allWords,
  callRaw,
  change,
  connectAgent,
  contentOf,
  dryRunOf,
  sendMessage,
} from "../../support/http/agents.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { anyHostileCall, type HostileBody, type HostileCall, type Loot } from "./hostile-calls.ts";

const photos = 500;
const hostileCalls = 1000;

/** A line of the log for each call would be most of what the test takes. */
const quiet = { env: { LOG_LEVEL: "error" } };

/** An archive that people have written about, and an operation of theirs. */
async function insertArchive(): Promise<{ ids: string[]; operation: string }> {
  const rows = buildMany(photos, (index) => ({
    objectKey: `2024/${index}.jpg`,
    objectMetadata: {
      ...(index % 3 === 0 ? {} : { description: `Photo ${index} of the béach`, mood: { calm: index } }),
      ...(index % 4 === 0 ? { keywords: [`Key${index % 7}`, "Sea"] } : {}),
    },
  }));
  await insertMany(rows);
  const ids = rows.map(({ id }) => id);
  const agent = await connectAgent({ as: "admin" });
  const theirs = { ids: ids.slice(0, 40), add_keywords: ["Theirs"] };
  const { id: operation } = await change(agent, "tag_photos", theirs);
  return { ids, operation };
}

/** What the agent wants in earnest: words for every photo. */
function wanted(ids: readonly string[]): { photos: object[] } {
  return {
    photos: ids.map((id, index) => ({
      id,
      object_metadata: {
        description: `Seen by an agent: ${"wave ".repeat(60)}${index}`,
        keywords: index % 2 === 0 ? ["Agent", "Sea"] : null,
      },
    })),
  };
}

/** Dry runs in good faith, whose tokens a hostile agent then misuses. */
async function lootOf({ ids, operation }: { ids: string[]; operation: string }): Promise<Loot> {
  const agent = await connectAgent();
  const asked: [string, object][] = [
    ["describe_photos", { photos: [{ id: ids[0], object_metadata: { title: "one" } }] }],
    [
      "describe_photos",
      { photos: ids.slice(1, 9).map((id) => ({ id, object_metadata: { title: "some" } })) },
    ],
    ["tag_photos", { ids: ids.slice(0, 20), add_keywords: ["stolen"] }],
    ["undo", { operation_id: operation }],
  ];
  const stolen: Loot["stolen"][number][] = [];
  for (const [tool, args] of asked)
    stolen.push({ tool, args, token: (await dryRunOf(agent, tool, args)).token });
  // What the admin may do with a token of its own is no matter of the agent.
  const admin = await connectAgent({ as: "admin" });
  const others = { ids: ids.slice(0, 3), add_keywords: ["admin"] };
  const { token } = await dryRunOf(admin, "tag_photos", others);
  return { ids, operations: [operation], stolen: [...stolen, { tool: "tag_photos", args: others, token }] };
}

const answer = z.looseObject({ result: z.looseObject({}).optional(), error: z.looseObject({}).optional() });

/** Makes hostile calls by the key of the writer, some of them at the same time. */
async function attackWith(calls: readonly (HostileCall | HostileBody)[]): Promise<void> {
  const atATime = 5;
  for (let start = 0; start < calls.length; start += atATime)
    await Promise.all(calls.slice(start, start + atATime).map(attack));
}

/** Makes a hostile call; whatever it is, it gets an answer that gives nothing away, and none that says it has written. */
async function attack(call: HostileCall | HostileBody): Promise<void> {
  const response = await sendMessage(
    call.kind === "body"
      ? call.text
      : { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: call.name, arguments: call.args } },
    quiet,
  );
  const text = await response.text();
  expect(response.status).toBeLessThan(500);
  expect(text).not.toMatch(/internal_error|SQLITE|D1_|\.ts:\d|"status":"applied"/);
  if (response.status === 200) answer.parse(JSON.parse(text));
}

/** The pages of the list and of a search, without what tells of history. */
async function shown(): Promise<unknown[]> {
  const page = z.looseObject({
    items: z.array(z.looseObject({ revision: z.int(), updated_at: z.string() })),
    total: z.int().nullable(),
  });
  const paths = [
    "/v1/media?limit=500",
    "/v1/search?q=beach&limit=500&facets=keywords",
    "/v1/search?q=wave",
    "/v1/search?q=agent",
    "/v1/search?keyword=sea&limit=500",
    "/v1/media?without=description&limit=500",
  ];
  const pages: unknown[] = [];
  for (const path of paths) {
    const { items, ...rest } = page.parse(await (await api(path)).json());
    pages.push({ path, rest, items: items.map(({ revision: _r, updated_at: _u, ...item }) => item) });
  }
  return pages;
}

const count = async (table: string): Promise<unknown> =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first())?.["n"];

it("leaves an archive that one undo restores to the byte, after 1,000 hostile calls and one change", async () => {
  const archive = await insertArchive();
  const before = { words: await allWords(), shown: await shown() };
  const [operations, revisions] = [await count("operations"), await count("media_revisions")];
  const loot = await lootOf(archive);
  const rows = await allRows();
  const options = { numRuns: hostileCalls / 2, seed: Number(env.TEST_SEED) };

  await attackWith(fc.sample(anyHostileCall(loot), options));
  expect(await allRows()).toBe(rows);

  const agent = await connectAgent();
  const args = wanted(archive.ids);
  const { token } = await dryRunOf(agent, "describe_photos", args);
  const race = await Promise.all(
    Array.from({ length: 3 }, async () => callRaw("describe_photos", { ...args, token })),
  );
  const applied = race.map(contentOf).filter(({ status }) => status === "applied");
  expect(applied).toMatchObject([{ changed: photos }]);
  const operation = String(applied[0]?.["operation_id"]);
  const changed = await allRows();

  const used = { tool: "describe_photos", args, token };
  const more = {
    ...loot,
    operations: [...loot.operations, operation],
    stolen: [...loot.stolen, used],
  };
  const again = fc.sample(anyHostileCall(more), { ...options, seed: options.seed + 1 });
  await attackWith(again);
  // Every token of a dry run before the change: none of its records is as it was.
  for (const { tool, args: own, token: old } of loot.stolen)
    expect((await callRaw(tool, { ...own, token: old })).isError).toBe(true);
  expect(await allRows()).toBe(changed);
  expect(await allWords()).not.toBe(before.words);

  const undone = await change(agent, "undo", { operation_id: operation });
  expect(undone.changed).toBe(photos);
  expect(await allWords()).toBe(before.words);
  expect(await shown()).toEqual(before.shown);
  expect([await count("operations"), await count("media_revisions")]).toEqual([
    Number(operations) + 2,
    Number(revisions) + 2 * photos,
  ]);
});
