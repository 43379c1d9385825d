import { TaglineError } from "tagline-client";
import { describe, expect, it } from "vitest";
import { reasonsOf, Walk } from "../../../console/src/trash/walk.ts";

const lost = new TaglineError({ code: "unreachable", detail: "No answer came." });
const gone = new TaglineError({ code: "resource_not_found", detail: "It is not there.", status: 404 });
const refused = new TaglineError({ code: "read_only_provider", detail: "It only reads.", status: 409 });
const forbidden = new TaglineError({ code: "insufficient_scope", detail: "It needs admin.", status: 403 });

describe("the same for many photos", () => {
  it("is done to each of them, in order", async () => {
    const walk = new Walk(["a", "b"], { change: async () => {} });
    while (!walk.isDone) await walk.step();
    expect(walk.tally).toEqual({ total: 2, done: ["a", "b"], gone: [], spared: [] });
  });

  it("passes over photos that are gone, and those that cannot be changed", async () => {
    const failures = new Map<string, Error>([
      ["a", gone],
      ["b", refused],
    ]);
    const walk = new Walk(["a", "b", "c"], {
      change: async (id) => {
        const failure = failures.get(id);
        if (failure !== undefined) throw failure;
      },
    });
    while (!walk.isDone) await walk.step();
    expect(walk.tally).toEqual({
      total: 3,
      done: ["c"],
      gone: ["a"],
      spared: [{ id: "b", reason: "It only reads." }],
    });
  });

  it.each([lost, forbidden])(
    "stands where it stood when something fails that concerns all: %s",
    async (failure) => {
      let isDown = true;
      const walk = new Walk(["a", "b"], {
        change: async () => {
          if (isDown) throw failure;
        },
      });
      await expect(walk.step()).rejects.toBe(failure);
      isDown = false;
      while (!walk.isDone) await walk.step();
      expect(walk.tally.done).toEqual(["a", "b"]);
    },
  );

  it("counts a photo as done that is gone after an attempt without an answer", async () => {
    const failures = [lost, gone, gone];
    const walk = new Walk(["a", "b"], {
      change: async () => {
        throw failures.shift() ?? new Error("That is one call too many.");
      },
    });
    await expect(walk.step()).rejects.toBe(lost);
    expect(walk.isUnanswered).toBe(true);
    while (!walk.isDone) await walk.step();
    expect(walk.isUnanswered).toBe(false);
    expect(walk.tally).toMatchObject({ done: ["a"], gone: ["b"] });
  });

  it("counts a photo as done by an attempt before the last one, too", async () => {
    const failures = [lost, forbidden, gone];
    const walk = new Walk(["a"], {
      change: async () => {
        throw failures.shift() ?? new Error("That is one call too many.");
      },
    });
    await expect(walk.step()).rejects.toBe(lost);
    await expect(walk.step()).rejects.toBe(forbidden);
    await walk.step();
    expect(walk.tally).toMatchObject({ done: ["a"], gone: [] });
  });

  it("counts no photo as done of which a look alone had no answer", async () => {
    const failures = [lost, gone];
    const walk = new Walk(["a"], {
      look: async () => {
        throw failures.shift() ?? new Error("That is one call too many.");
      },
      change: async () => {},
    });
    await expect(walk.step()).rejects.toBe(lost);
    await walk.step();
    expect(walk.tally).toMatchObject({ done: [], gone: ["a"] });
  });
});

it("reasons are told once each, the most frequent first", () => {
  const spared = ["a", "b", "b"].map((reason, index) => ({ id: String(index), reason }));
  expect(reasonsOf(spared)).toEqual([
    { reason: "b", count: 2 },
    { reason: "a", count: 1 },
  ]);
});
