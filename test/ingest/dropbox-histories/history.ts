import fc from "fast-check";

/** What a person does in the Dropbox. Paths are below the provider's root; what makes no sense is passed over. */
export type Deed =
  | { readonly kind: "put"; readonly path: string; readonly content: number }
  | { readonly kind: "move" | "copy" | "swap"; readonly from: string; readonly to: string }
  | { readonly kind: "delete" | "restore" | "respell"; readonly path: string }
  /** Everything is taken out of the root and put back as new files. */
  | { readonly kind: "remake"; readonly path: string };

/** What happens beside runs. */
export type Event =
  | Deed
  | { readonly kind: "describe"; readonly record: number }
  | { readonly kind: "reset" };

/** What happens to the trash: see `setInTrash` of the support for ingest. */
export type TrashEvent = { readonly kind: "trash" | "untrash"; readonly record: number };

/** Whether an event is one of the trash. */
export function isTrashEvent(event: Event | TrashEvent): event is TrashEvent {
  return event.kind === "trash" || event.kind === "untrash";
}

/** Something that a run meets before it has come to its end. */
export type Disturbance =
  | Event
  | TrashEvent
  | { readonly kind: "deliver"; readonly message: number; readonly dies: number | null }
  | { readonly kind: "repeat"; readonly message: number }
  | { readonly kind: "cancel" };

/** A step of a history. */
export type Step =
  | Event
  | { readonly kind: "run"; readonly full: boolean }
  /** The root is not there while a run looks for it. */
  | { readonly kind: "outage" };

/** A step of a history in which runs are disturbed. */
export type WildStep =
  | Step
  | TrashEvent
  | { readonly kind: "disturbed"; readonly full: boolean; readonly meets: readonly Disturbance[] };

/** A history: what is done in a Dropbox, and the runs that look at it. */
export interface History<S> {
  readonly pageSize: number;
  readonly steps: readonly S[];
}

/** Folders below the root; the last holds one more. */
const folders = ["/a", "/b", "/b/c"] as const;
const names = ["1.jpg", "2.jpg", "note.txt"] as const;
const file = fc.constantFrom(
  ...["", ...folders].flatMap((folder) => names.map((name) => `${folder}/${name}`)),
);
const folder = fc.constantFrom(...folders);
const anything = fc.oneof({ weight: 3, arbitrary: file }, { weight: 1, arbitrary: folder });
const content = fc.nat({ max: 4 });

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("put" as const), path: file, content }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("move" as const), from: file, to: file }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move" as const), from: folder, to: folder }) },
  // A folder may come to lie where a file was, and a file where a folder was.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("move" as const), from: anything, to: anything }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("copy" as const), from: file, to: file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("swap" as const), from: file, to: file }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("delete" as const), path: anything }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("restore" as const), path: anything }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("respell" as const), path: anything }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remake" as const), path: anything }) },
);

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 12, arbitrary: deed },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("describe" as const), record: fc.nat({ max: 5 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "reset" as const }) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: event },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("run" as const), full: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: "outage" as const }) },
);

const trashEvent: fc.Arbitrary<TrashEvent> = fc.record({
  kind: fc.constantFrom("trash" as const, "trash" as const, "untrash" as const),
  record: fc.nat({ max: 5 }),
});

const message = fc.nat({ max: 3 });
const disturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("deliver" as const),
      message,
      dies: fc.option(fc.nat({ max: 12 }), { freq: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeat" as const), message }) },
  { weight: 1, arbitrary: fc.constant({ kind: "cancel" as const }) },
  { weight: 4, arbitrary: event },
  { weight: 1, arbitrary: trashEvent },
);

const disturbed = fc.record({
  kind: fc.constant("disturbed" as const),
  full: fc.boolean(),
  meets: fc.array(disturbance, { maxLength: 14, size: "max" }),
});

const pageSize = fc.constantFrom(1, 2, 3, 100);

/** Histories whose runs nobody disturbs. */
export const calmHistory: fc.Arbitrary<History<Step>> = fc.record({
  pageSize,
  steps: fc.array(step, { maxLength: 24, size: "max" }),
});

const wildStep: fc.Arbitrary<WildStep> = fc.oneof(
  { weight: 5, arbitrary: step },
  { weight: 1, arbitrary: trashEvent },
  { weight: 3, arbitrary: disturbed },
);

/** Histories whose runs break off, die, are handed out twice, and meet a Dropbox that changes under their hands. */
export const wildHistory: fc.Arbitrary<History<WildStep>> = fc.record({
  pageSize,
  steps: fc.array(wildStep, {
    maxLength: 16,
    size: "max",
  }),
});
