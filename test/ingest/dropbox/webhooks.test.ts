import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { configuredApp } from "../../support/dropbox/configured.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { rowOf } from "../support/rows.ts";
import { replacedCoordinator, type World } from "../support/world.ts";

const body = JSON.stringify({ list_folder: { accounts: ["dbid:AAH4f99T0taONIb"] } });

async function signature(): Promise<string> {
  const secret = new TextEncoder().encode(configuredApp.secret);
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const tag = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(body));
  return Array.from(new Uint8Array(tag), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends a notification as Dropbox does, and waits until what it leads to, after its answer, has been done. */
async function notify(world: World): Promise<void> {
  const heard = Promise.withResolvers<void>();
  const coordinator = replacedCoordinator(world.coordinator, {
    startOrFollow: async (input: Parameters<typeof world.coordinator.startOrFollow>[0]) => {
      const result = await world.coordinator.startOrFollow(input);
      heard.resolve();
      return result;
    },
  });
  const bindings = { INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName: () => coordinator }) };
  const headers = { "X-Dropbox-Signature": await signature() };
  const { env: own } = world;
  Object.assign(own, bindings);
  const response = await world.api("/webhooks/dropbox", { method: "POST", body, headers });
  expect(response.status).toBe(200);
  await heard.promise;
}

test("a change that is notified while a run is on is picked up by the one that follows", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/a.jpg", "a");
  const { id } = await world.startIngest();
  // The only page of changes is through when the next one comes.
  await world.deliver(world.outbox.shift());
  dropbox.tree.put("/b.jpg", "b");
  await notify(world);
  await world.drain();
  const [last, first, ...others] = await world.coordinator.runs(10, null);
  expect(first).toMatchObject({ id, trigger: "api", state: "completed", counts: { new: 1 } });
  expect(last).toMatchObject({ trigger: "webhook", state: "completed", counts: { new: 1 } });
  expect(others).toEqual([]);
  expect(await rowOf("b.jpg", "dropbox")).toMatchObject({ missing: false });
});

test("20 notifications lead to two runs, and the change after the last is there", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/a.jpg", "a");
  for (let index = 0; index < 20; index++) {
    dropbox.tree.put(`/${index}.jpg`, String(index));
    await notify(world);
    if (index === 10) await world.deliver(world.outbox.shift());
  }
  await world.drain();
  expect(await world.coordinator.runs(10, null)).toHaveLength(2);
  expect(await rowOf("19.jpg", "dropbox")).toMatchObject({ missing: false });
});
