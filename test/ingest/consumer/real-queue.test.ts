import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import worker from "../../../src/index.ts";
import { api } from "../../support/http/api.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { storedRows } from "../support/rows.ts";

// These go through the platform's own queue, clock and alarms, as the service does.

const runShape = z.looseObject({ id: z.string() });
const started = z.object({ status: z.enum(["started", "already_running"]), run: runShape });
const status = z.object({ state: z.string(), run: runShape.nullable(), last_run: runShape.nullable() });

async function statusNow() {
  return status.parse(await (await api("/v1/ingest/status", { as: "read" })).json());
}

async function untilIdle() {
  await expect.poll(async () => (await statusNow()).state, { timeout: 20_000, interval: 100 }).toBe("idle");
  return (await statusNow()).last_run;
}

test(
  "of twenty simultaneous requests one starts an ingest, which ends by itself with every photo ready",
  { timeout: 30_000 },
  async () => {
    for (let index = 0; index < 25; index++) await env.MEDIA_BUCKET.put(`${index}.jpg`, photo(index));
    const responses = await Promise.all(
      Array.from({ length: 20 }, async () => api("/v1/ingest", { method: "POST" })),
    );
    const answers = await Promise.all(
      responses.map(async (response) => started.parse(await response.json())),
    );
    expect(responses.filter((response) => response.status === 202)).toHaveLength(1);
    expect(responses.filter((response) => response.status === 200)).toHaveLength(19);
    expect(answers.filter((answer) => answer.status === "started")).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.run.id)).size).toBe(1);
    expect(responses[0]?.headers.get("Location")).toBe("/v1/ingest/status");
    const run = await untilIdle();
    expect(run).toMatchObject({
      state: "completed",
      counts: { scanned: 25, new: 25, queued: 25, processed: 25 },
    });
    expect((await storedRows("r2")).every((row) => row.state === "ready")).toBe(true);
  },
);

test("a second ingest with nothing changed writes no row", { timeout: 30_000 }, async () => {
  for (let index = 0; index < 5; index++) await env.MEDIA_BUCKET.put(`${index}.jpg`, photo(index));
  await api("/v1/ingest", { method: "POST" });
  await untilIdle();
  await api("/v1/ingest", { method: "POST" });
  expect(await untilIdle()).toMatchObject({
    counts: { unchanged: 5, queued: 0 },
    cost: { rows_written: 0, messages: 2 },
  });
});

test("the nightly trigger starts an ingest", { timeout: 30_000 }, async () => {
  await env.MEDIA_BUCKET.put("a.jpg", photo());
  await worker.scheduled({ cron: "17 3 * * *", scheduledTime: Date.now(), noRetry: () => undefined }, env);
  expect(await untilIdle()).toMatchObject({ trigger: "cron", state: "completed", counts: { new: 1 } });
});
