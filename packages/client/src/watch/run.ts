import { addressOf } from "../http/address.ts";
import { TaglineError } from "../http/error.ts";
import type { Exchange } from "../http/exchange.ts";
import { fieldsOf, parsed } from "../http/fields.ts";
import { jsonOf } from "../http/json.ts";
import type { components } from "../openapi.ts";
import { EventStreamReader } from "./event-stream.ts";

/** An ingest, or a scan of the database: how far it is, and how it ended. */
export type Run = components["schemas"]["Run"];

/** What following a run needs. */
interface Following {
  readonly exchange: Exchange;
  readonly id: string;
  readonly signal: AbortSignal | undefined;
}

const firstDelayMs = 500;
const longestDelayMs = 5_000;
const growth = 1.5;
/** The service writes something every second; a stream that is silent for so long is held back on its way. */
const silenceMs = 15_000;

/**
 * The run on each change, and at last as it ended. The service's stream of events tells the changes. Wherever the stream
 * ends or breaks off, the run itself is asked for; where nothing comes through it, as behind a proxy that collects
 * answers, the run is asked for time and again.
 */
export async function* follow(following: Following): AsyncGenerator<Run, void, undefined> {
  const { exchange, signal } = following;
  const watcher = new Watcher(following);
  for (let delay = firstDelayMs; ; delay = Math.min(delay * growth, longestDelayMs)) {
    for await (const run of watcher.streamed()) {
      delay = firstDelayMs;
      yield run;
      if (isOver(run)) return;
    }
    const run = await watcher.looked();
    if (run !== null) {
      delay = firstDelayMs;
      yield run;
      if (isOver(run)) return;
    }
    await exchange.sleep(delay, signal);
  }
}

function isOver({ finished_at: finished }: Run): boolean {
  return finished !== null;
}

/** Looks at one run in both ways, and tells what was not told before. */
class Watcher {
  readonly #following: Following;
  #told = "";
  #lastEventId = "";
  /** False once a stream has brought nothing. */
  #hasStream = true;

  constructor(following: Following) {
    this.#following = following;
  }

  /** The run as the stream tells it, until the stream ends, breaks off, or tells that another run is on. */
  async *streamed(): AsyncGenerator<Run, void, undefined> {
    if (!this.#hasStream) return;
    let events = 0;
    try {
      for await (const data of this.#events()) {
        events += 1;
        const run = this.#runIn(data);
        if (run === null) return;
        if (this.#isNews(run)) yield run;
      }
    } catch (error) {
      if (!(error instanceof TaglineError) || isRefusal(error)) throw error;
    }
    this.#hasStream = events > 0;
  }

  /** The run itself; null if it has not changed. */
  async looked(): Promise<Run | null> {
    const { exchange, id, signal = null } = this.#following;
    const url = addressOf(exchange.baseUrl, "/v1/ingest/runs/{id}", { path: { id } });
    const response = await exchange.send({ method: "GET", url, headers: new Headers(), signal });
    const run = await jsonOf(response, isRun);
    return this.#isNews(run) ? run : null;
  }

  async *#events(): AsyncGenerator<string, void, undefined> {
    const { exchange, signal = null } = this.#following;
    const headers = new Headers({ accept: "text/event-stream" });
    if (this.#lastEventId !== "") headers.set("last-event-id", this.#lastEventId);
    const url = addressOf(exchange.baseUrl, "/v1/ingest/events", {});
    const reader = new EventStreamReader();
    for await (const piece of exchange.stream({ method: "GET", url, headers, signal }, silenceMs)) {
      for (const { data, lastId } of reader.push(piece)) {
        this.#lastEventId = lastId;
        yield data;
      }
    }
  }

  /** The followed run in the data of an event; null if it is not the one that is on or was on last. */
  #runIn(data: string): Run | null {
    const { run, last_run: last } = fieldsOf(parsed(data));
    const found = [run, last].map(fieldsOf).find((each) => each["id"] === this.#following.id);
    return found !== undefined && isRun(found) ? found : null;
  }

  #isNews(run: Run): boolean {
    const text = JSON.stringify(run);
    if (text === this.#told) return false;
    this.#told = text;
    return true;
  }
}

/** Whether the service refuses the key, so that the same request would be refused again. */
function isRefusal({ status }: TaglineError): boolean {
  return status === 401 || status === 403;
}

/** Whether JSON is a run. What else it has, the document says. */
export function isRun(
  value: Readonly<Record<string, unknown>>,
): value is Run & Readonly<Record<string, unknown>> {
  const { id, state, finished_at: finished } = value;
  return (
    typeof id === "string" && typeof state === "string" && (finished === null || typeof finished === "string")
  );
}
