import "../support/setup.ts";

import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, onTestFinished } from "vitest";

import { checked, IncomingRequest, worker } from "../support/platform/entry.ts";
import { limitedEnv } from "../support/platform/env.ts";
import { Invocation } from "../support/platform/invocation.ts";
import { limits } from "../support/platform/limits.ts";
import { limitedFetch } from "../support/platform/body.ts";
import { expectRefused } from "../support/platform/refusals.ts";
import { replaced } from "../support/records/replaced.ts";
import { api, apiWith } from "../support/http/api.ts";
import { keys } from "../support/keys.ts";
import { anId } from "../support/http/routes.ts";

/** Bindings that do nothing, so that a thousand calls take no time. */
const idle: Env = {
  ...env,
  MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { head: async () => null }),
  INGEST_QUEUE: replaced(env.INGEST_QUEUE, { send: async () => undefined }),
};

const pong = limitedFetch(async () => new Response("pong"));

describe("an invocation", () => {
  it("makes 1,000 calls to all but D1 together, and no more", async () => {
    await Invocation.run(async (invocation) => {
      const bindings = limitedEnv(idle, invocation);
      const coordinator = bindings.INGEST_COORDINATOR.getByName("calls");
      await coordinator.status();
      await bindings.INGEST_QUEUE.send({ type: "sweep", traceId: "", askedAt: 0 });
      await (await pong("https://example.test")).body?.cancel();
      for (let calls = 3; calls < limits.subrequests; calls++) await bindings.MEDIA_BUCKET.head("a");
      await bindings.DB.withSession().prepare("SELECT 1").all();
    });
    const onceMore = Invocation.run(async (invocation) => {
      const bindings = limitedEnv(idle, invocation);
      for (let calls = 0; calls < limits.subrequests; calls++) await bindings.MEDIA_BUCKET.head("a");
      await pong("https://example.test");
    });
    await expectRefused(onceMore, "Too many API requests by single Worker invocation");
  });

  it("fails for what was refused, though the code went on as if nothing had been", async () => {
    const careless = Invocation.run(async (invocation) => {
      await limitedEnv(env, invocation)
        .MEDIA_BUCKET.delete([])
        .catch(() => undefined);
    });
    await expectRefused(careless, "between 1 and 1000 inclusive");
  });
});

/** D1 that answers too many rows, whatever it is asked. */
function answeringTooMuch(database: D1Database): D1Database {
  const many =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001) SELECT i FROM n";
  return replaced(database, {
    withSession: () => {
      const session = database.withSession();
      const statement = session.prepare(many);
      const deaf = replaced(statement, { bind: () => statement });
      return replaced(session, { prepare: () => deaf, batch: async () => [await statement.all()] });
    },
  });
}

describe("the Worker in tests", () => {
  const { DB: original } = env;
  const DB = answeringTooMuch(original);
  // It asks one thing of D1.
  const one = `/v1/media/${anId}`;

  it("has the limits when its handlers are called", async () => {
    const headers = { "X-API-Key": keys.read };
    const request = new IncomingRequest(`https://tagline.test${one}`, { headers });
    await expectRefused(worker.fetch(request, { ...env, DB }, createExecutionContext()), "10001 rows");
    await expectRefused(apiWith({ DB }, one), "10001 rows");
  });

  it("has the limits when the runtime calls it", async () => {
    Reflect.set(env, "DB", DB);
    onTestFinished(() => void Reflect.set(env, "DB", original));
    await expectRefused(api(one), "10001 rows");
  });

  it("answers 4 MiB of JSON, and no more", async () => {
    const answer = async (bytes: number): Promise<Response> => checked(Response.json("x".repeat(bytes - 2)));
    expect(await (await answer(limits.answerBytes)).json()).toHaveLength(limits.answerBytes - 2);
    await expectRefused(answer(limits.answerBytes + 1), "an answer of 4194305 bytes");
  });
});
