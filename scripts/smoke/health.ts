import { z } from "zod";
import type { Clock } from "../import/clock.ts";

const healthSchema = z.looseObject({
  status: z.enum(["ok", "degraded"]),
  checks: z.record(z.string(), z.string()),
  problems: z.array(z.string()),
});

/** What looking at a service needs. */
export interface Looking {
  readonly url: URL;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A new address, a new version and new secrets need some moments until they are everywhere; /health keeps an answer for ten. */
const patienceMs = 90_000;
const pauseMs = 3_000;
const answersWithinMs = 20_000;

/** Waits until `/health` says that the service works; gives what is wrong, one sentence each, if it does not in time. */
export async function waitUntilHealthy(looking: Looking): Promise<string[]> {
  const { clock, signal } = looking;
  const deadline = clock.now() + patienceMs;
  for (;;) {
    const problems = await healthProblems(looking);
    if (problems.length === 0 || clock.now() >= deadline) return problems;
    await clock.sleep(pauseMs, signal);
  }
}

async function healthProblems({ url, signal }: Looking): Promise<string[]> {
  const address = new URL("health", url);
  let response: Response;
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(answersWithinMs)]);
    response = await fetch(address, { redirect: "manual", signal: within });
    const health = healthSchema.safeParse(jsonOf(await response.text()));
    if (health.success) return sentences(address, health.data);
  } catch (error) {
    signal.throwIfAborted();
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    return [`${address.href} does not answer: ${cause instanceof Error ? cause.message : message}`];
  }
  const leads = response.headers.get("location");
  const where =
    leads === null ? "" : `, and leads to ${URL.parse(leads, address)?.host ?? "another address"}`;
  return [
    `${address.href} answers ${response.status} and is no health of Tagline${where}: is something in front of the service, such as Cloudflare Access?`,
  ];
}

function sentences(address: URL, { status, checks, problems }: z.infer<typeof healthSchema>): string[] {
  if (status === "ok") return [];
  const failed = Object.entries(checks).flatMap(([name, state]) =>
    state === "ok" ? [] : [`${address.href}: the check of the ${name} failed.`],
  );
  return [...failed, ...problems.map((problem) => `${address.href}: ${problem}`)];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
