import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { z } from "zod";

const named = z.looseObject({ name: z.string() });
const uploaded = z.looseObject({ bindings: z.array(z.unknown()) });
const queueNamed = z.looseObject({ queue_name: z.string() });

interface Answer {
  readonly status?: number;
  readonly result: unknown;
  readonly errors?: readonly { readonly code: number; readonly message: string }[];
}

const missing = (code: number, message: string): Answer => ({
  status: 404,
  result: null,
  errors: [{ code, message }],
});
const noWorker = missing(10_007, "This Worker does not exist on your account.");

/**
 * The part of Cloudflare's API that a deploy needs, from its public documentation (Cloudflare API reference: D1, R2,
 * Queues, Workers): an account that begins with nothing and keeps what wrangler makes.
 */
export class Cloudflare {
  /** What was made, in order. */
  readonly made: string[] = [];
  readonly #databases: { name: string; uuid: string }[] = [];
  readonly #buckets = new Set<string>();
  readonly #queues = new Set<string>();
  #secrets: readonly string[] = [];
  #isDeployed = false;
  #bindings: readonly unknown[] = [];

  /** The account on a free port until the test ends, and the environment that leads wrangler to it. */
  static async start(): Promise<{ account: Cloudflare; env: Record<string, string> }> {
    const account = new Cloudflare();
    const server = createServer((request, response) => void account.#handle(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address !== "object") throw new Error("unreachable");
    const env = {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${address.port}`,
      CLOUDFLARE_API_TOKEN: "token",
      CLOUDFLARE_ACCOUNT_ID: "account",
    };
    return { account, env };
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status = 200, result, errors = [] } = await this.#answerTo(request);
    const body = { success: errors.length === 0, errors, messages: [], result };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  async #answerTo(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://cloudflare");
    const [, area = "", ...path] = pathname.replace(/^\/accounts\/account/, "").split("/");
    const body = await text(request);
    const isRead = request.method === "GET";
    if (area === "d1") return this.#d1(path, isRead, body);
    if (area === "r2") return this.#r2(path[1], isRead, body);
    if (area === "queues") return this.#queue(searchParams.getAll("name"), isRead, body);
    if (area === "workers") return this.#worker(path, request.method ?? "", body);
    const own = { id: "account", name: "A" };
    if (pathname === "/accounts") return { result: [own] };
    if (pathname === "/memberships") return { result: [{ id: "m", account: own }] };
    if (pathname === "/user/tokens/verify") return { result: { id: "t", status: "active" } };
    return { result: pathname.endsWith("/graphql") ? null : { id: "u", email: "a@example.org" } };
  }

  #d1([, id, action]: readonly string[], isRead: boolean, body: string): Answer {
    if (action !== undefined) return { result: [{ results: [], success: true, meta: { duration: 1 } }] };
    if (id !== undefined) {
      const database = this.#databases.find(({ name, uuid }) => [name, uuid].includes(id));
      return database === undefined ? missing(7404, "The database was not found.") : { result: database };
    }
    if (isRead) return { result: this.#databases };
    const { name } = named.parse(JSON.parse(body));
    const database = { name, uuid: "6b0f1c5e-0000-4000-8000-000000000001" };
    this.#databases.push(database);
    this.made.push(`database ${name}`);
    return { result: database };
  }

  #r2(bucket: string | undefined, isRead: boolean, body: string): Answer {
    if (bucket !== undefined) {
      if (!this.#buckets.has(bucket)) return missing(10_006, "The specified bucket does not exist.");
      return { result: { name: bucket, creation_date: "2026-11-30T00:00:00Z" } };
    }
    if (isRead) return { result: { buckets: [...this.#buckets].map((name) => ({ name })) } };
    const { name } = named.parse(JSON.parse(body));
    this.#buckets.add(name);
    this.made.push(`bucket ${name}`);
    return { result: { name } };
  }

  #queue(names: readonly string[], isRead: boolean, body: string): Answer {
    if (!isRead) {
      const parsed = queueNamed.safeParse(JSON.parse(body));
      // Else a consumer of a queue that is there.
      if (!parsed.success) return { result: {} };
      this.#queues.add(parsed.data.queue_name);
      this.made.push(`queue ${parsed.data.queue_name}`);
    }
    const queues = [...this.#queues]
      .filter((name) => names.length === 0 || names.includes(name))
      .map((name) => ({
        queue_name: name,
        queue_id: name,
        producers: [],
        consumers: [],
        producers_total_count: 0,
        consumers_total_count: 0,
      }));
    return { result: isRead ? queues : { queue_name: [...this.#queues].at(-1) } };
  }

  #worker([kind, name, part]: readonly string[], method: string, body: string): Answer {
    if (kind === "subdomain") return { result: { subdomain: "me" } };
    if (kind === "workers") return { result: { subdomain: { enabled: true, previews_enabled: false } } };
    if (part === "subdomain") return { result: { enabled: true, previews_enabled: false } };
    if (part === undefined && method === "PUT") {
      this.#isDeployed = true;
      this.#bindings = uploaded.parse(JSON.parse(/\{"main_module".*\}/.exec(body)?.[0] ?? "{}")).bindings;
      this.#secrets = [...body.matchAll(/"name":"(\w+)","type":"secret_text"/g)].map(
        ([, secret = ""]) => secret,
      );
      this.made.push(`Worker ${name ?? ""} with ${this.#secrets.join(" and ")}`);
      return {
        result: {
          id: name,
          tag: "t",
          etag: "e",
          startup_time_ms: 1,
          deployment_id: "d1d2d3d4d5d64000800000000000000a",
        },
      };
    }
    if (!this.#isDeployed)
      return kind === "services" ? missing(10_090, "This service does not exist.") : noWorker;
    if (part === "secrets")
      return { result: this.#secrets.map((secret) => ({ name: secret, type: "secret_text" })) };
    if (part === "deployments")
      return { result: { deployments: [{ id: "d", versions: [{ version_id: "v1", percentage: 100 }] }] } };
    if (part === "versions") return { result: { id: "v1", resources: { bindings: this.#bindings } } };
    return { result: {} };
  }
}
