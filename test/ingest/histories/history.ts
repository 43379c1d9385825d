import fc from "fast-check";

import type { Fault } from "../faults/plan.ts";
import { contentCount, prefixes, smallKeys, wildContentCount } from "./contents.ts";

/** What befalls the storage, past the service. Whatever a number names is counted among what is there (modulo). */
export type StorageAct =
  | { readonly kind: "put"; readonly key: number; readonly content: number }
  | { readonly kind: "move"; readonly object: number; readonly to: number }
  | { readonly kind: "copy"; readonly object: number; readonly to: number }
  | { readonly kind: "swap"; readonly object: number; readonly with: number }
  /** One object goes where another was, which goes elsewhere. */
  | { readonly kind: "chain"; readonly object: number; readonly over: number; readonly to: number }
  | { readonly kind: "rename"; readonly folder: number; readonly to: number }
  | { readonly kind: "vanish"; readonly object: number }
  | { readonly kind: "vanish_folder"; readonly folder: number }
  /** Something that has vanished is back, where it was. */
  | { readonly kind: "return"; readonly lost: number };

/** What people do through the API. */
export type ApiAct =
  | {
      readonly kind: "upload";
      readonly key: number;
      readonly content: number;
      readonly overwrite: boolean;
      /** Words that come with it. */
      readonly withWords: boolean;
      /** Whether it is processed at once, or its message lost. */
      readonly processed: boolean;
    }
  | { readonly kind: "edit"; readonly record: number }
  /** Takes all words away, which is an edit as well. */
  | { readonly kind: "clear"; readonly record: number }
  | { readonly kind: "delete"; readonly record: number }
  | { readonly kind: "trash"; readonly record: number }
  /** A record comes back out of the trash. */
  | { readonly kind: "restore"; readonly record: number }
  /** A record is put back to work; its message is lost. */
  | { readonly kind: "reprocess"; readonly record: number }
  /** A message to process a record comes, as late as one likes. */
  | { readonly kind: "work"; readonly record: number };

/** See {@link StorageAct} and {@link ApiAct}. */
export type Act = StorageAct | ApiAct;

/** Whether an act goes through the API. */
export function isApiAct(act: Act): act is ApiAct {
  return ["upload", "edit", "clear", "delete", "trash", "restore", "reprocess", "work"].includes(act.kind);
}

/** What happens in the middle of a run, at the handing out of the message with the number `at`. */
export type Disturbance =
  | { readonly kind: "fault"; readonly at: number; readonly fault: Fault }
  /** The message is handed out once more, then or when the run has ended. */
  | { readonly kind: "repeat"; readonly at: number; readonly late: boolean }
  | { readonly kind: "evict"; readonly at: number }
  /** Between messages, or in the middle of one: before its worker's call with the number `call`. */
  | { readonly kind: "act"; readonly at: number; readonly call: number | null; readonly act: Act };

/** An ingest and what becomes of it. */
export interface RunStep {
  readonly kind: "run";
  readonly pageSize: number;
  /** A number of {@link prefixes}. */
  readonly prefix: number;
  readonly confirm: boolean;
  /** An outage: the listing does not show what lies in this folder, though it is there; a number of {@link prefixes}. */
  readonly hidden: number | null;
  /** The listing fails at the page with this number, and goes on failing. */
  readonly failsAt: number | null;
  readonly disturbances: readonly Disturbance[];
}

/** A step: an act between runs, or a run. */
type Step = Act | RunStep;

/** A whole history. */
export interface History {
  /** By key: the number of a content, or null where there is no object. */
  readonly before: readonly (number | null)[];
  /** Records of those that are described. */
  readonly described: readonly number[];
  /** Records of those that are then put into the trash. */
  readonly trashed: readonly number[];
  readonly steps: readonly Step[];
}

const key = fc.nat({ max: smallKeys.length - 1 });
const index = fc.nat({ max: 9 });
const folder = fc.nat({ max: prefixes.length - 1 });

const rearrangement: fc.Arbitrary<StorageAct> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("move" as const), object: index, to: key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("copy" as const), object: index, to: key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("swap" as const), object: index, with: index }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("chain" as const), object: index, over: index, to: key }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rename" as const), folder, to: folder }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("vanish" as const), object: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("vanish_folder" as const), folder }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("return" as const), lost: index }) },
);

function put(contents: number): fc.Arbitrary<StorageAct> {
  return fc.record({ kind: fc.constant("put" as const), key, content: fc.nat({ max: contents - 1 }) });
}

const edit: fc.Arbitrary<ApiAct> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("edit" as const), record: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const), record: index }) },
);

const apiAct: fc.Arbitrary<ApiAct> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("upload" as const),
      key,
      content: fc.nat({ max: 4 }),
      overwrite: fc.boolean(),
      withWords: fc.boolean(),
      processed: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: edit },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), record: index }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("trash" as const), record: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restore" as const), record: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reprocess" as const), record: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("work" as const), record: index }) },
);

/** An act with one of so many contents. */
function act(contents: number): fc.Arbitrary<Act> {
  return fc.oneof(
    { weight: 2, arbitrary: put(contents) },
    { weight: 23, arbitrary: rearrangement },
    { weight: 14, arbitrary: apiAct },
  );
}

