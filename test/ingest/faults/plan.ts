import fc from "fast-check";

/** What befalls one call of a worker to a binding, counted from the worker's first. */
export interface Fault {
  readonly at: number;
  readonly kind: (typeof faultKinds)[number];
}

const faultKinds = [
  /** The call fails and has done nothing. */
  "fails",
  /** The call has done its work, but its answer is lost. */
  "fails_after",
  /** The worker dies before the call, or right after it. */
  "dies",
  "dies_after",
  /** Something else happens, whole, before the call goes on. */
  "overtaken",
  /** The bytes of an object end too early, without an error. */
  "cut_short",
] as const;

/** What happens without a message. */
export type Event =
  | { readonly kind: "put"; readonly key: number; readonly content: number }
  | { readonly kind: "remove"; readonly key: number }
  | { readonly kind: "describe"; readonly key: number }
  | { readonly kind: "upload"; readonly key: number; readonly content: number }
  | { readonly kind: "evict" }
  | { readonly kind: "alarm" }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "queue_fails" }
  | { readonly kind: "cancel" };

/** Another worker that overtakes one in the middle of its work, and may itself meet a fault. */
export interface Overtaking {
  readonly kind: "deliver";
  readonly message: number;
  readonly fault: Fault | null;
}

/** One step: a message that is handed out (or lost, or handed out once more), or an event. */
export type Step =
  | {
      readonly kind: "deliver";
      /** Which of the messages that wait. */
      readonly message: number;
      readonly fault: Fault | null;
      /** What overtakes the worker, where the fault says so: an event, or another message. */
      readonly meanwhile: Event | Overtaking;
    }
  | { readonly kind: "lose"; readonly message: number }
  | { readonly kind: "repeat"; readonly message: number }
  | Event;

/** A whole plan: what the storage held at an ingest that went well, what it holds now, and what goes wrong with the next. */
export interface Plan {
  readonly pageSize: number;
  /** Nobody touches the storage or the run meanwhile, so that what the run has to count is known. */
  readonly quiet: boolean;
  /** By key: the number of a content, or null where there is no object. */
  readonly before: readonly (number | null)[];
  readonly described: readonly number[];
  readonly now: readonly (number | null)[];
  readonly steps: readonly Step[];
}

/** The keys that plans are about: in an order that differs between UTF-8 and UTF-16, with and without an extension. */
export const planKeys = ["a.jpg", "b/c.png", "bare", "notes.txt", "z\u{FF5E}.jpg", "z\u{1F600}.jpg"] as const;

const key = fc.nat({ max: planKeys.length - 1 });
const content = fc.nat({ max: 8 });
const message = fc.nat({ max: 7 });

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("put" as const), key, content }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("describe" as const), key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("upload" as const), key, content }) },
  { weight: 2, arbitrary: fc.constant({ kind: "evict" as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: "alarm" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.constantFrom(1, 31, 90, 400) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "queue_fails" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "cancel" as const }) },
);

/** Which call: most tasks have few, and their last ones are where it hurts. */
const call = fc.oneof(fc.nat({ max: 7 }), fc.nat({ max: 16 }));

const fault = fc.option(fc.record({ at: call, kind: fc.constantFrom(...faultKinds) }));

const overtaking: fc.Arbitrary<Overtaking> = fc.record({
  kind: fc.constant("deliver" as const),
  // Most often the very same message, which another worker has as well.
  message: fc.oneof(fc.constant(0), message),
  fault,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("deliver" as const),
      message,
      fault,
      meanwhile: fc.oneof(overtaking, event),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("lose" as const), message }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeat" as const), message }) },
  { weight: 3, arbitrary: event },
);

const contents = fc.tuple(...planKeys.map(() => fc.option(content, { freq: 3 })));

/** Draws plans. */
export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  pageSize: fc.integer({ min: 1, max: 4 }),
  quiet: fc.boolean(),
  before: contents,
  described: fc.uniqueArray(key, { maxLength: 2 }),
  now: contents,
  steps: fc.array(step, { maxLength: 24, size: "max" }),
});
