/** An event of a stream of server-sent events. */
export interface ServerEvent {
  readonly type: string;
  readonly data: string;
  /** The id to come back with; empty if the stream has given none yet. */
  readonly lastId: string;
}

/**
 * Reads a stream of server-sent events as it comes in pieces (HTML Standard, §9.2.6). Comments and empty events are passed
 * over, and what is not closed by an empty line when the stream ends is no event.
 */
export class EventStreamReader {
  readonly #decoder = new TextDecoder();
  #rest = "";
  #type = "";
  #data: string[] = [];
  #lastId = "";

  /** The events that a piece completes. */
  push(piece: Uint8Array): ServerEvent[] {
    const text = this.#rest + this.#decoder.decode(piece, { stream: true });
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    // A carriage return at the end may be half of a line break.
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#take(line.replace(/\r$/, "")));
  }

  #take(line: string): ServerEvent[] {
    if (line === "") return this.#dispatch();
    const [, name = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#type = value;
    else if (name === "id" && !value.includes("\0")) this.#lastId = value;
    return [];
  }

  #dispatch(): ServerEvent[] {
    const event = { type: this.#type || "message", data: this.#data.join("\n"), lastId: this.#lastId };
    const isEmpty = this.#data.length === 0;
    [this.#type, this.#data] = ["", []];
    return isEmpty ? [] : [event];
  }
}
