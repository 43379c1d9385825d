import { mustEqual } from "./checks.ts";
import { contentOf, isTaken } from "./contents.ts";
import { plainRun } from "./exact.ts";
import { isApiAct, type Act, type History, type RunStep } from "./history.ts";
import { keyAt } from "./objects.ts";
import { playRun } from "./run-player.ts";
import type { Stage, StagedRow } from "./stage.ts";

/** What a person wrote last. */
interface Written {
  readonly words: string | null;
  readonly revision: number;
}

/** Plays a history in which anything happens at any moment, and sees that what people wrote outlives it. */
export class WildPlayer {
  readonly #stage: Stage;
  /** What people wrote, by the record's id. */
  readonly #written = new Map<string, Written>();
  /** Keys whose objects changed since the run began: what a worker found there may be of before or after. */
  #touched = new Set<string>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async play({ before, described, trashed, steps }: History): Promise<void> {
    const objects = before.flatMap((content, key): [string, number][] =>
      content === null ? [] : [[keyAt(key), content]],
    );
    await this.#stage.hold(new Map(objects));
    await this.#run(plainRun);
    for (const record of described) await this.#act({ kind: "edit", record });
    for (const record of trashed) await this.#act({ kind: "trash", record });
    for (const step of steps) await (step.kind === "run" ? this.#run(step) : this.#act(step));
    await this.#run({ ...plainRun, confirm: true });
    await this.#finish();
  }

  async #act(act: Act): Promise<void> {
    this.#stage.world.advance(1);
    const before = this.#stage.objects;
    await this.#do(act);
    const after = this.#stage.objects;
    for (const key of new Set([...before.keys(), ...after.keys()]))
      if (before.get(key) !== after.get(key)) this.#touched.add(key);
  }

  async #do(act: Act): Promise<void> {
    if (!isApiAct(act)) return this.#stage.act(act);
    switch (act.kind) {
      case "upload": {
        const words = act.withWords ? this.#stage.newWords() : null;
        const { overwrite } = act;
        const answer = await this.#stage.upload(keyAt(act.key), act.content, { overwrite, words });
        if (answer === null) return;
        this.#touched.add(keyAt(act.key));
        if (words !== null && answer.object_metadata.description === words)
          this.#written.set(answer.id, { words, revision: answer.revision });
        if (act.processed) await this.#stage.work(answer.id);
        return;
      }
      case "edit":
        return this.#edit(act.record, this.#stage.newWords());
      case "clear":
        return this.#edit(act.record, null);
      case "delete": {
        const row = await this.#pick(act.record);
        return row === null ? undefined : this.#delete(row);
      }
      case "trash": {
        const row = await this.#pick(act.record);
        return row === null ? undefined : this.#trash(row);
      }
      case "restore":
        return this.#restore(act.record);
      case "reprocess": {
        const row = await this.#pick(act.record);
        if (row !== null) await this.#stage.reprocess(row.id);
        return;
      }
      case "work": {
        const row = await this.#pick(act.record);
        return row === null ? undefined : this.#stage.work(row.id);
      }
    }
  }

  /**
   * Takes the record's own photo along, and no other. What is where a record was whose place another has taken counts as
   * that one's, even if the photo of the first is back there: only an ingest finds out.
   */
  async #delete(row: StagedRow): Promise<void> {
    const before = this.#stage.objects;
    if (!(await this.#stage.remove(row.id))) return;
    this.#written.delete(row.id);
    const removed = [...before].filter(([key]) => !this.#stage.objects.has(key));
    const isThere = row.hasPlace && before.get(row.key) === row.content;
    mustEqual(removed, isThere ? [[row.key, row.content]] : []);
  }

  async #trash({ id }: StagedRow): Promise<void> {
    await this.#stage.trash(id);
  }

  async #restore(number: number): Promise<void> {
    const trashed = await this.#stage.trashed();
    const chosen = trashed[number % Math.max(1, trashed.length)];
    if (chosen !== undefined) await this.#stage.restore(chosen.id);
  }

  async #pick(number: number): Promise<StagedRow | null> {
    const rows = await this.#stage.rows();
    return rows[number % Math.max(1, rows.length)] ?? null;
  }

  async #edit(number: number, words: string | null): Promise<void> {
    const row = await this.#pick(number);
    const answer = row === null ? null : await this.#stage.describe(row.id, words);
    if (answer === null || answer.revision === 0) return;
    mustEqual(answer.object_metadata.description ?? null, words);
    this.#written.set(answer.id, { words, revision: answer.revision });
  }

  async #run(step: RunStep): Promise<void> {
    const before = new Map((await this.#stage.rows()).map((row) => [row.id, row]));
    const inTrash = new Set((await this.#stage.trashed()).map(({ content }) => content));
    this.#touched = new Set();
    await playRun(this.#stage, step, async (act) => this.#act(act));
    const rows = await this.#stage.rows();
    const trashed = await this.#stage.trashed();
    this.#checkWords([...rows, ...trashed]);
    if (step.disturbances.length === 0) {
      // A photo that only the trash has is nobody's, whatever has befallen it and its records before.
      const live = new Set([...before.values()].map(({ content }) => content));
      const returned = rows.filter(
        ({ id, content }) => !before.has(id) && inTrash.has(content) && !live.has(content),
      );
      mustEqual(returned, []);
    }
    // Whoever changed places took its bytes along.
    const changelings = rows.filter((row) => {
      const old = before.get(row.id);
      return (
        old !== undefined &&
        old.key !== row.key &&
        old.content !== row.content &&
        !this.#touched.has(row.key) &&
        !this.#touched.has(old.key)
      );
    });
    mustEqual(changelings, []);
  }

  #checkWords(rows: readonly Pick<StagedRow, "id" | "words" | "revision">[]): void {
    const found = new Map(rows.map(({ id, words, revision }) => [id, { words, revision }]));
    for (const [id, written] of this.#written) mustEqual({ id, ...found.get(id) }, { id, ...written });
  }

  /** Records and storage say the same, and nobody waits for anything. */
  async #finish(): Promise<void> {
    const rows = await this.#stage.rows();
    const present = rows.filter((row) => !row.isMissing);
    const keys = new Set(present.map((row) => row.key));
    const inTrash = new Set((await this.#stage.trashed()).map(({ content }) => content));
    const wanted = [...this.#stage.objects].filter(
      ([key, content]) => keys.has(key) || (isTaken(key) && !inTrash.has(content)),
    );
    mustEqual(present.length, keys.size);
    mustEqual(new Map(present.map(({ key, content }) => [key, content])), new Map(wanted));
    mustEqual(
      present.filter((row) => row.state !== contentOf(row.content).state),
      [],
    );
    const thumbnails = await this.#stage.thumbnails();
    const ready = present.filter((row) => row.state === "ready");
    mustEqual(
      ready.filter((row) => !thumbnails.has(`${row.id}/${row.thumbnail}`)),
      [],
    );
    mustEqual(await this.#stage.look(), this.#stage.objects);
  }
}
