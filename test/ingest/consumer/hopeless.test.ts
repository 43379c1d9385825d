import { expect, test } from "vitest";

import { AppError } from "../../../src/core/errors.ts";
import { consumeIngest } from "../../../src/ingest/consumer/consumer.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { batchOf, World } from "../support/world.ts";

test("a failure that cannot pass is recorded at once, and its run ends", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  const { id } = await world.startIngest();
  const services = world.services({});
  const refused = new AppError("read_only_provider", "The storage provider cannot be listed.");
  const providers = new Map(
    [...services.providers].map(([name, provider]) => [
      name,
      replaced(provider, { list: () => Promise.reject(refused) }),
    ]),
  );
  const ended: string[] = [];
  const message = {
    id: "0",
    timestamp: new Date(),
    attempts: 1,
    body: world.outbox.shift(),
    ack: () => void ended.push("acknowledged"),
    retry: () => void ended.push("retried"),
  };
  await consumeIngest(batchOf("any", [message]), () => ({ ...services, providers }));
  expect(ended).toEqual(["acknowledged"]);
  expect(await world.run(id)).toMatchObject({ state: "failed" });
});
