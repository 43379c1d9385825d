import { TaglineError } from "../http/error.ts";

/** An event of a stream of server-sent events. */
export interface ServerEvent {
  readonly type: string;
  readonly data: string;
  /** The id to come back with; empty if the stream has given none yet. */
  readonly lastId: string;
}

/** How many characters of an event are kept until it is complete; none of the service's comes near. */
const mostCharacters = 1024 * 1024;

/**
 * Reads a stream of server-sent events as it comes in pieces (HTML Standard, §9.2.6). Comments and empty events are passed
 * over, and what is not closed by an empty line when the stream ends is no event. What goes on for ever without an end of
 * an event is no stream of events, and an error.
 */
export class EventStreamReader {
  readonly #decoder = new TextDecoder();
  #rest = "";
  #type = "";
  #data: string[] = [];
  #dataCharacters = 0;
  #lastId = "";

  /** The events that a piece completes. */
  push(piece: Uint8Array): ServerEvent[] {
    const text = this.#rest + this.#decoder.decode(piece, { stream: true });
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    // A carriage return at the end may be half of a line break.
    this.#rest = lines.pop() ?? "";
    const events = lines.flatMap((line) => this.#take(line.replace(/\r$/, "")));
    if (this.#rest.length + this.#dataCharacters > mostCharacters)
      throw new TaglineError({
        code: "unexpected_answer",
        detail: "The stream of events has no end of an event.",
      });
    return events;
  }

  #take(line: string): ServerEvent[] {
    if (line === "") return this.#dispatch();
    const [, name = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "data") {
      this.#data.push(value);
      this.#dataCharacters += value.length + 1;
    } else if (name === "event") this.#type = value;
    else if (name === "id" && !value.includes("\0")) this.#lastId = value;
    return [];
  }

  #dispatch(): ServerEvent[] {
    const event = { type: this.#type || "message", data: this.#data.join("\n"), lastId: this.#lastId };
    const isEmpty = this.#data.length === 0;
    [this.#type, this.#data, this.#dataCharacters] = ["", [], 0];
    return isEmpty ? [] : [event];
  }
}
