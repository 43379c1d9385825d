import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Carried } from "../../../console/src/upload/carry.ts";
import type { Outcome } from "../../../console/src/upload/outcome.ts";
import { UploadQueue } from "../../../console/src/upload/queue.ts";

interface Going extends Carried {
  readonly end: (outcome: Outcome) => Promise<void>;
}

const done: Outcome = { kind: "done", id: "1" };

/** A queue whose files wait until a test ends them. */
function played(options: { readonly onEnd?: () => void } = {}) {
  const going: Going[] = [];
  const keys: string[] = [];
  const queue = new UploadQueue((carried) => {
    keys.push(carried.key);
    return new Promise((resolve, reject) => {
      const remove = (): void => void going.splice(going.indexOf(entry), 1);
      const entry: Going = {
        ...carried,
        end: async (outcome) => {
          remove();
          resolve(outcome);
          await settled();
        },
      };
      carried.signal.throwIfAborted();
      going.push(entry);
      carried.signal.addEventListener("abort", () => {
        remove();
        reject(carried.signal.reason);
      });
    });
  }, options);
  return { queue, going, keys };
}

/** Waits until all that follows from a promise has followed. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const picked = (...names: readonly string[]) => names.map((path) => ({ file: new File([path], path), path }));
const fine = (): null => null;
const statesOf = (queue: UploadQueue): string[] => queue.items.map(({ state }) => state.kind);

describe("files that were picked", () => {
  it("wait until it is said where they go", () => {
    const { queue, going } = played();
    queue.add(picked("a.jpg"), fine);
    expect([statesOf(queue), going, queue.isActive]).toEqual([["picked"], [], false]);
  });

  it("go into the folder that is said, three at a time", async () => {
    const { queue, going, keys } = played();
    queue.add(picked("a", "b", "c", "d"), fine);
    queue.start("2026/");
    expect(keys).toEqual(["2026/a", "2026/b", "2026/c"]);
    await going[0]?.end(done);
    expect(keys.at(-1)).toBe("2026/d");
    expect(statesOf(queue)).toEqual(["done", "looking", "looking", "looking"]);
  });

  it("that cannot come in are refused with the reason, and never sent", () => {
    const { queue, keys } = played();
    queue.add(picked("a"), () => "too large");
    queue.start("");
    expect(queue.items[0]?.state).toEqual({ kind: "refused", reason: "too large" });
    expect(keys).toEqual([]);
  });
});

describe("files on their way", () => {
  it("tell how far they are", () => {
    const { queue, going } = played();
    queue.add(picked("a"), fine);
    queue.start("");
    going[0]?.onProgress(7);
    expect(queue.items[0]?.state).toEqual({ kind: "sending", sent: 7 });
  });

  it("wait again where they are stopped, and go on from there", async () => {
    const { queue, going, keys } = played();
    queue.add(picked("a", "b"), fine);
    queue.start("");
    await going[1]?.end(done);
    queue.stop();
    await settled();
    expect([statesOf(queue), queue.halt, queue.isActive]).toEqual([["waiting", "done"], "person", false]);
    queue.goOn();
    expect(keys).toEqual(["a", "b", "a"]);
  });

  it.each(["person", "offline", "signedOut", "busy"] as const)(
    "are not finished where they have halted, being %s, and are once nothing waits",
    async (why) => {
      const { queue, going } = played();
      queue.add(picked("a"), fine);
      expect(queue.isUnfinished).toBe(false);
      queue.start("");
      queue.stop(why);
      await settled();
      expect([queue.isActive, queue.isUnfinished]).toEqual([false, true]);
      queue.goOn();
      await going[0]?.end(done);
      expect(queue.isUnfinished).toBe(false);
    },
  );

  it("all wait where nothing can come in, and the reason is told", async () => {
    const { queue, going } = played();
    queue.add(picked("a", "b", "c", "d"), fine);
    queue.start("");
    await going[0]?.end({ kind: "halted", why: "signedOut" });
    expect([statesOf(queue), queue.halt]).toEqual([
      ["waiting", "waiting", "waiting", "waiting"],
      "signedOut",
    ]);
  });

  it("tell no progress after they were stopped", async () => {
    const { queue, going } = played();
    queue.add(picked("a"), fine);
    queue.start("");
    const [first] = going;
    queue.stop();
    await settled();
    first?.onProgress(1);
    expect(statesOf(queue)).toEqual(["waiting"]);
  });

  it("cannot be left out", () => {
    const { queue } = played();
    queue.add(picked("a"), fine);
    queue.start("");
    queue.leaveOut(1);
    expect(queue.items).toHaveLength(1);
  });
});

describe("files that did not come in", () => {
  it("are sent again when somebody asks, one or all that failed", async () => {
    const { queue, going, keys } = played();
    queue.add(picked("a", "b"), fine);
    queue.start("");
    await going[0]?.end({ kind: "failed", reason: "x" });
    await going[0]?.end({ kind: "failed", reason: "x" });
    queue.retry(2);
    expect([keys.at(-1), statesOf(queue)]).toEqual(["b", ["failed", "looking"]]);
    queue.retry();
    expect(keys.at(-1)).toBe("a");
  });

  it("are sent under the name that nobody has", async () => {
    const { queue, going, keys } = played();
    queue.add(picked("a.jpg"), fine);
    queue.start("");
    await going[0]?.end({ kind: "taken", free: "a (2).jpg", isInTrash: false });
    queue.rename();
    expect([keys, queue.items[0]?.key]).toEqual([["a.jpg", "a (2).jpg"], "a (2).jpg"]);
  });

  it("stay when the list is cleared, as long as there is something to do for them", async () => {
    const { queue, going } = played();
    queue.add(picked("a", "b"), fine);
    queue.start("");
    await going[0]?.end({ kind: "failed", reason: "x" });
    await going[0]?.end(done);
    queue.clear();
    expect(statesOf(queue)).toEqual(["failed"]);
  });
});

it("tells the end when nothing is on its way any more, and nothing waits", async () => {
  let ends = 0;
  const { queue, going } = played({ onEnd: () => (ends += 1) });
  queue.add(picked("a", "b"), fine);
  queue.start("");
  await going[0]?.end(done);
  expect(ends).toBe(0);
  await going[0]?.end(done);
  expect(ends).toBe(1);
});

const outcomes: readonly Outcome[] = [
  done,
  { kind: "present", id: "1", key: "x" },
  { kind: "taken", free: "free", isInTrash: false },
  { kind: "refused", reason: "x" },
  { kind: "failed", reason: "x" },
  { kind: "halted", why: "offline" },
];

type Played = ReturnType<typeof played>;
type Step = (on: Played) => unknown;

const acts: readonly Step[] = [
  ({ queue }) => queue.add(picked("a"), fine),
  ({ queue }) => queue.add(picked("b", "c"), fine),
  ({ queue }) => queue.start(""),
  ({ queue }) => queue.stop(),
  ({ queue }) => queue.goOn(),
  ({ queue }) => queue.retry(),
  ({ queue }) => queue.rename(),
  ({ queue }) => queue.clear(),
  ({ going }) => going[0]?.onProgress(1),
];

const steps: readonly Step[] = [
  ...acts,
  ...outcomes.map(
    (outcome): Step =>
      ({ going }) =>
        going[0]?.end(outcome),
  ),
];

/** How many files ought to be on their way. */
function expectedGoing({ queue }: Played): number {
  const wanted = queue.items.filter(({ state }) => ["waiting", "looking", "sending"].includes(state.kind));
  return queue.halt === null ? Math.min(3, wanted.length) : 0;
}

const isOver = ({ state }: UploadQueue["items"][number]): boolean =>
  ["done", "present", "refused"].includes(state.kind);

it("forgets no file, sends none twice at once and three where there are, whatever is done", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 40 }), async (walk) => {
      const on = played();
      const over = new Set<number>();
      let here = new Set<number>();
      for (const step of walk) {
        for (const item of on.queue.items) if (isOver(item)) over.add(item.number);
        const before = here;
        await step(on);
        await settled();
        here = new Set(on.queue.items.map(({ number }) => number));
        expect([...before.difference(here)].filter((number) => !over.has(number))).toEqual([]);
        expect(on.going).toHaveLength(expectedGoing(on));
        expect(new Set(on.going.map(({ file }) => file)).size).toBe(on.going.length);
      }
    }),
  );
});
