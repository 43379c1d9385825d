import { listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

/**
 * Empties database, buckets and objects. A reset empties what is loaded and nothing else, and the platform puts aside what
 * nobody has called for ten seconds: database and buckets are loaded first.
 */
export async function emptyStorage(): Promise<void> {
  await Promise.all([
    env.DB.prepare("SELECT 1").run(),
    env.MEDIA_BUCKET.head("none"),
    env.DERIVATIVES_BUCKET.head("none"),
  ]);
  await reset();
}

/** Empties the same, also the objects that have long been put aside: those of other test files. */
export async function emptyAllStorage(): Promise<void> {
  await loadObjects(env.INGEST_COORDINATOR);
  await loadObjects(env.PICTURE_INDEX);
  await emptyStorage();
}

async function loadObjects<T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
): Promise<void> {
  for (const id of await listDurableObjectIds(namespace))
    await runInDurableObject(namespace.get(id), () => undefined);
}
