import { TaglineError } from "tagline-client";
import type { MediaObject } from "tagline-client";
import { describe, expect, it } from "vitest";
import { Details, pollDelayMs } from "../../../../console/src/viewer/photos/details.ts";
import { mediaWith } from "../support/media.ts";

const unreachable = new TaglineError({ code: "unreachable", detail: "No answer came." });
const gone = new TaglineError({
  code: "resource_not_found",
  status: 404,
  detail: "No media object has this id.",
});

/** A service that answers when the test says so, and photos that ask it. */
class Asked {
  /** The ids that were asked for, in order. */
  readonly ids: string[] = [];
  /** Those of them that were stopped. */
  readonly stopped: string[] = [];
  changes = 0;
  now = 0;
  readonly #open = new Map<string, PromiseWithResolvers<MediaObject>>();

  readonly details = new Details({
    load: (id, signal) => {
      this.ids.push(id);
      const answer = Promise.withResolvers<MediaObject>();
      this.#open.set(id, answer);
      signal.addEventListener("abort", () => {
        this.stopped.push(id);
        answer.reject(signal.reason);
      });
      return answer.promise;
    },
    changed: () => (this.changes += 1),
    now: () => this.now,
  });

  async answer(id: string, answer: MediaObject | Error): Promise<void> {
    const open = this.#open.get(id);
    if (answer instanceof Error) open?.reject(answer);
    else open?.resolve(answer);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe("the photo that is shown", () => {
  it("is asked for, and known when the answer comes", async () => {
    const asked = new Asked();
    asked.details.show("a");
    const before = asked.details.of("a");
    const media = mediaWith({ id: "a" });
    await asked.answer("a", media);
    expect([before, asked.details.of("a"), asked.changes]).toEqual([
      { kind: "loading" },
      { kind: "loaded", media },
      1,
    ]);
  });

  it("is not asked for twice at once", () => {
    const asked = new Asked();
    asked.details.show("a");
    asked.details.show("a");
    asked.details.refresh("a");
    expect(asked.ids).toEqual(["a"]);
  });

  it("is not asked for again when it has just come", async () => {
    const asked = new Asked();
    asked.details.show("a");
    await asked.answer("a", mediaWith());
    asked.now = 9_000;
    asked.details.show("a");
    expect(asked.ids).toEqual(["a"]);
  });

  it("is told from memory later on, and asked for anew", async () => {
    const asked = new Asked();
    asked.details.show("a");
    await asked.answer("a", mediaWith());
    asked.now = 11_000;
    asked.details.show("a");
    expect([asked.details.of("a").kind, asked.ids]).toEqual(["loaded", ["a", "a"]]);
  });

  it("fails with what the failure means", async () => {
    const asked = new Asked();
    asked.details.show("a");
    await asked.answer("a", gone);
    expect(asked.details.of("a")).toEqual({ kind: "failed", failure: "gone" });
  });

  it("is loading again when it is asked for after a failure", async () => {
    const asked = new Asked();
    asked.details.show("a");
    await asked.answer("a", unreachable);
    asked.details.refresh("a");
    expect([asked.details.of("a"), asked.ids]).toEqual([{ kind: "loading" }, ["a", "a"]]);
  });

  it("stays known when it cannot be asked for anew", async () => {
    const asked = new Asked();
    asked.details.show("a");
    await asked.answer("a", mediaWith());
    asked.details.refresh("a");
    await asked.answer("a", unreachable);
    expect(asked.details.of("a").kind).toBe("loaded");
  });

  it("is not shown any more when it is gone meanwhile", async () => {
    const asked = new Asked();
    asked.details.show("a");
    await asked.answer("a", mediaWith());
    asked.details.refresh("a");
    await asked.answer("a", gone);
    expect(asked.details.of("a")).toEqual({ kind: "failed", failure: "gone" });
  });
});

describe("the photos beside the one that is shown", () => {
  it("are asked for once", async () => {
    const asked = new Asked();
    asked.details.show("a");
    asked.details.prepare(["b", "c"]);
    await asked.answer("b", mediaWith({ id: "b" }));
    asked.details.prepare(["b", "c"]);
    expect(asked.ids).toEqual(["a", "b", "c"]);
  });

  it("are not asked for on when they were passed", () => {
    const asked = new Asked();
    asked.details.show("a");
    asked.details.prepare(["b", "c"]);
    asked.details.show("b");
    asked.details.prepare(["a", "d"]);
    expect([asked.stopped, asked.ids]).toEqual([["c"], ["a", "b", "c", "d"]]);
  });

  it("are asked for again after they were passed, and came too late", async () => {
    const asked = new Asked();
    asked.details.show("a");
    asked.details.prepare(["b"]);
    asked.details.prepare(["c"]);
    asked.details.prepare(["b"]);
    await asked.answer("b", mediaWith({ id: "b" }));
    expect([asked.details.of("b").kind, asked.ids]).toEqual(["loaded", ["a", "b", "c", "b"]]);
  });

  it("are not told of when what was stopped ends", async () => {
    const asked = new Asked();
    asked.details.show("a");
    asked.details.prepare(["b"]);
    asked.details.close();
    await asked.answer("a", mediaWith());
    expect([asked.stopped, asked.changes]).toEqual([["a", "b"], 0]);
  });
});

it("tells nothing of an answer that comes although it was stopped", async () => {
  const answer = Promise.withResolvers<MediaObject>();
  let changes = 0;
  const details = new Details({
    load: () => answer.promise,
    changed: () => (changes += 1),
    now: () => 0,
  });
  details.show("a");
  details.close();
  answer.resolve(mediaWith({ id: "a" }));
  await new Promise((resolve) => setTimeout(resolve));
  expect([details.of("a"), changes]).toEqual([{ kind: "loading" }, 0]);
});

it("keeps a photo that has come anew as the newest", async () => {
  const asked = new Asked();
  const ids = Array.from({ length: 60 }, (_, index) => `photo-${index}`);
  for (const id of [...ids, "photo-0", "photo-60"]) {
    asked.details.refresh(id);
    await asked.answer(id, mediaWith({ id }));
  }
  expect(["photo-0", "photo-1"].map((id) => asked.details.of(id).kind)).toEqual(["loaded", "loading"]);
});

it("keeps 60 photos, those that came last", async () => {
  const asked = new Asked();
  const ids = Array.from({ length: 61 }, (_, index) => `photo-${index}`);
  for (const id of ids) {
    asked.details.show(id);
    await asked.answer(id, mediaWith({ id }));
  }
  expect(ids.filter((id) => asked.details.of(id).kind === "loading")).toEqual(["photo-0"]);
});

it("waits ever longer before it asks again, and never longer than half a minute", () => {
  const delays = Array.from({ length: 12 }, (_, asked) => pollDelayMs(asked));
  expect(delays).toEqual(delays.toSorted((one, other) => one - other));
  expect([delays[0], delays.at(-1)]).toEqual([2_000, 30_000]);
});
