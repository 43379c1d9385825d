import type { ApiDocument } from "../../test/http/fuzz/document.ts";
import { headerKinds, pathKinds, queryKinds } from "./addresses.ts";
import { bodyKinds } from "./bodies.ts";
import { recovered, send, type Outgoing } from "./client.ts";
import { headerLength, plainRequest, type Kind, type Known, type Route } from "./kinds.ts";
import { measure, median } from "./measure.ts";
import type { Report } from "./report.ts";

/** Sending these together costs no more time than one, and tells whether any of them is worth a measurement. */
const together = 4;
const floorMs = 20;
const slowMs = 400;

/** Where the service is, how long it has computed, and what is to be tried of it. */
export interface Trial {
  readonly port: number;
  /** See `processorClock`. */
  readonly clock: () => number;
  readonly report: Report;
  readonly routes: RegExp;
  readonly parts: RegExp;
  /** When to stop, by `performance.now()`. */
  readonly until: number;
}

/**
 * Tries every kind of request to every route; gives how many were left for want of time. What time there is is shared,
 * so that on a slow machine each route has some of its kinds tried.
 */
export async function tryRequests(trial: Trial, document: ApiDocument, known: Known): Promise<number> {
  let left = 0;
  const operations = document.operations.filter((operation) => trial.routes.test(nameOf({ operation })));
  for (const [index, operation] of operations.entries()) {
    const now = performance.now();
    const until = now + (trial.until - now) / (operations.length - index);
    const plain = plainRequest(operation, document, known);
    left += await tryRoute({ ...trial, until }, { operation, document, plain });
  }
  return left;
}

/** What is sent together: of the same part, in an order in which batches that are alike lie far apart. */
function batchesOf(kinds: readonly Kind[]): Kind[][] {
  const batches: Kind[][] = [];
  for (const kind of kinds) {
    const last = batches.at(-1);
    if (last !== undefined && last.length < together && last[0]?.part === kind.part) last.push(kind);
    else batches.push([kind]);
  }
  const rank = (index: number): number => Math.imul(index, 0x9e3779b1) >>> 0;
  return batches
    .map((batch, index) => ({ batch, rank: rank(index) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ batch }) => batch);
}

async function tryRoute(trial: Trial, route: Route): Promise<number> {
  const all = [pathKinds, queryKinds, headerKinds, bodyKinds].flatMap((make) => make(route));
  const kinds = all.filter(({ part }) => trial.parts.test(part));
  const plainMs = await plainTime(trial, route.plain);
  const since = performance.now();
  let left = 0;
  for (const batch of batchesOf(kinds)) {
    if (performance.now() > trial.until) left += batch.length;
    else await tryBatch(trial, route, { batch, plainMs });
  }
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  const { status } = await send(trial.port, route.plain);
  const tried = kinds.length - left;
  console.error(
    `${nameOf(route)}: ${status} in ${plainMs.toFixed(1)} ms; ${tried} of ${kinds.length} kinds in ${seconds} s`,
  );
  return left;
}

async function tryBatch(
  trial: Trial,
  route: Route,
  { batch, plainMs }: { readonly batch: readonly Kind[]; readonly plainMs: number },
): Promise<void> {
  // What is long takes its time, so that nearly every batch would have to be taken apart.
  const quick = batch.every(({ full }) => full <= headerLength) && (await isQuick(trial, batch, plainMs));
  for (const { full, name, part, request } of batch) {
    const growing = {
      full,
      floorMs,
      slowMs,
      send: async (length: number) => timed(trial, [request(length)]),
      plain: async () => timed(trial, [route.plain]),
    };
    const found = quick ? null : await measure(growing, plainMs);
    trial.report.add(part, `${nameOf(route)}, ${name}`, found, { plainMs });
  }
}

/** Whether all of them together cost too little to tell; first at an eighth, in case that is slow already. */
async function isQuick(trial: Trial, batch: readonly Kind[], plainMs: number): Promise<boolean> {
  const bound = batch.length * plainMs + floorMs;
  for (const part of [8, 1]) {
    const requests = batch.map(({ full, request }) => request(Math.floor(full / part)));
    if ((await timed(trial, requests)) > bound) return false;
  }
  return true;
}

async function plainTime(trial: Trial, request: Outgoing): Promise<number> {
  const times: number[] = [];
  for (let round = -3; round < 11; round++) {
    const ms = await timed(trial, [request]);
    if (round >= 0) times.push(ms);
  }
  return median(times);
}

/** How long the service has computed while these were answered, in milliseconds. */
async function timed({ port, clock }: Trial, requests: readonly Outgoing[]): Promise<number> {
  const since = clock();
  const answers = await Promise.all(requests.map(async (request) => send(port, request)));
  if (answers.some(({ status }) => status === 0)) await recovered(port);
  return clock() - since;
}

function nameOf({ operation }: Pick<Route, "operation">): string {
  return `${operation.method} ${operation.path}`;
}
