import { expect, test } from "vitest";

import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf } from "../support/rows.ts";
import { World } from "../support/world.ts";

async function upload(world: World, key: string): Promise<void> {
  const body = photo();
  const headers = { "Content-Length": String(body.length) };
  const response = await world.api(`/v1/media?object_key=${key}`, { method: "POST", body, headers });
  expect(response.status).toBe(201);
  await world.uploadsSent();
}

const second = 1000;

test("an upload is processed by its own message", async () => {
  const world = await World.create();
  await upload(world, "a.jpg");
  expect(await world.drain()).toMatchObject([{ type: "process" }]);
  expect((await rowOf("a.jpg")).state).toBe("ready");
});

test("an upload whose message was lost is found by the sweep and processed within two minutes", async () => {
  const world = await World.create();
  await upload(world, "a.jpg");
  world.takeAll();
  let passed = 0;
  for (; passed < 120 && (await rowOf("a.jpg")).state === "pending"; passed += 5) {
    world.advance(5 * second);
    await world.alarm();
    await world.drain();
  }
  expect((await rowOf("a.jpg")).state).toBe("ready");
  expect((await world.coordinator.status()).last_run).toMatchObject({
    kind: "database_scan",
    trigger: "event",
  });
});

test("a sweep that is lost as well is asked for again", async () => {
  const world = await World.create();
  await upload(world, "a.jpg");
  world.takeAll();
  world.advance(45 * second);
  await world.alarm();
  expect(world.takeAll()).toMatchObject([{ type: "sweep" }]);
  world.advance(45 * second);
  await world.alarm();
  await world.drain();
  expect((await rowOf("a.jpg")).state).toBe("ready");
});

test("the sweep goes to rest when nothing is left behind", async () => {
  const world = await World.create();
  await upload(world, "a.jpg");
  await world.drain();
  let alarms = 0;
  for (world.advance(45 * second); await world.alarm(); world.advance(45 * second)) {
    await world.drain();
    alarms += 1;
  }
  expect(alarms).toBeLessThanOrEqual(3);
});

test("a sweep during a run starts no other, and comes back after it", async () => {
  const world = await World.create();
  await upload(world, "a.jpg");
  world.takeAll();
  const { id } = await world.startIngest({ prefix: "elsewhere/" });
  const [list] = world.takeAll();
  world.advance(45 * second);
  await world.alarm();
  const sweep = world.takeAll().find((message) => message.type === "sweep");
  await world.deliver(sweep);
  expect((await world.coordinator.status()).run?.id).toBe(id);
  await world.deliver(list);
  await world.drain();
  world.advance(45 * second);
  await world.alarm();
  await world.drain();
  expect((await rowOf("a.jpg")).state).toBe("ready");
});

test("an upload is stored and kept when its message cannot be sent", async () => {
  const world = await World.create();
  world.queueIsDown = true;
  await upload(world, "a.jpg");
  expect((await rowOf("a.jpg")).state).toBe("pending");
});
