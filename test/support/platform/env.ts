import { limitedBucket } from "./bucket.ts";
import { limitedObject } from "./durable-object.ts";
import { limitedDatabase } from "./database.ts";
import { Invocation } from "./invocation.ts";
import { limitedQueue } from "./queue.ts";

/**
 * The bindings of one invocation: they refuse what the platform refuses, and count together what one invocation may do.
 * Each invocation needs its own; what a test does to arrange its world goes past them.
 */
export function limitedEnv(env: Env, invocation = new Invocation()): Env {
  return {
    ...env,
    DB: limitedDatabase(env.DB, invocation),
    MEDIA_BUCKET: limitedBucket(env.MEDIA_BUCKET, invocation),
    DERIVATIVES_BUCKET: limitedBucket(env.DERIVATIVES_BUCKET, invocation),
    INGEST_QUEUE: limitedQueue(env.INGEST_QUEUE, invocation),
    INGEST_COORDINATOR: limitedObject(env.INGEST_COORDINATOR, invocation),
    // Some deployments have none.
    PICTURE_INDEX:
      typeof env.PICTURE_INDEX === "object"
        ? limitedObject(env.PICTURE_INDEX, invocation)
        : env.PICTURE_INDEX,
  };
}
