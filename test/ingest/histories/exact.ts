import type { Run } from "../../../src/protocol/run.ts";
import { mustEqual, mustMatch } from "./checks.ts";
import { contentOf } from "./contents.ts";
import { isApiAct, type Act, type ApiAct, type History, type RunStep } from "./history.ts";
import { Model, type ModelRecord, type TrashedModel } from "./model.ts";
import { modelRun } from "./model-run.ts";
import type { ModelRun } from "./model-work.ts";
import { keyAt, prefixAt } from "./objects.ts";
import { playRun } from "./run-player.ts";
import type { Stage, StagedRow } from "./stage.ts";

/** A run that nothing befalls. */
export const plainRun: RunStep = {
  kind: "run",
  pageSize: 1000,
  prefix: 0,
  confirm: false,
  hidden: null,
  failsAt: null,
  disturbances: [],
};

/** Plays a history on the service and on the model, and compares them after each step. */
export class ExactPlayer {
  readonly #stage: Stage;
  readonly #model = new Model();
  /** Edits that were refused in the middle of a run, since their records had gone. */
  #refused: ModelRecord[] = [];

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async play(history: History): Promise<void> {
    const objects = history.before.flatMap((content, key): [string, number][] =>
      content === null ? [] : [[keyAt(key), content]],
    );
    await this.playFrom(new Map(objects), history);
  }

  /** Begins with these objects. */
  async playFrom(
    objects: ReadonlyMap<string, number>,
    { described, trashed, steps }: Omit<History, "before">,
  ): Promise<void> {
    await this.#stage.hold(objects);
    await this.#run(plainRun);
    for (const record of described) await this.#act({ kind: "edit", record });
    for (const record of trashed) await this.#act({ kind: "trash", record });
    for (const step of steps) {
      if (step.kind === "run") await this.#run(step);
      else await this.#act(step);
      await this.#compare();
    }
    const last = await this.#run({ ...plainRun, confirm: true });
    await this.#compare();
    await this.#finish();
    const { counts, cost } = await this.#run(plainRun);
    await this.#compare();
    // What was not clear may be so now, since part of it has been settled.
    if (last.counts.ambiguous > 0) return;
    mustMatch(counts, { new: 0, changed: 0, moved: 0, missing: 0, queued: 0 });
    // Objects that could be a lost record's are looked at by each run, without a change of any record.
    if (counts.ambiguous + counts.ignored === 0) mustEqual(cost.rows_written, 0);
  }