/** Which message: most runs have few, and those that settle come last. */
const at = fc.nat({ max: 11 });

/** Which call of its worker. */
const call: fc.Arbitrary<number> = fc.oneof(fc.nat({ max: 7 }), fc.nat({ max: 16 }));

const fault: fc.Arbitrary<Disturbance> = fc.record({
  kind: fc.constant("fault" as const),
  at,
  fault: fc.record({
    at: call,
    kind: fc.constantFrom("fails" as const, "fails_after" as const, "dies" as const, "dies_after" as const),
  }),
});

const repeat: fc.Arbitrary<Disturbance> = fc.record({
  kind: fc.constant("repeat" as const),
  at,
  late: fc.boolean(),
});

const evict: fc.Arbitrary<Disturbance> = fc.record({ kind: fc.constant("evict" as const), at });

function actAt(act: fc.Arbitrary<Act>): fc.Arbitrary<Disturbance> {
  const inside: fc.Arbitrary<number | null> = fc.option(call, { freq: 2 });
  return fc.record({ kind: fc.constant("act" as const), at, call: inside, act });
}

/** What changes neither the storage nor what a run has to come to; edits at any moment are among it. */
const harmless: fc.Arbitrary<Disturbance> = fc.oneof(
  { weight: 5, arbitrary: fault },
  { weight: 2, arbitrary: repeat },
  { weight: 1, arbitrary: evict },
  { weight: 4, arbitrary: actAt(edit) },
);

const anything: fc.Arbitrary<Disturbance> = fc.oneof(
  { weight: 3, arbitrary: harmless },
  { weight: 4, arbitrary: actAt(act(wildContentCount)) },
);

function run(disturbance: fc.Arbitrary<Disturbance>, undisturbed: number): fc.Arbitrary<RunStep> {
  return fc.record({
    kind: fc.constant("run" as const),
    pageSize: fc.oneof(fc.constant(1000), fc.integer({ min: 2, max: 6 })),
    prefix: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: folder }),
    confirm: fc.boolean(),
    hidden: fc.option(folder, { freq: 6 }),
    failsAt: fc.option(fc.nat({ max: 3 }), { freq: 7 }),
    disturbances: fc.oneof(
      { weight: undisturbed, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(disturbance, { minLength: 1, maxLength: 5 }) },
    ),
  });
}

/** Most keys hold a photo of their own, so that what moves is recognised; some hold what another holds as well. */
function before(contents: number): fc.Arbitrary<History["before"]> {
  return fc.tuple(
    ...smallKeys.map((_, number) =>
      fc.oneof(
        { weight: 4, arbitrary: fc.constant(number < contents ? number : null) },
        { weight: 1, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.nat({ max: contents - 1 }) },
      ),
    ),
  );
}

function history(runs: fc.Arbitrary<RunStep>, contents: number): fc.Arbitrary<History> {
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: act(contents) },
    { weight: 3, arbitrary: runs },
  );
  return fc.record({
    before: before(contents),
    described: fc.uniqueArray(index, { maxLength: 4 }),
    trashed: fc.array(index, { maxLength: 3 }),
    steps: fc.array(step, { minLength: 1, maxLength: 12, size: "max" }),
  });
}

/** Histories whose storage changes between runs only, so that what each run has to come to is known exactly. */
export const exactHistory: fc.Arbitrary<History> = history(run(harmless, 3), contentCount);

/** Histories in which anything happens at any moment. */
export const wildHistory: fc.Arbitrary<History> = history(run(anything, 1), wildContentCount);

const many = fc.nat({ max: 69 });

/** What happens to a collection of which a large part is hidden now and then. */
const largeAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("move" as const), object: many, to: key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("copy" as const), object: many, to: key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("rename" as const), folder, to: folder }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("vanish" as const), object: many }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("vanish_folder" as const), folder }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("return" as const), lost: many }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("edit" as const), record: many }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("trash" as const), record: many }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restore" as const), record: many }) },
);

const largeRun: fc.Arbitrary<RunStep> = fc.record({
  kind: fc.constant("run" as const),
  pageSize: fc.constantFrom(1000, 40),
  prefix: fc.constantFrom(0, 0, 0, 1, 2),
  confirm: fc.oneof(
    { weight: 3, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  hidden: fc.constantFrom(null, null, 1, 1, 0),
  failsAt: fc.option(fc.nat({ max: 1 }), { freq: 9 }),
  disturbances: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(harmless, { minLength: 1, maxLength: 3 }) },
  ),
});

/** Histories of {@link largeCollection}, in which outages hide more than may be declared missing. */
export const guardHistory: fc.Arbitrary<Omit<History, "before">> = fc.record({
  described: fc.uniqueArray(many, { maxLength: 4 }),
  trashed: fc.array(many, { maxLength: 10 }),
  steps: fc.array(fc.oneof({ weight: 5, arbitrary: largeAct }, { weight: 4, arbitrary: largeRun }), {
    minLength: 1,
    maxLength: 8,
    size: "max",
  }),
});

/** 60 photos in one folder and some in another, all different and, by their bytes, none. */
export const largeCollection: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 66 }, (_, number) => [
    `${number < 60 ? "a/" : "b/"}${String(number).padStart(2, "0")}.jpg`,
    100 + number,
  ]),
);
