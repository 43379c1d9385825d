import { listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll } from "vitest";

async function load<T extends Rpc.DurableObjectBranded>(namespace: DurableObjectNamespace<T>): Promise<void> {
  for (const id of await listDurableObjectIds(namespace))
    await runInDurableObject(namespace.get(id), () => undefined);
}

// No test file finds what one before it has left in the workerd that they share. A reset empties what is loaded and nothing
// else, so all that is stored is loaded first.
beforeAll(async () => {
  await env.DB.prepare("SELECT 1").run();
  await Promise.all([env.MEDIA_BUCKET.head("none"), env.DERIVATIVES_BUCKET.head("none")]);
  await load(env.INGEST_COORDINATOR);
  await load(env.PICTURE_INDEX);
  await reset();
});
