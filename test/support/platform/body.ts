import { ContentHashStream } from "../../../src/storage/content-hash.ts";
import { exceeded, Invocation } from "./invocation.ts";
import { platformMemory, type Read } from "./memory.ts";
import { refuse } from "./refusals.ts";

/** What is known of a body before it is read. */
export interface BodyFacts {
  /** Null where that is only known when it was read. */
  readonly sizeBytes: number | null;
  /** A listing is held by its invocation; anything else until the service's account says that it was given back. */
  readonly isListing: boolean;
  /** False where only a part of an object was asked for, or none is answered. */
  readonly isWhole: boolean;
}

/**
 * The same body, on the isolate's account while it is read into memory: from its first byte, for all that it has. What
 * goes into a hash as it comes, or to a client once the invocation has answered, is not held.
 */
export function watchedBody(body: ReadableStream, facts: BodyFacts, invocation: Invocation): ReadableStream {
  const source = new WatchedSource(body, facts, invocation);
  const stream = new ReadableStream<unknown>(source, { highWaterMark: 0 });
  for (const name of ["pipeTo", "pipeThrough"] as const) {
    const pipe: unknown = stream[name];
    Object.defineProperty(stream, name, {
      value: (...values: unknown[]): unknown => {
        source.isHashed ||= isHash(values[0]);
        return typeof pipe === "function" ? Reflect.apply(pipe, stream, values) : undefined;
      },
    });
  }
  return stream;
}

function isHash(destination: unknown): boolean {
  return destination instanceof ContentHashStream || destination instanceof crypto.DigestStream;
}

/** Reads the real body as it is asked for. */
class WatchedSource implements UnderlyingSource<unknown> {
  isHashed = false;
  readonly #body: ReadableStream;
  readonly #facts: BodyFacts;
  readonly #invocation: Invocation;
  #reader: ReadableStreamDefaultReader<unknown> | null = null;
  #read: Read | null = null;

  constructor(body: ReadableStream, facts: BodyFacts, invocation: Invocation) {
    this.#body = body;
    this.#facts = facts;
    this.#invocation = invocation;
  }

  async pull(controller: ReadableStreamDefaultController<unknown>): Promise<void> {
    try {
      this.#begin();
      this.#reader ??= this.#body.getReader();
      const { done, value } = await this.#reader.read();
      if (done) {
        this.#read?.finish();
        controller.close();
      } else {
        this.#take(value instanceof Uint8Array ? value.byteLength : 0);
        controller.enqueue(value);
      }
    } catch (cause) {
      this.#read?.abandon();
      throw cause;
    }
  }

  async cancel(reason: unknown): Promise<void> {
    this.#read?.abandon();
    await (this.#reader ?? this.#body).cancel(reason);
  }

  get #isHeld(): boolean {
    return !this.isHashed && this.#invocation.isWorking;
  }

  #begin(): void {
    if (!this.#isHeld || this.#facts.isListing) return;
    const { sizeBytes, isWhole } = this.#facts;
    this.#read ??= platformMemory.beginRead(sizeBytes ?? 0, isWhole);
    if (!platformMemory.fits()) refuse(exceeded());
    if (!platformMemory.isCovered()) refuse("a whole object is read into memory that was not reserved");
  }

  #take(bytes: number): void {
    if (!this.#isHeld) return;
    if (this.#facts.isListing) this.#invocation.hold(bytes);
    else this.#read?.move(this.#facts.sizeBytes === null ? bytes : 0);
  }
}

/** How a request goes out to the network. */
export type Send = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * The network as an invocation has it: each request is one of its calls, JSON is held like a listing, and any other body
 * is on the isolate's account while it is read. Outside of an invocation it is as it was.
 */
export function limitedFetch(send: Send): Send {
  return async (url, init) => {
    const invocation = Invocation.current();
    if (invocation === null) return send(url, init);
    invocation.subrequest();
    const response = await send(url, init);
    const { body, headers } = response;
    if (body === null) return response;
    const length = headers.get("Content-Length");
    const facts = {
      isWhole: response.ok && !new Headers(init?.headers).has("Range"),
      sizeBytes: length === null ? null : Number(length),
      isListing: headers.get("Content-Type")?.startsWith("application/json") === true,
    };
    return new Response(watchedBody(body, facts, invocation), response);
  };
}
