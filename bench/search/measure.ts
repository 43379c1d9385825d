import { z } from "zod";

import { processorMs } from "../support/processor-time.ts";
import { workerdBelow } from "../support/resident.ts";
import type { Server } from "../support/server.ts";
import type { Question } from "./questions.ts";

/** The key that the services of the benchmark take. */
export const key = "bench-key-000000000000000000000000000000";

const withKey = { "X-API-Key": key };
const page = z.object({ next_cursor: z.string().nullish() });

/** The request of a question to a service, as often as it is asked for; null where the service does not know the route. */
export async function requestOf(
  server: Server,
  { path, pages }: Question,
  id: string,
): Promise<Contender | null> {
  let target = server.url + path.replace("{id}", id);
  for (let turned = 0; turned < pages; turned++) {
    const response = await fetch(target, { headers: withKey });
    if (response.status === 404) return null;
    const { next_cursor: cursor } = page.parse(await response.json());
    if (cursor === null || cursor === undefined) break;
    const next = new URL(target);
    next.searchParams.set("cursor", cursor);
    target = next.href;
  }
  const response = await fetch(target, { headers: withKey });
  const text = await response.text();
  if (response.status === 404 || isUnknownParameter(response.status, text)) return null;
  if (!response.ok) throw new Error(`${target} answered ${response.status}: ${text.slice(0, 500)}`);
  return { server, next: () => new Request(target, { headers: withKey }) };
}

/** A service from before a parameter refuses it. */
function isUnknownParameter(status: number, text: string): boolean {
  return status === 422 && text.includes("nrecognized");
}

/** What an answer took. */
export interface Cost {
  /** Until the last byte of the answer was here. */
  readonly ms: number;
  /** Of the processor by the service, development server included: other work on the machine does not count. */
  readonly processorMs: number;
}

/** One of those that are compared: a request, and the service that answers it. */
export interface Contender {
  readonly server: Server;
  readonly next: () => Request;
}

async function costOf({ server, next }: Contender): Promise<Cost> {
  const pids = processesOf(server);
  const processorBefore = processorMs(pids);
  const begin = performance.now();
  const response = await fetch(next());
  await response.arrayBuffer();
  const ms = performance.now() - begin;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return { ms, processorMs: processorMs(pids) - processorBefore };
}

const processes = new Map<Server, readonly number[]>();

function processesOf(server: Server): readonly number[] {
  const pids = processes.get(server) ?? workerdBelow(server.process.pid ?? 0);
  processes.set(server, pids);
  return pids;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Asks in turn, so that whatever else the machine does hits all alike; the medians of each. */
export async function compare(contenders: readonly Contender[], rounds: number): Promise<Cost[]> {
  const costs = contenders.map((contender): { contender: Contender; costs: Cost[] } => ({
    contender,
    costs: [],
  }));
  for (let round = -2; round < rounds; round++) {
    for (const each of costs) {
      const cost = await costOf(each.contender);
      if (round >= 0) each.costs.push(cost);
    }
  }
  return costs.map((each) => ({
    ms: median(each.costs.map((cost) => cost.ms)),
    processorMs: median(each.costs.map((cost) => cost.processorMs)),
  }));
}
