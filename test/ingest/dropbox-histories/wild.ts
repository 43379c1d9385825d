import { z } from "zod";

import type { IngestMessage } from "../../../src/protocol/messages.ts";
import { Invocation } from "../faults/bindings.ts";
import { isTrashEvent, type Disturbance, type Event, type TrashEvent, type WildStep } from "./history.ts";
import { isText } from "./model.ts";
import { expectSame } from "./same.ts";
import type { Stage } from "./stage.ts";

const described = z.object({ description: z.string().optional() });

/** Plays histories whose runs are disturbed: what must hold whatever happens is less, but it must hold. */
export class WildPlayer {
  readonly #stage: Stage;
  readonly #words = new Map<string, string>();
  /** Which file each record was of when it was last looked at, as long as that file has been there ever since. */
  readonly #fileOf = new Map<string, string>();

  /** What lies where a record was restored without its file is not told again, but by a full listing. */
  #hasRestored = false;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async play(steps: readonly WildStep[]): Promise<void> {
    for (const step of steps) await this.#step(step);
    await this.#stage.run(false);
    await this.#checkRun();
    await this.#checkWhole(this.#hasRestored);
    const run = await this.#stage.run(true);
    expectSame(run.state, "completed");
    await this.#checkRun();
    await this.#checkWhole(false);
  }

  async #step(step: WildStep): Promise<void> {
    if (step.kind === "disturbed") await this.#disturbedRun(step.full, step.meets);
    else if (step.kind === "run") await this.#stage.run(step.full);
    else if (step.kind === "outage") await this.#stage.runInOutage();
    else return this.#event(step);
    await this.#checkRun();
  }

  async #event(event: Event | TrashEvent): Promise<void> {
    if (isTrashEvent(event)) return this.#trashEvent(event);
    if (event.kind === "describe") {
      const described = await this.#stage.describe(event.record);
      if (described !== null) this.#words.set(described.id, described.words);
      return;
    }
    this.#stage.do(event);
    const there = new Set(this.#stage.files().map(({ ref }) => ref));
    for (const [id, ref] of this.#fileOf) if (!there.has(ref)) this.#fileOf.delete(id);
  }

  async #trashEvent({ kind, record }: TrashEvent): Promise<void> {
    const id = await this.#stage[kind](record);
    if (id !== null) this.#fileOf.delete(id);
    this.#hasRestored ||= kind === "untrash" && id !== null;
  }

  async #disturbedRun(full: boolean, meets: readonly Disturbance[]): Promise<void> {
    const { world } = this.#stage;
    world.advance(1000);
    const { id } = await world.startIngest({ full });
    const waiting: IngestMessage[] = [];
    for (const each of meets) {
      waiting.push(...world.takeAll());
      if (each.kind === "cancel") await world.coordinator.cancel();
      else if (each.kind === "deliver") await this.#deliver(waiting, each.message, each.dies);
      else if (each.kind === "repeat") {
        const message = waiting[each.message % Math.max(1, waiting.length)];
        if (message !== undefined) await Promise.all([world.deliver(message), world.deliver(message)]);
      } else await this.#event(each);
    }
    for (let rounds = 0; (await world.run(id)).finished_at === null; rounds++) {
      if (rounds > 500) throw new Error("the run does not end");
      waiting.push(...world.takeAll());
      if (waiting.length > 0) await this.#deliver(waiting, 0, null);
      else {
        world.advance(31_000);
        await world.alarm();
      }
    }
    world.takeAll();
  }

  /** Hands out a message; its worker may die at some call, and then the message comes back later. */
  async #deliver(waiting: IngestMessage[], place: number, dies: number | null): Promise<void> {
    const { world } = this.#stage;
    const [message] = waiting.splice(place % Math.max(1, waiting.length), 1);
    if (message === undefined) return;
    const fault =
      dies === null ? null : ({ at: dies, kind: dies % 2 === 0 ? "dies" : "dies_after" } as const);
    const invocation = new Invocation(fault, async () => undefined);
    const { acknowledged } = await world.deliver(message, { bindings: invocation.bindings(world, 1000) });
    if (invocation.isDead || !acknowledged) waiting.push(message);
  }

  /** What holds after any run. */
  async #checkRun(): Promise<void> {
    const records = await this.#stage.records();
    const byId = new Map(records.map((record) => [record.id, record]));
    const trashed = (await this.#stage.trashed()).map(({ id, metadata }): [string, string | null] => [
      id,
      described.parse(JSON.parse(metadata)).description ?? null,
    ]);
    const wordsOf = new Map([...records.map((each) => [each.id, each.words] as const), ...trashed]);
    for (const [id, words] of this.#words) expectSame([id, wordsOf.get(id)], [id, words]);
    for (const [id, ref] of this.#fileOf) {
      const record = byId.get(id);
      // Only a record that nobody described may have given its place to an older one.
      if (record === undefined) expectSame(this.#words.has(id), false);
      else expectSame([id, record.ref], [id, ref]);
    }
    const there = new Set(this.#stage.files().map(({ ref }) => ref));
    this.#fileOf.clear();
    for (const { id, ref } of records) if (ref !== null && there.has(ref)) this.#fileOf.set(id, ref);
  }

  /** What holds after a run that nobody disturbed: every file has its record, every record that is there its file. */
  async #checkWhole(hasRestored: boolean): Promise<void> {
    const records = (await this.#stage.records()).filter(({ missing }) => !missing);
    const files = new Map(this.#stage.files().map((file) => [file.path, file]));
    for (const { path, ref, version } of records) {
      const file = files.get(path);
      expectSame({ path, ref, version }, { path, ref: file?.ref, version: file?.version });
    }
    if (hasRestored) return;
    const onRecord = new Set(records.map(({ path }) => path));
    const inTrash = new Set(
      (await this.#stage.trashed()).map(({ version }) => this.#stage.hashes.get(version)),
    );
    for (const file of files.values())
      if (!isText(file) && !inTrash.has(file.hash))
        expectSame([file.path, onRecord.has(file.path)], [file.path, true]);
  }
}
