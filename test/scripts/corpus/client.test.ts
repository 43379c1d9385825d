import { expect, test } from "vitest";
import { Client } from "../../../scripts/corpus/client.ts";
import { Failure } from "../../../scripts/failure.ts";
import { realClock } from "../../../scripts/import/clock.ts";
import { freePort } from "../../../scripts/start/port.ts";

test("a service that cannot be reached is told in a sentence, with its address", async () => {
  const url = new URL(`http://localhost:${await freePort()}/`);
  const client = new Client({ url, key: "key" }, { ...realClock, sleep: async () => {} });
  const asked = client.media("id");
  await expect(asked).rejects.toThrow(Failure);
  await expect(asked).rejects.toThrow(`${url.origin} cannot be reached`);
});
