import { env } from "cloudflare:workers";

import type { IngestMessage } from "../../../src/protocol/messages.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { replaced } from "../../support/records/replaced.ts";
import { Invocation } from "../faults/bindings.ts";
import type { Fault } from "../faults/plan.ts";
import type { Act, Disturbance, RunStep } from "./history.ts";
import { exhausted } from "../support/world.ts";
import { prefixAt } from "./objects.ts";
import type { Stage } from "./stage.ts";

/** A run that has ended, and which records its workers were to look at. */
export interface PlayedRun {
  readonly run: Run;
  readonly worked: ReadonlySet<string>;
}

interface Waiting {
  readonly message: IngestMessage;
  readonly attempts: number;
}

/** More attempts than the faults of any history can take: then a message fails for reasons of its own. */
const mostAttempts = 12;

/** Plays one run with all that befalls it; `act` does what people and storage do meanwhile. */
export async function playRun(
  stage: Stage,
  step: RunStep,
  act: (act: Act) => Promise<void>,
): Promise<PlayedRun> {
  const { world } = stage;
  world.advance(1000);
  const options = { prefix: prefixAt(step.prefix), confirmMissing: step.confirm };
  const { id } = await world.startIngest(options);
  const waiting: Waiting[] = [];
  const late: IngestMessage[] = [];
  const worked = new Set<string>();
  for (let number = 0; ; number++) {
    waiting.push(...world.takeAll().map((message) => ({ message, attempts: 1 })));
    const next = waiting.shift();
    if (next === undefined) break;
    if (next.attempts > mostAttempts) throw new Error(`cannot be done: ${JSON.stringify(next.message)}`);
    const disturbances = step.disturbances.filter(({ at }) => at === number);
    const again = await playMessage(stage, step, next, disturbances, act);
    if (again) waiting.push({ message: next.message, attempts: next.attempts + 1 });
    noteWork(next.message, worked);
    for (const each of disturbances) {
      if (each.kind !== "repeat") continue;
      if (each.late) late.push(next.message);
      else await world.deliver(next.message, { bindings: listingOf(step, env.MEDIA_BUCKET) });
    }
  }
  const run = await world.run(id);
  if (run.finished_at === null) throw new Error("nothing is left to do, but the run has not ended");
  world.advance(1000);
  for (const message of late) await world.deliver(message);
  return { run, worked };
}

/** Hands out one message; true if it has to be handed out again. */
async function playMessage(
  stage: Stage,
  step: RunStep,
  { message, attempts }: Waiting,
  disturbances: readonly Disturbance[],
  act: (act: Act) => Promise<void>,
): Promise<boolean> {
  const { world } = stage;
  let fault: Fault | null = null;
  let meanwhile: Act | null = null;
  for (const each of disturbances) {
    if (each.kind === "evict") await world.evict();
    else if (each.kind === "fault") fault ??= each.fault;
    else if (each.kind === "act") {
      if (each.call === null) await act(each.act);
      else if (fault === null) {
        fault = { at: each.call, kind: "overtaken" };
        meanwhile = each.act;
      }
    }
  }
  world.advance(1);
  if (isFailingPage(message, step)) {
    await world.deliver(message, { attempts: exhausted });
    return false;
  }
  const invocation = new Invocation(fault, async () => {
    if (meanwhile !== null) await act(meanwhile);
  });
  const bindings = invocation.bindings(world, 1000);
  const { acknowledged } = await world.deliver(message, {
    attempts,
    bindings: { ...bindings, ...listingOf(step, bindings.MEDIA_BUCKET ?? env.MEDIA_BUCKET) },
  });
  return !acknowledged || invocation.isDead;
}

/** The provider fails here however often it is asked, so that the queue has given the message up. */
function isFailingPage(message: IngestMessage, { failsAt }: RunStep): boolean {
  return (
    failsAt !== null &&
    message.type === "task" &&
    message.task.kind === "list" &&
    message.task.page >= failsAt
  );
}

function noteWork(message: IngestMessage, worked: Set<string>): void {
  if (message.type !== "task" || message.task.kind !== "process") return;
  for (const id of message.task.ids) worked.add(id);
}

/** The bucket, whose listing has small pages and does not show what an outage hides. */
function listingOf({ pageSize, hidden }: RunStep, bucket: R2Bucket): Partial<Env> {
  const list = async (options: R2ListOptions): Promise<R2Objects> => {
    const { prefix = "", startAfter = "", limit = 1000 } = options;
    const all = await bucket.list({ prefix });
    const root = prefix.slice(0, prefix.indexOf("/") + 1);
    const shown = all.objects.filter(
      ({ key }) => key > startAfter && (hidden === null || !key.startsWith(root + prefixAt(hidden))),
    );
    const page = shown.slice(0, Math.min(limit, pageSize));
    const rest = { objects: page, delimitedPrefixes: [] };
    const last = page.at(-1);
    return shown.length === page.length || last === undefined
      ? { ...rest, truncated: false }
      : { ...rest, truncated: true, cursor: last.key };
  };
  return { MEDIA_BUCKET: replaced(bucket, { list }) };
}
