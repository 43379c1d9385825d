import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { answer, problem } from "./fake-service.ts";

/** How a deployed service behaves; whatever is left out works. */
export interface Behaviour {
  readonly commit?: string | null;
  readonly scopes?: readonly string[];
  readonly writable?: boolean;
  /** What /health answers, the last one for ever. */
  readonly health?: readonly { readonly status: number; readonly body: unknown }[];
  /** The state in which the photo ends; it stays pending without an end. */
  readonly ends?: "ready" | "failed" | "pending";
  readonly finds?: boolean;
  /** The keys that it knows; every key without it. */
  readonly knows?: readonly string[];
  /** How often it refuses a key before it knows every one. */
  readonly learnsAfter?: number;
  /** Whether the answer to the upload is lost on its way. */
  readonly losesAnswer?: boolean;
  readonly deletes?: boolean;
}

const fine = { status: "ok", version: "1", checks: { database: "ok" }, problems: [] };

/** Plays the part of the HTTP interface that a smoke run uses, over real HTTP. */
export class FakeDeployment {
  /** Method and path, with the query, of each request in the order of arrival. */
  readonly requests: string[] = [];
  /** The keys that came. */
  readonly keys: string[] = [];
  readonly #behaviour: Behaviour;
  #health = 0;
  #refused = 0;
  #object: Record<string, unknown> | null = null;

  private constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
  }

  /** A service on a free port, which ends with the test; gives its address, too. */
  static async start(behaviour: Behaviour = {}): Promise<{ service: FakeDeployment; address: string }> {
    const service = new FakeDeployment(behaviour);
    const server = createServer((request, response) => service.#handle(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const bound = server.address();
    if (bound === null || typeof bound !== "object") throw new Error("unreachable");
    return { service, address: `http://127.0.0.1:${bound.port}` };
  }

  /** The keys of the photos that are there. */
  get left(): readonly string[] {
    return this.#object === null ? [] : [String(this.#object["object_key"])];
  }

  #isRefused(): boolean {
    const { knows, learnsAfter = Infinity } = this.#behaviour;
    if (knows === undefined || knows.includes(this.keys.at(-1) ?? "") || this.#refused >= learnsAfter)
      return false;
    this.#refused += 1;
    return true;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search, searchParams } = new URL(request.url ?? "", "http://fake");
    this.requests.push(`${request.method ?? ""} ${pathname}${search}`);
    const key = request.headers["x-api-key"];
    if (typeof key === "string") this.keys.push(key);
    request.resume();
    request.on("end", () => this.#answer(response, request.method ?? "", pathname, searchParams));
  }

  #answer(response: ServerResponse, method: string, path: string, query: URLSearchParams): void {
    const {
      commit = null,
      scopes = ["read", "write", "admin"],
      writable = true,
      health = [],
      ends = "ready",
    } = this.#behaviour;
    if (path === "/health") {
      const told = health[Math.min(this.#health, health.length - 1)] ?? { status: 200, body: fine };
      this.#health += 1;
      answer(response, told.status, told.body);
    } else if (this.#isRefused()) problem(response, 401, "invalid_api_key");
    else if (path === "/v1/about")
      answer(response, 200, { commit, caller: { scopes }, providers: [{ name: "r2", writable }] });
    else if (path === "/v1/media" && method === "GET") {
      const isAsked = this.#object?.["object_key"] === query.get("prefix");
      answer(response, 200, { items: isAsked ? [this.#object] : [], next_cursor: null });
    } else if (path === "/v1/ingest/status") answer(response, 200, { state: "idle" });
    else if (path === "/v1/search")
      answer(response, 200, { items: this.#behaviour.finds === false ? [] : [this.#object] });
    else if (path === "/v1/media") {
      this.#object = mediaObject(query.get("object_key") ?? "");
      if (this.#behaviour.losesAnswer === true) response.destroy();
      else answer(response, 201, this.#object);
    } else if (path.endsWith("/thumbnail"))
      response.writeHead(200, { "content-type": "image/jpeg" }).end("picture");
    else if (method === "DELETE" && this.#behaviour.deletes === false)
      problem(response, 409, "ingest_running");
    else if (method === "DELETE") {
      this.#object = null;
      response.writeHead(204).end();
    } else {
      if (this.#object !== null) this.#object["state"] = ends;
      const error = ends === "failed" ? { code: "corrupt", detail: "The file is damaged." } : null;
      answer(response, 200, { ...this.#object, error });
    }
  }
}

function mediaObject(key: string): Record<string, unknown> {
  return { id: "0198-photo", object_key: key, state: "pending", revision: 0, error: null };
}
