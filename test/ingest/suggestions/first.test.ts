import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { aiEnv, AiStandIn } from "../../support/ai/stand-in.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { World } from "../support/world.ts";

test("x", async () => {
  const ai = new AiStandIn();
  const world = await World.create({ bindings: { ...aiEnv(ai), LOG_LEVEL: "debug" } });
  for (let n = 0; n < 10; n++) await world.put(`a/${n}.jpg`, photo(n));
  await world.ingest();
  console.log(JSON.stringify((await env.DB.prepare("SELECT * FROM suggestions").all()).results, null, 1));
  console.log(JSON.stringify((await env.DB.prepare("SELECT * FROM suggestion_wakes").all()).results, null, 1));
  console.log(ai.calls.length, ai.calls[0]);
  expect(1).toBe(1);
});
