import { waitUntil } from "cloudflare:workers";

import type { Database } from "../../../db/connection.ts";
import { pendingMigrations } from "../../../db/health.ts";
import type { Services } from "../../../services.ts";
import { answerTimeoutMs, inTime } from "../../in-time.ts";

/** What a look at one dependency came to. */
export type CheckResult = "ok" | "failed";

/** The health of the service, as `/health` answers it. */
export interface Health {
  readonly status: "ok" | "degraded";
  readonly checks: Readonly<Record<"database" | "storage" | "coordinator", CheckResult>>;
  /** The problems of the configuration, a sentence each. */
  readonly problems: string[];
}

/** Anybody may ask, so an answer is kept for a while from its end, and asking costs nothing. */
const keptMs = 10_000;
/** How long a request waits, while another request checks, before looking whether the checks are done. */
const lookAgainMs = 50;
/** A look that lasts longer than its checks may was dropped by the runtime, together with the request that began it. */
const droppedMs = answerTimeoutMs + 500;

let isolateHealth: { readonly at: number; readonly health: Health } | null = null;
let isolateHealthCheck: { readonly since: number } | null = null;

/**
 * How the service is, as of ten seconds ago at the most. One request looks at a time; the others look again whether it is
 * done, rather than wait for its promise, which the runtime would never settle if that request's client left.
 */
export async function currentHealth(services: Services): Promise<Health> {
  for (;;) {
    const now = Date.now();
    if (isolateHealth !== null && now - isolateHealth.at <= keptMs) return isolateHealth.health;
    if (isolateHealthCheck === null || now - isolateHealthCheck.since > droppedMs) return look(services);
    await scheduler.wait(lookAgainMs);
  }
}

async function look(services: Services): Promise<Health> {
  const own = { since: Date.now() };
  isolateHealthCheck = own;
  const checked = checkHealth(services).then((health) => {
    isolateHealth = { at: Date.now(), health };
    if (isolateHealthCheck === own) isolateHealthCheck = null;
    return health;
  });
  // It ends also when the client leaves, so that the others need not wait until it counts as dropped.
  waitUntil(checked);
  return checked;
}

/** Never rejects, and takes no longer than a check may. */
async function checkHealth(services: Services): Promise<Health> {
  const { db, coordinator: ingest } = services;
  const [database, storage, coordinator] = await Promise.all([
    attempt(services, "database", async () => requireMigrations(db)),
    storageAnswers(services),
    attempt(services, "coordinator", async () => ingest.status()),
  ]);
  const checks = { database, storage, coordinator };
  const isWell = services.problems.length === 0 && Object.values(checks).every((each) => each === "ok");
  return { status: isWell ? "ok" : "degraded", checks, problems: [...services.problems] };
}

async function storageAnswers(services: Services): Promise<CheckResult> {
  const answers = Array.from(services.providers.values(), async (provider) =>
    attempt(services, `storage ${provider.name}`, async (signal) => provider.probe(signal)),
  );
  const results = await Promise.all(answers);
  return results.length > 0 && results.every((each) => each === "ok") ? "ok" : "failed";
}

/** Throws for a database that answers but is older than this code: the log is to say which migrations it lacks. */
async function requireMigrations(db: Database): Promise<void> {
  const pending = await pendingMigrations(db);
  if (pending.length > 0) throw new Error(`The database lacks the migrations ${pending.join(", ")}.`);
}

async function attempt(
  services: Services,
  name: string,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<CheckResult> {
  try {
    await inTime(work);
    return "ok";
  } catch (cause) {
    services.log.error("health.failed", { check: name }, cause);
    return "failed";
  }
}
