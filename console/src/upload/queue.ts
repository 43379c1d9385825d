import type { Carried } from "./carry.ts";
import { keyIn } from "./keys.ts";
import type { Outcome } from "./outcome.ts";
import type { Picked } from "./picked.ts";

/** Where a file is on its way. */
export type ItemState =
  /** Until somebody says where it goes. */
  | { readonly kind: "picked" }
  | { readonly kind: "waiting" }
  | { readonly kind: "looking" }
  | { readonly kind: "sending"; readonly sent: number }
  | Exclude<Outcome, { kind: "halted" }>;

/** A file of the queue. */
export interface Item {
  readonly number: number;
  readonly file: File;
  /** Its path from what was chosen on. */
  readonly path: string;
  /** Its object key, once it is known where it goes; until then its path. */
  readonly key: string;
  readonly state: ItemState;
}

/** Why nothing goes on: somebody has stopped it, or nothing can come in. */
export type Halt = "person" | Extract<Outcome, { kind: "halted" }>["why"];

/** Brings one file in; rejects with the reason of the signal. */
export type Carry = (carried: Carried) => Promise<Outcome>;

interface QueueOptions {
  /** So many files are on their way at once. */
  readonly atOnce?: number;
  readonly onChange?: () => void;
  /** Nothing is on its way any more, and nothing waits. */
  readonly onEnd?: () => void;
}

/** Files on their way into the archive, some at a time; no file is forgotten before somebody leaves it out. */
export class UploadQueue {
  readonly #carry: Carry;
  readonly #atOnce: number;
  readonly #onChange: () => void;
  readonly #onEnd: () => void;
  /** In their order; a Map, since every progress finds its file by its number. */
  readonly #items = new Map<number, Item>();
  #numbers = 0;
  #halt: Halt | null = null;
  #going = 0;
  #stop = new AbortController();

  constructor(carry: Carry, { atOnce = 3, onChange = () => {}, onEnd = () => {} }: QueueOptions = {}) {
    this.#carry = carry;
    this.#atOnce = atOnce;
    this.#onChange = onChange;
    this.#onEnd = onEnd;
  }

  get items(): readonly Item[] {
    return [...this.#items.values()];
  }

  /** Why nothing goes on; null where it does. */
  get halt(): Halt | null {
    return this.#halt;
  }

  /** Whether files are on their way, or will be without anybody doing something. */
  get isActive(): boolean {
    return this.#going > 0 || (this.#halt === null && this.#has("waiting"));
  }

  /** Whether files are on their way or wait for it, also where nothing goes on: whoever closes the page now has not sent them. */
  get isUnfinished(): boolean {
    return this.#going > 0 || this.#has("waiting");
  }

  /** Takes files in, which wait until it is said where they go. Those that cannot come in are refused with a reason. */
  add(picked: readonly Picked[], refusal: (picked: Picked) => string | null): void {
    for (const each of picked) {
      const reason = refusal(each);
      const state: ItemState = reason === null ? { kind: "picked" } : { kind: "refused", reason };
      const number = (this.#numbers += 1);
      this.#items.set(number, { number, file: each.file, path: each.path, key: each.path, state });
    }
    this.#onChange();
  }

  /** Sends all that was picked into a folder. */
  start(folder: string): void {
    for (const item of this.items)
      if (item.state.kind === "picked")
        this.#set(item.number, { key: keyIn(folder, item.path), state: { kind: "waiting" } });
    this.goOn();
  }

  /** Stops: what is on its way waits again, and begins anew. */
  stop(why: Halt = "person"): void {
    if (!this.isActive) return;
    this.#halt = why;
    this.#stop.abort(new DOMException("The upload was stopped.", "AbortError"));
    this.#onChange();
  }

  /** Goes on where it has stopped. */
  goOn(): void {
    this.#halt = null;
    if (this.#stop.signal.aborted) this.#stop = new AbortController();
    this.#onChange();
    this.#fill();
  }

  /** Sends one file again, or all that have failed. */
  retry(number: number | null = null): void {
    for (const item of this.items)
      if (item.state.kind === "failed" && (number === null || item.number === number))
        this.#set(item.number, { state: { kind: "waiting" } });
    this.goOn();
  }

  /** Sends one file whose name another photo has under its free name, or all of them. */
  rename(number: number | null = null): void {
    for (const item of this.items)
      if (item.state.kind === "taken" && (number === null || item.number === number))
        this.#set(item.number, { key: item.state.free, state: { kind: "waiting" } });
    this.goOn();
  }

  /** Leaves a file out that is not on its way. */
  leaveOut(number: number): void {
    const item = this.#items.get(number);
    if (item === undefined || isGoing(item)) return;
    this.#items.delete(number);
    this.#onChange();
  }

  /** Leaves all files out for which there is nothing more to do. */
  clear(): void {
    for (const { number, state } of this.items)
      if (["done", "present", "refused"].includes(state.kind)) this.#items.delete(number);
    this.#onChange();
  }

  #has(kind: ItemState["kind"]): boolean {
    return this.#items.values().some(({ state }) => state.kind === kind);
  }

  #fill(): void {
    if (this.#halt !== null) return;
    for (const item of this.#items.values()) {
      if (this.#going >= this.#atOnce) return;
      if (item.state.kind === "waiting") void this.#send(item);
    }
  }

  async #send({ number, file, key }: Item): Promise<void> {
    const { signal } = this.#stop;
    this.#going += 1;
    this.#set(number, { state: { kind: "looking" } });
    this.#onChange();
    const onProgress = (sent: number): void => {
      if (signal.aborted) return;
      this.#set(number, { state: { kind: "sending", sent } });
      this.#onChange();
    };
    let outcome: Outcome | null = null;
    try {
      outcome = await this.#carry({ file, key, onProgress, signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#going -= 1;
    }
    this.#settle(number, outcome);
  }

  /** Notes what became of a file; null where it was stopped. */
  #settle(number: number, outcome: Outcome | null): void {
    if (outcome === null || outcome.kind === "halted") this.#set(number, { state: { kind: "waiting" } });
    else this.#set(number, { state: outcome });
    if (outcome?.kind === "halted") {
      this.#halt ??= outcome.why;
      this.#stop.abort(new DOMException("The upload was stopped.", "AbortError"));
    }
    this.#onChange();
    this.#fill();
    if (this.#going === 0 && (this.#halt !== null || !this.#has("waiting"))) this.#onEnd();
  }

  #set(number: number, change: Partial<Pick<Item, "key" | "state">>): void {
    const item = this.#items.get(number);
    if (item !== undefined) this.#items.set(number, { ...item, ...change });
  }
}

/** Whether a file is on its way. */
function isGoing({ state }: Item): boolean {
  return state.kind === "looking" || state.kind === "sending";
}
