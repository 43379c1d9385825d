import { env } from "cloudflare:workers";
import { z } from "zod";

import type { IngestMessage } from "../../../src/protocol/messages.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { queueNames, type World } from "../support/world.ts";
import { Invocation } from "./bindings.ts";
import { keyOf, Storage, contentOf } from "./storage.ts";
import type { Event, Fault, Overtaking, Plan, Step } from "./plan.ts";

/** A message that waits to be handed out. */
interface Waiting {
  readonly message: IngestMessage;
  readonly attempts: number;
  readonly queue: (typeof queueNames)[keyof typeof queueNames];
}

/** How often each of the queues hands a message out; as wrangler.toml says. */
const mostDeliveries = 16;

/** A run that has not ended after so much time of its own counts as stuck: its watchdog would have ended it. */
const patienceMs = 75 * 60_000;

/** Plays a plan: one step after the other, then without faults until the run has ended. */
export class Driver {
  readonly world: World;
  readonly storage: Storage;
  /** What people wrote, by the record's id. */
  readonly words = new Map<string, string>();
  /** True once the storage, or the run, was interfered with: then nobody can say what its counts have to be. */
  interfered = false;
  /** How long the plan let pass without anything being handed out. */
  waitedMs = 0;
  /** Called after each step. */
  afterStep: () => Promise<void> = async () => undefined;
  readonly #pageSize: number;
  readonly #quiet: boolean;
  #waiting: Waiting[] = [];

  constructor(world: World, { pageSize, quiet }: Pick<Plan, "pageSize" | "quiet">) {
    this.world = world;
    this.storage = new Storage(world.name);
    this.#pageSize = pageSize;
    this.#quiet = quiet;
  }

  /** Puts a plan's objects, some of them on record and described, and makes the changes that the next run is to find. */
  async prepare(plan: Plan): Promise<void> {
    for (const [key, content] of plan.before.entries())
      if (content !== null) await this.storage.put(key, content);
    await this.world.ingest();
    for (const key of plan.described) await this.#describe(key);
    for (const [key, content] of plan.now.entries()) {
      if (content === (plan.before[key] ?? null)) continue;
      await (content === null ? this.storage.remove(key) : this.storage.put(key, content));
    }
    this.world.advance(1000);
    this.interfered = false;
  }

  /** Plays the steps of a run that was started, then lets it end; answers its record. */
  async play(runId: string, steps: readonly Step[]): Promise<Run> {
    for (const step of steps) {
      await this.#step(step);
      await this.afterStep();
    }
    const deadline = Date.now() + patienceMs;
    while (!(await this.#isOver(runId))) {
      if (Date.now() > deadline) throw new Error("the run does not end");
      await this.#withoutFault();
      await this.afterStep();
    }
    return this.world.run(runId);
  }

  /** A run has ended, and so has what may have followed it: a sweep that found an upload starts a scan. */
  async #isOver(runId: string): Promise<boolean> {
    const { state } = await this.world.coordinator.status();
    return state === "idle" && (await this.world.run(runId)).finished_at !== null;
  }

  /** Hands out the tasks that are left, when nobody waits for them any more; answers their messages. */
  async deliverLeftovers(): Promise<IngestMessage[]> {
    this.#collect();
    const left = this.#waiting.splice(0).filter(({ message }) => message.type === "task");
    for (const { message, queue } of left) await this.world.deliver(message, { queue });
    return left.map(({ message }) => message);
  }

  async #withoutFault(): Promise<void> {
    this.#collect();
    if (this.#waiting.length > 0) return this.#deliver(0, null, async () => undefined);
    this.world.advance(10_000);
    await this.world.alarm();
  }

