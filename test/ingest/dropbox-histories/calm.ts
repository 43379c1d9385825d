import type { Step } from "./history.ts";
import { look, type ModelRecord } from "./model.ts";
import { expectSame } from "./same.ts";
import type { Stage, StagedFile, StoredRecord } from "./stage.ts";

/** Plays histories whose runs nobody disturbs, and compares the records with the model after each run. */
export class CalmPlayer {
  readonly #stage: Stage;
  #model: ModelRecord[] = [];
  /** From where in the Dropbox's journal changes are told; null where the next run lists all there is. */
  #toldFrom: number | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.#step(step);
    await this.#run(true);
    await this.#checkSpelling();
  }

  async #step(step: Step): Promise<void> {
    const stage = this.#stage;
    switch (step.kind) {
      case "run":
        return this.#run(step.full);
      case "outage": {
        const before = await stage.records();
        const run = await stage.runInOutage();
        expectSame(run.state, "failed");
        return expectSame(await stage.records(), before);
      }
      case "describe": {
        const described = await stage.describe(step.record);
        const record = this.#model.find(({ id }) => id === described?.id);
        if (record !== undefined && described !== null) record.words = described.words;
        return;
      }
      case "put":
      case "move":
      case "copy":
      case "swap":
      case "delete":
      case "restore":
      case "respell":
      case "remake":
        return stage.do(step);
      case "reset":
        this.#toldFrom = null;
        return stage.do(step);
    }
  }

  async #run(full: boolean): Promise<void> {
    const run = await this.#stage.run(full);
    expectSame(run.state, "completed");
    this.#model = look(this.#model, this.#seenFiles(full));
    this.#toldFrom = this.#stage.dropbox.tree.journal.length;
    await this.#compare();
  }

  /** What a run can know of: a file that was passed over is told again when it changes, or in a full listing. */
  #seenFiles(full: boolean): StagedFile[] {
    const from = this.#toldFrom;
    const onRecord = new Set(this.#model.map(({ path }) => path));
    return this.#stage
      .files()
      .filter(
        ({ path, journalPlace }) => full || from === null || journalPlace >= from || onRecord.has(path),
      );
  }

  async #compare(): Promise<void> {
    const stored = await this.#stage.records();
    const present = new Map(stored.filter(({ missing }) => !missing).map((row) => [row.path, row]));
    for (const record of this.#model) record.id ??= present.get(record.path ?? "")?.id ?? null;
    const told = (row: StoredRecord) => {
      const { id, ref, missing, words, path } = row;
      return { id, ref, missing, words, path: path.includes("\u{1}") ? null : path };
    };
    const expected = this.#model.map(({ id, ref, missing, words, path }) => ({
      id,
      ref,
      missing,
      words,
      path,
    }));
    expectSame(
      stored.map(told),
      expected.toSorted((a, b) => ((a.id ?? "") < (b.id ?? "") ? -1 : 1)),
    );
    const versions = new Map(this.#stage.files().map(({ ref, version }) => [ref, version]));
    for (const row of present.values()) {
      expectSame(row.version, versions.get(row.ref ?? ""));
      expectSame(row.state, "unsupported");
    }
    expectSame(
      stored.filter(({ vanished }) => vanished),
      [],
    );
  }

  /** After a full run keys are spelt as Dropbox spells them. */
  async #checkSpelling(): Promise<void> {
    const keys = new Map(this.#stage.files().map(({ path, key }) => [path, key]));
    for (const { path, key, missing } of await this.#stage.records())
      if (!missing) expectSame(key, keys.get(path));
  }
}
