import { env } from "cloudflare:workers";

import { replaced } from "../../support/records/replaced.ts";
import { replacedCoordinator, type World } from "../support/world.ts";
import type { Fault } from "./plan.ts";

/** Which binding a call goes to; each fails in its own words. */
type Binding = "database" | "storage" | "coordinator";

const failures: Readonly<Record<Binding, string>> = {
  database: "D1_ERROR: Network connection lost.",
  storage: "get: We encountered an internal error. Please try again. (10001)",
  coordinator: "Durable Object reset because its code was updated.",
};

/**
 * One invocation of the consumer, every call of which to a binding goes through here, so that the one that a fault is
 * meant for can fail, be answered in vain, be the worker's last, or be overtaken by something else.
 */
export class Invocation {
  readonly #fault: Fault | null;
  readonly #meanwhile: () => Promise<void>;
  #calls = 0;
  #dead = false;

  constructor(fault: Fault | null, meanwhile: () => Promise<void>) {
    this.#fault = fault;
    this.#meanwhile = meanwhile;
  }

  /** Whether the worker died; what it said to the queue then was never heard. */
  get isDead(): boolean {
    return this.#dead;
  }

  /** The real bindings with this invocation before them. */
  bindings(world: World, pageSize: number): Partial<Env> {
    const coordinator = replacedCoordinator(world.coordinator, this.#coordinatorMethods(world));
    return {
      DB: this.#database(env.DB),
      MEDIA_BUCKET: this.#bucket(env.MEDIA_BUCKET, pageSize),
      DERIVATIVES_BUCKET: this.#bucket(env.DERIVATIVES_BUCKET, null),
      INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName: () => coordinator }),
    };
  }

  async #call<T>(binding: Binding, work: () => Promise<T>): Promise<T> {
    const failure = new Error(failures[binding]);
    if (this.#dead) throw failure;
    const fault = this.#calls === this.#fault?.at ? this.#fault : null;
    this.#calls += 1;
    switch (fault?.kind) {
      case "fails":
        throw failure;
      case "fails_after":
        await work();
        throw failure;
      case "dies":
        this.#dead = true;
        throw failure;
      case "dies_after":
        await work();
        this.#dead = true;
        throw failure;
      case "overtaken":
        await this.#meanwhile();
        return work();
      case "cut_short":
      case undefined:
        return work();
    }
  }

  #database(database: D1Database): D1Database {
    return replaced(database, {
      withSession: (constraint?: string) => {
        const session = database.withSession(constraint);
        const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
        const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
          const wrapper = replaced(statement, {
            bind: (...values: unknown[]) => wrap(statement.bind(...values)),
            all: async () => this.#call("database", async () => statement.all()),
          });
          originals.set(wrapper, statement);
          return wrapper;
        };
        return replaced(session, {
          prepare: (query: string) => wrap(session.prepare(query)),
          batch: async (statements: D1PreparedStatement[]) =>
            this.#call("database", async () =>
              session.batch(statements.map((each) => originals.get(each) ?? each)),
            ),
        });
      },
    });
  }

  #bucket(bucket: R2Bucket, pageSize: number | null): R2Bucket {
    return replaced(bucket, {
      list: async (options: R2ListOptions) => {
        const limit = Math.min(options.limit ?? 1000, pageSize ?? 1000);
        return this.#call("storage", async () => bucket.list({ ...options, limit }));
      },
      get: async (key: string, options?: R2GetOptions) => {
        const isCut = this.#fault?.kind === "cut_short" && this.#calls === this.#fault.at;
        const object = await this.#call("storage", async () => bucket.get(key, options));
        return isCut && object !== null && "body" in object ? cutShort(object) : object;
      },
      head: async (key: string) => this.#call("storage", async () => bucket.head(key)),
      put: async (key: string, value: Uint8Array, options?: R2PutOptions) =>
        this.#call("storage", async () => bucket.put(key, value, options)),
      delete: async (keys: string[]) => this.#call("storage", async () => bucket.delete(keys)),
    });
  }

  #coordinatorMethods({ coordinator }: World): Readonly<Record<string, unknown>> {
    const names = ["begin", "isActive", "complete", "postpone", "start", "noUploadsLeft"];
    const methods = names.map((name): [string, unknown] => {
      const method: unknown = Reflect.get(coordinator, name);
      const call = async (...values: unknown[]): Promise<unknown> =>
        this.#call("coordinator", async (): Promise<unknown> => {
          if (typeof method !== "function") throw new Error(`the coordinator has no ${name}`);
          const answer: unknown = Reflect.apply(method, coordinator, values);
          return answer;
        });
      return [name, call];
    });
    return Object.fromEntries(methods);
  }
}

/** The same object, but its bytes end too early and without an error. */
async function cutShort(object: R2ObjectBody): Promise<R2ObjectBody> {
  const bytes = new Uint8Array(await object.arrayBuffer());
  return replaced(object, { body: new Blob([bytes.slice(0, Math.floor(bytes.length / 2))]).stream() });
}
