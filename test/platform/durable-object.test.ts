import { env } from "cloudflare:workers";
import { expect, it } from "vitest";

import { limitedObject } from "../support/platform/durable-object.ts";
import { Invocation } from "../support/platform/invocation.ts";
import { limits } from "../support/platform/limits.ts";
import { takeRefusals } from "../support/platform/refusals.ts";
import { replaced } from "../support/records/replaced.ts";
import { replacedCoordinator } from "../ingest/support/world.ts";

/** A coordinator as one invocation has it, which answers `run` by what it was given. */
function coordinator() {
  const echo = replacedCoordinator(env.INGEST_COORDINATOR.getByName("echo"), {
    run: async (id: string) => [id, id],
  });
  const namespace = replaced(env.INGEST_COORDINATOR, { getByName: () => echo });
  return limitedObject(namespace, new Invocation()).getByName("echo");
}

it("32 MiB go to a Durable Object and come back, and no more either way", async () => {
  const room = limits.rpcBytes - 100;
  await coordinator().run("x".repeat(room / 2));
  await expect(coordinator().run("x".repeat(limits.rpcBytes / 2))).rejects.toThrow("limited to 32MiB");
  await expect(coordinator().run("x".repeat(limits.rpcBytes))).rejects.toThrow("limited to 32MiB");
  expect(takeRefusals()).toHaveLength(2);
});