  async #act(act: Act): Promise<void> {
    this.#stage.world.advance(1);
    if (!isApiAct(act)) return this.#stage.act(act);
    switch (act.kind) {
      case "upload":
        return this.#upload(act);
      case "edit":
        return this.#edit(act.record, this.#stage.newWords());
      case "clear":
        return this.#edit(act.record, null);
      case "delete":
        return this.#delete(this.#pick(act.record));
      case "trash":
        return this.#trash(this.#pick(act.record));
      case "restore":
        return this.#restore(
          this.#model.trashed[act.record % Math.max(1, this.#model.trashed.length)] ?? null,
        );
      case "reprocess":
        return this.#reprocess(this.#pick(act.record));
      case "work":
        return this.#work(this.#pick(act.record));
    }
  }

  #pick(number: number): ModelRecord | null {
    const known = this.#model.records.filter((record) => record.id !== "");
    return known.toSorted((a, b) => (a.id < b.id ? -1 : 1))[number % Math.max(1, known.length)] ?? null;
  }

  async #upload(act: Extract<ApiAct, { kind: "upload" }>): Promise<void> {
    const { content, overwrite } = act;
    const key = keyAt(act.key);
    const isThere = this.#stage.objects.has(key);
    const words = act.withWords ? this.#stage.newWords() : null;
    const answer = await this.#stage.upload(key, content, { overwrite, words });
    mustEqual(answer === null, isThere && !overwrite);
    if (answer === null) return;
    const record = this.#model.upload(key, content, words);
    if (record.id === "") record.id = answer.id;
    mustEqual(answer.id, record.id);
    if (act.processed) await this.#work(record);
  }

  async #edit(number: number, words: string | null): Promise<void> {
    const record = this.#pick(number);
    if (record === null) return;
    const answer = await this.#stage.describe(record.id, words);
    if (answer === null) {
      this.#refused.push(record);
      return;
    }
    // The file's own words may have come a moment ago, in the middle of a run; then taking them away is a change.
    const isChange = record.words !== words || (words === null && answer.revision > record.revision);
    mustMatch(answer, { id: record.id, revision: record.revision + (isChange ? 1 : 0) });
    if (isChange) this.#model.edit(record, words);
  }

  async #delete(record: ModelRecord | null): Promise<void> {
    if (record === null) return;
    const left = new Map(this.#stage.objects);
    // Where another photo has taken the place of this one, that one stays, whether an ingest has seen it or not.
    if (record.hasPlace && left.get(record.key) === record.content) left.delete(record.key);
    mustEqual(await this.#stage.remove(record.id), true);
    mustEqual(this.#stage.objects, left);
    this.#model.remove(record);
  }

  async #trash(record: ModelRecord | null): Promise<void> {
    if (record === null) return;
    mustEqual(await this.#stage.trash(record.id), true);
    this.#model.trash(record);
  }

  async #restore(trashed: TrashedModel | null): Promise<void> {
    if (trashed === null) return;
    mustEqual(await this.#stage.restore(trashed.record.id), true);
    this.#model.restore(trashed, this.#stage.objects);
  }

  async #reprocess(record: ModelRecord | null): Promise<void> {
    if (record === null) return;
    mustEqual(await this.#stage.reprocess(record.id), this.#model.reopen(record, this.#stage.objects));
  }

  async #work(record: ModelRecord | null): Promise<void> {
    if (record === null) return;
    await this.#stage.work(record.id);
    if (record.state === "pending") this.#model.process(record, this.#stage.objects);
  }

  async #run(step: RunStep): Promise<Run> {
    const { run, worked } = await playRun(this.#stage, step, async (act) => this.#act(act));
    const hidden = step.hidden === null ? null : prefixAt(step.hidden);
    const shown = [...this.#stage.objects].filter(([key]) => hidden === null || !key.startsWith(hidden));
    const wanted = modelRun(
      this.#model,
      { ...step, prefix: prefixAt(step.prefix), shown: new Map(shown) },
      this.#stage.objects,
    );
    await this.#learnIds();
    mustMatch(run.counts, { ...wanted.counts });
    checkWork(run, step, wanted);
    const moved = wanted.moved.filter((record) => !wanted.processed.includes(record));
    mustEqual(
      moved.filter((record) => worked.has(record.id)),
      [],
    );
    const refused = this.#refused.filter((record) => this.#model.records.includes(record));
    mustEqual(refused, []);
    this.#refused = [];
    return run;
  }

  /** The ids of records that are new: by their keys, at each of which only one can be there. */
  async #learnIds(): Promise<void> {
    const known = new Set(this.#model.records.map((record) => record.id));
    const unnamed = this.#model.records.filter((record) => record.id === "");
    if (unnamed.length === 0) return;
    for (const row of await this.#stage.rows()) {
      const record = unnamed.find(({ key }) => key === row.key);
      if (!known.has(row.id) && !row.isMissing && record !== undefined) record.id = row.id;
    }
  }

  async #compare(): Promise<void> {
    const rows = await this.#stage.rows();
    const wanted = this.#model.records.map((record) => ({
      id: record.id,
      key: record.key,
      content: record.content,
      isMissing: record.isMissing,
      hasPlace: record.hasPlace,
      state: record.state,
      words: record.words,
      revision: record.revision,
    }));
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
    mustEqual(rows.map(withoutThumbnail), wanted.toSorted(byId));
    mustEqual(
      await this.#stage.trashed(),
      this.#model.trashed.map(({ record: { id, key, content, words, revision }, foundAt }) => ({
        id,
        key,
        content,
        words,
        revision,
        foundAt,
      })),
    );
  }

  /** Every photo has its thumbnail, and nothing unexpected lies in the storage. */
  async #finish(): Promise<void> {
    const thumbnails = await this.#stage.thumbnails();
    const rows = await this.#stage.rows();
    const lacking = rows
      .filter((row) => row.state === "ready")
      .filter((row) => !thumbnails.has(`${row.id}/${row.thumbnail}`));
    mustEqual(lacking, []);
    mustEqual(await this.#stage.look(), this.#stage.objects);
  }
}

function withoutThumbnail({ thumbnail: _thumbnail, ...row }: StagedRow): Omit<StagedRow, "thumbnail"> {
  return row;
}

/** What was put to work came to what its bytes come to, and was read once. */
function checkWork({ state, counts, cost }: Run, step: RunStep, wanted: ModelRun): void {
  const { processed, failed, dropped, queued } = counts;
  mustEqual(processed + failed + dropped, queued);
  // Whose place another record takes has been processed by then, or has not.
  const done = dropped === 0 ? [...wanted.processed, ...wanted.overtaken] : wanted.processed;
  if (dropped > 0) mustEqual(dropped <= wanted.overtaken.length, true);
  if (dropped === 0 || dropped === wanted.overtaken.length)
    mustEqual(failed, done.filter((record) => contentOf(record.content).state === "failed").length);
  const isFlawed = wanted.state === "completed" && failed > 0;
  mustEqual(state, isFlawed ? "completed_with_errors" : wanted.state);
  if (step.disturbances.length > 0) return;
  const sizes = done.map((record) => contentOf(record.content).bytes.length);
  mustEqual(
    cost.bytes_read,
    sizes.reduce((sum, size) => sum + size, 0),
  );
}
