import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Again } from "../../../console/src/service/again.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Files that halt again at every attempt, and when they were tried, in seconds from the beginning. */
function halting(why: "offline" | "busy" | "person" | "signedOut", { isOnline = true } = {}) {
  const start = Date.now();
  const tried: number[] = [];
  const again: Again = new Again(
    () => {
      tried.push((Date.now() - start) / 1000);
      again.note(null);
      again.note(why);
    },
    () => isOnline,
  );
  again.note(why);
  return { again, tried };
}

it.each(["offline", "busy"] as const)("files that halted, being %s, are tried again ever later", (why) => {
  const { tried } = halting(why);
  vi.advanceTimersByTime(190_000);
  expect(tried).toEqual([2, 6, 14, 30, 62, 122, 182]);
});

it.each(["person", "signedOut"] as const)("files that halted for %s wait for a person", (why) => {
  const { tried } = halting(why);
  vi.advanceTimersByTime(600_000);
  expect(tried).toEqual([]);
});

it("files are tried soon again once the service has answered", () => {
  const { again, tried } = halting("busy");
  vi.advanceTimersByTime(30_000);
  again.answered();
  again.note(null);
  again.note("busy");
  vi.advanceTimersByTime(2_000);
  expect(tried.at(-1)).toBe(32);
});

it("files that somebody stops meanwhile stay where they are", () => {
  const { again, tried } = halting("busy");
  again.note("person");
  vi.advanceTimersByTime(600_000);
  expect(tried).toEqual([]);
});

it("files wait for a network where there is none", () => {
  const { tried } = halting("offline", { isOnline: false });
  vi.advanceTimersByTime(600_000);
  expect(tried).toEqual([]);
});

it("files are not tried more often for being noted more often", () => {
  const { again, tried } = halting("busy");
  vi.advanceTimersByTime(1_000);
  again.note("busy");
  vi.advanceTimersByTime(4_000);
  expect(tried).toEqual([2]);
});