  /** Takes in what was sent since. */
  #collect(): void {
    const sent = this.world.takeAll();
    this.#waiting.push(...sent.map((message) => ({ message, attempts: 1, queue: queueNames.work })));
  }

  async #step(step: Step): Promise<void> {
    this.#collect();
    if (step.kind === "deliver") {
      return this.#deliver(step.message, step.fault, async () => this.#meanwhile(step.meanwhile));
    }
    if (step.kind !== "lose" && step.kind !== "repeat") return this.#event(step);
    const waiting = this.#take(step.message);
    if (waiting !== null && step.kind === "repeat") this.#waiting.push(waiting, waiting);
  }

  async #meanwhile(what: Event | Overtaking): Promise<void> {
    if (what.kind === "describe") this.interfered = true;
    if (what.kind !== "deliver") return this.#event(what);
    this.#collect();
    await this.#deliver(what.message, what.fault, async () => undefined);
  }

  #take(index: number): Waiting | null {
    if (this.#waiting.length === 0) return null;
    const [waiting] = this.#waiting.splice(index % this.#waiting.length, 1);
    return waiting ?? null;
  }

  async #deliver(index: number, fault: Fault | null, meanwhile: () => Promise<void>): Promise<void> {
    const waiting = this.#take(index);
    if (waiting === null) return;
    const { message, attempts, queue } = waiting;
    const invocation = new Invocation(fault, async () => {
      // The message is still invisible, but a copy of it may be about: two workers on one task.
      if (index % 2 === 0) this.#waiting.unshift(waiting);
      await meanwhile();
    });
    const bindings = invocation.bindings(this.world, this.#pageSize);
    const { acknowledged } = await this.world.deliver(message, { attempts, queue, bindings });
    if (acknowledged && !invocation.isDead) return;
    const again = { message, attempts: attempts + 1, queue };
    if (attempts < mostDeliveries) this.#waiting.push(again);
    else if (queue === queueNames.work) this.#waiting.push({ message, attempts: 1, queue: queueNames.dead });
  }

  async #event(event: Event): Promise<void> {
    const touches = ["put", "remove", "upload", "cancel"].includes(event.kind);
    if (this.#quiet && touches) return;
    if (touches) this.interfered = true;
    switch (event.kind) {
      case "put":
        return this.storage.put(event.key, event.content);
      case "remove":
        return this.storage.remove(event.key);
      case "upload":
        return this.#upload(event.key, event.content);
      case "describe":
        await this.#describe(event.key);
        // A listing judges no record that changed in its own millisecond.
        return this.world.advance(1);
      case "evict":
        return this.world.evict();
      case "alarm":
        await this.world.alarm();
        return;
      case "wait":
        this.waitedMs += event.seconds * 1000;
        return this.world.advance(event.seconds * 1000);
      case "queue_fails":
        this.world.refusals = 1;
        return;
      case "cancel":
        await this.world.coordinator.cancel();
    }
  }

  async #describe(key: number): Promise<void> {
    const row = await env.DB.prepare("SELECT id FROM media_objects WHERE provider = ? AND path_key = ?")
      .bind(this.world.name, keyOf(key))
      .first<{ id: string }>();
    if (row === null) return;
    const description = `words ${this.words.size}`;
    const response = await this.world.api(`/v1/media/${row.id}`, {
      method: "PATCH",
      json: { object_metadata: { description } },
    });
    if (response.status === 200) this.words.set(row.id, description);
    else if (response.status !== 404) throw new Error(`describing answered ${response.status}`);
  }

  async #upload(key: number, content: number): Promise<void> {
    const { bytes } = contentOf(key, content);
    await this.storage.learn(key, content);
    const response = await this.world.api(
      `/v1/media?overwrite=true&object_key=${encodeURIComponent(keyOf(key))}`,
      { method: "POST", body: bytes, headers: { "Content-Length": String(bytes.length) } },
    );
    if (response.ok) await this.world.uploadsSent();
    if (![200, 201, 415].includes(response.status)) {
      const problem = z.object({ code: z.string() }).parse(await response.json());
      throw new Error(`uploading answered ${problem.code}`);
    }
  }
}
