import {
  createExecutionContext,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { onTestFinished, vi } from "vitest";

import { mostAttempts } from "../../../src/protocol/attempts.ts";
import type { IngestCoordinator } from "../../../src/ingest/coordinator/coordinator.ts";
import { ingestMessage, type IngestMessage } from "../../../src/protocol/messages.ts";
import type { Run } from "../../../src/protocol/run.ts";
import {
  startDatabaseScan,
  startIngest,
  type IngestOptions,
  type ScanOptions,
} from "../../../src/ingest/coordinator/start.ts";
import { createServices, type Services } from "../../../src/services.ts";
import { keys } from "../../support/keys.ts";
import { IncomingRequest, worker } from "../../support/platform/entry.ts";
import { limitedEnv } from "../../support/platform/env.ts";
import { Invocation } from "../../support/platform/invocation.ts";
import { limitedQueue } from "../../support/platform/queue.ts";
import { storeObject } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

/** How a message of the queue ended. */
export interface Delivered {
  readonly acknowledged: boolean;
  /** Seconds until it is handed out again; null if it is not. */
  readonly retryAfter: number | null;
}

/** The queues' names in a deployment that has renamed them: nothing hangs on what they are called. */
export const queueNames = { work: "photos-of-ann", dead: "given-up-of-ann" } as const;

/** What a queue counts when it hands out a message that has exhausted its attempts. */
export const exhausted = mostAttempts + 1;

/**
 * The day on which a test takes place: far ahead, so that no alarm goes off by itself, and each after the one before,
 * since ids never go back in time.
 */
let testDay = Date.parse("2040-01-01T00:00:00.000Z");
const dayMs = 24 * 60 * 60_000;

/** Taken before any world gives the coordinator its own, or each would stand before that of the one before. */
const realQueue = env.INGEST_QUEUE;

/** How a world is to be. */
export interface WorldOptions {
  /** Names coordinator and provider, and is the prefix of the provider's keys in the bucket. */
  readonly name?: string;
  /** Bindings that stand before the real ones. */
  readonly bindings?: Partial<Env>;
}

/**
 * The Worker with its real database, buckets and coordinator, and with a queue that holds what is sent until the test
 * hands it out. The clock stands still until it is moved, and alarms go off when the test says so.
 */
export class World {
  readonly name: string;
  readonly env: Env;
  readonly coordinator: DurableObjectStub<IngestCoordinator>;
  /** What was sent and has not been handed out. */
  readonly outbox: IngestMessage[] = [];
  /** Sending fails while this is set. */
  queueIsDown = false;
  /** How many messages are refused before the next is taken. */
  refusals = 0;
  /** Comes before every sending where it is set, and may delay or refuse it. */
  beforeSend: (() => Promise<void>) | null = null;
  readonly #queue: Queue;
  /** How often a message was refused. */
  #refused = 0;

  private constructor({ name = "main", bindings = {} }: WorldOptions) {
    this.name = name;
    this.coordinator = env.INGEST_COORDINATOR.getByName(name);
    this.#queue = holdingQueue(realQueue, async (body) => this.#hold(body));
    const provider = { name, type: "r2", binding: "MEDIA_BUCKET", prefix: `${name}/` };
    this.env = {
      ...env,
      INGEST_QUEUE: this.#queue,
      INGEST_COORDINATOR: alwaysNamed(env.INGEST_COORDINATOR, name),
      STORAGE_PROVIDERS: JSON.stringify([provider]),
      LOG_LEVEL: "error",
      ...bindings,
    };
  }

  /** Makes a world for the test that runs. */
  static async create(options: WorldOptions = {}): Promise<World> {
    const world = new World(options);
    testDay += dayMs;
    vi.useFakeTimers({ toFake: ["Date"], now: testDay });
    onTestFinished(() => void vi.useRealTimers());
    await world.attach();
    return world;
  }

  /** Gives the coordinator the queue of this world; to be done again when it was evicted. */
  async attach(): Promise<void> {
    await runInDurableObject(this.coordinator, (instance) => {
      const own: unknown = Reflect.get(instance, "env");
      const queue = limitedQueue(this.#queue, null);
      if (typeof own === "object" && own !== null) Reflect.set(own, "INGEST_QUEUE", queue);
    });
  }

  async evict(): Promise<void> {
    await evictDurableObject(this.coordinator);
    await this.attach();
  }

  /** Moves the clock. */
  advance(ms: number): void {
    vi.setSystemTime(Date.now() + ms);
  }

  /** Lets the alarm go off now; false if none is set. */
  async alarm(): Promise<boolean> {
    return runDurableObjectAlarm(this.coordinator);
  }

  /** Services of an invocation of their own. */
  services(bindings: Partial<Env> = {}, invocation = new Invocation()): Services {
    const circumstances = { session: "primary", traceId: "0".repeat(32), logContext: {} } as const;
    return createServices(limitedEnv({ ...this.env, ...bindings }, invocation), circumstances);
  }

  /** Stores an object with the provider, past the service; answers its version. */
  async put(key: string, bytes: Uint8Array | string): Promise<string> {
    const { etag } = await storeObject(`${this.name}/${key}`, bytes);
    return etag;
  }

  /** The same in parts, so that R2 cannot tell the hash. */
  async putMultipart(key: string, bytes: Uint8Array): Promise<string> {
    const upload = await env.MEDIA_BUCKET.createMultipartUpload(`${this.name}/${key}`);
    const { etag } = await upload.complete([await upload.uploadPart(1, bytes)]);
    return etag;
  }

  async remove(...objectKeys: string[]): Promise<void> {
    await env.MEDIA_BUCKET.delete(objectKeys.map((key) => `${this.name}/${key}`));
  }

  /** Sends a request to the Worker, with the admin's key. */
  async api(path: string, init: Omit<RequestInit, "cf"> & { json?: unknown } = {}): Promise<Response> {
    const { json, ...rest } = init;
    const headers = new Headers({
      "X-API-Key": keys.admin,
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
    });
    for (const [name, value] of new Headers(rest.headers)) headers.set(name, value);
    const body = json === undefined ? rest.body : JSON.stringify(json);
    const request = new IncomingRequest(`http://localhost${path}`, {
      ...rest,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return worker.fetch(request, this.env, createExecutionContext());
  }

  async startIngest(options: Partial<IngestOptions> = {}): Promise<Run> {
    return (await startIngest(this.services(), { trigger: "api", ...options })).run;
  }

  async startScan(options: Partial<ScanOptions> = {}): Promise<Run> {
    return (await startDatabaseScan(this.services(), { trigger: "api", ...options })).run;
  }

  /** Hands a message to the Worker's own queue handler. */
  async deliver(
    message: unknown,
    options: { attempts?: number; queue?: string; bindings?: Partial<Env> } = {},
  ): Promise<Delivered> {
    const { attempts = 1, queue = queueNames.work, bindings = {} } = options;
    const result: { acknowledged: boolean; retryAfter: number | null } = {
      acknowledged: false,
      retryAfter: null,
    };
    const isOpen = (): boolean => !result.acknowledged && result.retryAfter === null;
    const held = {
      id: crypto.randomUUID(),
      timestamp: new Date(),
      attempts,
      body: message,
      // Of acknowledging and retrying the first counts.
      ack: () => {
        if (isOpen()) result.acknowledged = true;
      },
      retry: (retry?: QueueRetryOptions) => {
        if (isOpen()) result.retryAfter = retry?.delaySeconds ?? 0;
      },
    };
    await worker.queue(batchOf(queue, [held]), { ...this.env, ...bindings });
    return result;
  }

  /** Waits for the message of an upload, which is sent a while after its answer; in vain if the queue refuses it. */
  async uploadsSent(): Promise<void> {
    const refusedBefore = this.#refused;
    for (let looks = 0; looks < 1000; looks++) {
      if (this.outbox.some((message) => message.type === "process")) return;
      if (this.#refused > refusedBefore) return;
      await scheduler.wait(20);
    }
  }

  /** Takes what was sent. */
  takeAll(): IngestMessage[] {
    return this.outbox.splice(0);
  }

  /** Hands out what is sent, in order, until nothing more comes; answers all that was handed out. */
  async drain(): Promise<IngestMessage[]> {
    const delivered: IngestMessage[] = [];
    for (let message = this.outbox.shift(); message !== undefined; message = this.outbox.shift()) {
      delivered.push(message);
      const { acknowledged } = await this.deliver(message);
      if (!acknowledged) throw new Error(`not acknowledged: ${JSON.stringify(message)}`);
    }
    return delivered;
  }

  /** A whole ingest without any fault: its record, and what went through the queue. */
  async ingest(options: Partial<IngestOptions> = {}): Promise<{ run: Run; messages: IngestMessage[] }> {
    const { id } = await this.startIngest(options);
    const messages = await this.drain();
    return { run: await this.run(id), messages };
  }

  /** The same for a scan of the records. */
  async scan(options: Partial<ScanOptions> = {}): Promise<{ run: Run; messages: IngestMessage[] }> {
    const { id } = await this.startScan(options);
    const messages = await this.drain();
    return { run: await this.run(id), messages };
  }

  /** A run by its id. */
  async run(id: string): Promise<Run> {
    const run = await this.coordinator.run(id);
    if (run === null) throw new Error(`there is no run ${id}`);
    return run;
  }

  async #hold(body: unknown): Promise<void> {
    await this.beforeSend?.();
    if (this.queueIsDown || this.refusals-- > 0) {
      this.#refused += 1;
      throw new Error("the queue is down");
    }
    this.refusals = 0;
    // What travels is a copy, as through a real queue.
    this.outbox.push(ingestMessage.parse(structuredClone(body)));
  }
}

/** A batch as a queue hands it to its consumer. */
export function batchOf(queue: string, messages: readonly Message[]): MessageBatch {
  const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } };
  return { queue, messages, metadata, ackAll: () => undefined, retryAll: () => undefined };
}

/** The coordinator with some of its methods replaced. */
export function replacedCoordinator(
  stub: DurableObjectStub<IngestCoordinator>,
  replacements: Readonly<Record<string, unknown>>,
): DurableObjectStub<IngestCoordinator> {
  return new Proxy(stub, {
    get: (target, name): unknown => {
      if (typeof name === "string" && Object.hasOwn(replacements, name)) return replacements[name];
      const method: unknown = Reflect.get(target, name);
      // What a stub answers are methods of the far side, which have no `bind`.
      return typeof method === "function"
        ? (...values: unknown[]): unknown => Reflect.apply(method, target, values)
        : method;
    },
  });
}

/** An ingest whose listing is real and whose chunks are only said to be done, for when there are thousands. */
export async function listOnly(
  world: World,
  options: Partial<IngestOptions> = {},
): Promise<{ run: Run; pages: number }> {
  const { id } = await world.startIngest(options);
  let pages = 0;
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type !== "task") throw new Error(`unexpected: ${message.type}`);
    if (message.task.kind === "list") pages += 1;
    if (message.task.kind === "process") {
      const counts = { processed: message.task.ids.length };
      await world.coordinator.complete(id, message.id, { counts, cost: {} }, []);
    } else await world.deliver(message);
  }
  await env.DB.prepare("UPDATE media_objects SET state = 'ready', width = 1").run();
  return { run: await world.run(id), pages };
}

/** The queue's producer, with every message kept back. */
function holdingQueue(queue: Queue, hold: (body: unknown) => Promise<void>): Queue {
  return replaced(queue, {
    send: hold,
    sendBatch: async (messages: Iterable<MessageSendRequest>) => {
      for (const { body } of messages) await hold(body);
    },
  });
}

/** The coordinator's namespace, in which there is only one object. */
function alwaysNamed(
  namespace: DurableObjectNamespace<IngestCoordinator>,
  only: string,
): DurableObjectNamespace<IngestCoordinator> {
  return replaced(namespace, { getByName: () => namespace.getByName(only) });
}
