import { setMaxListeners } from "node:events";
import type { z } from "zod";
import { Failure, systemCode } from "../failure.ts";
import { readBody, refusalOf } from "./answers.ts";
import type { Clock } from "../import/clock.ts";
import { Retrier } from "./retry.ts";
import { createTransport, type Answer, type Call, type Transport } from "./transport.ts";

/** What a command is called in a sentence about its key, and the scope that its key needs. */
export interface Purpose {
  readonly name: string;
  readonly scope: "read" | "write" | "admin";
}

/** Where the service is and how to speak to it. */
export interface ConnectionOptions {
  readonly url: URL;
  readonly key: string;
  /** How many requests are under way at the same time. */
  readonly connections: number;
  readonly signal: AbortSignal;
  readonly clock?: Clock | undefined;
  readonly purpose: Purpose;
}

/** The parameters of a request. */
export type Query = Readonly<Record<string, string>>;

/** A request to the service. */
export interface Request {
  readonly method: Call["method"];
  readonly path: string;
  readonly query?: Query;
  /** The body, as JSON. */
  readonly json?: unknown;
  /** The body, as it is. */
  readonly bytes?: { readonly type: string; readonly body: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
}

/** The way to a service: sends requests with the key, again where that may help, and reads the answers. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #transport: Transport;
  readonly #retrier: Retrier;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#transport = createTransport(options.connections);
    this.#retrier = new Retrier(options.clock);
    // Each request in flight listens for the stop.
    setMaxListeners(0, options.signal);
  }

  /** Calls back whenever the service asks to be left alone, with the milliseconds for which it will be. */
  onPause(listener: (ms: number) => void): void {
    this.#retrier.onPause = listener;
  }

  /** Fails in one sentence when nothing answers at the address. */
  async assertReachable(): Promise<void> {
    const { url, signal } = this.#options;
    try {
      await this.#transport({ method: "GET", url: new URL("health", url), headers: {}, signal });
    } catch (error) {
      if (signal.aborted) throw error;
      const why = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
      throw new Failure(
        `Nothing answers at ${url.origin} (${why}): start the service with \`npm start\`, or give another address with --url.`,
      );
    }
  }

  /** Makes attempts until one need not be made again; the key has to be accepted. `final` knows errors that stay. */
  async run<A extends Answer>(
    attempt: (number: number) => Promise<A>,
    final?: (error: unknown) => boolean,
  ): Promise<A> {
    const answer = await this.#retrier.run(attempt, this.#options.signal, final);
    this.#refuseBadKey(answer);
    return answer;
  }

  /** Sends once, as the transport does. */
  send(call: Omit<Call, "signal">): Promise<Answer> {
    return this.#transport({ ...call, signal: this.#options.signal });
  }

  /** The answer to a request, whatever its status is. */
  answer({ method, path, query = {}, json, bytes, headers = {} }: Request): Promise<Answer> {
    const sent =
      json === undefined
        ? bytes
        : { type: "application/json", body: Buffer.from(JSON.stringify(json), "utf8") };
    const described: Readonly<Record<string, string>> =
      sent === undefined ? {} : { "content-type": sent.type, "content-length": String(sent.body.length) };
    const call = {
      method,
      url: this.address(path, query),
      headers: this.headers({ ...described, ...headers }),
      ...(sent === undefined ? {} : { body: sent.body }),
    };
    return this.run(() => this.send(call));
  }

  /** What the service says to a request, which has to go well. */
  async ask<T>(schema: z.ZodType<T>, request: Request): Promise<T> {
    const answer = await this.answer(request);
    const what = `${request.method} /${request.path}`;
    if (answer.status >= 200 && answer.status < 300) return readBody(schema, answer, what);
    throw refused(what, answer);
  }

  /** The address of a path below the service's. */
  address(path: string, query: Query): URL {
    const url = new URL(path, this.#options.url);
    url.search = new URLSearchParams(query).toString();
    return url;
  }

  /** The headers of every request, and more. */
  headers(more: Readonly<Record<string, string>>): Record<string, string> {
    return { accept: "application/json", ...more, "x-api-key": this.#options.key };
  }

  /** With a key that is not accepted, no other request can go well. */
  #refuseBadKey(answer: Answer): void {
    const { name, scope } = this.#options.purpose;
    if (answer.status === 401)
      throw new Failure("The service does not accept the API key: give another key with --key.");
    if (answer.status === 403) {
      const { detail } = refusalOf(answer);
      const sentence = `${name.charAt(0).toUpperCase()}${name.slice(1)} needs a key with the scope ${scope}`;
      throw new Failure(`The API key does not allow ${name}. ${sentence}: ${detail}`);
    }
  }
}

/** The failure of a request that the service has refused. */
export function refused(what: string, answer: Answer): Failure {
  const { status, code, detail } = refusalOf(answer);
  return new Failure(`The service refused ${what}: ${detail} (${status} ${code})`);
}
