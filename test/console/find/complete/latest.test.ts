import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Latest, pause } from "../../../../console/src/find/complete/latest.ts";
import { never } from "../support/service.ts";

describe("of several calls", () => {
  it("only the last one's outcome counts, in whichever order they end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 6 }), async (scheduler, count) => {
        const latest = new Latest();
        const outcomes = Array.from({ length: count }, (_, index) =>
          latest.run(() => scheduler.schedule(Promise.resolve(index))),
        );
        await scheduler.waitAll();
        const expected = Array.from({ length: count }, (_, index) => (index === count - 1 ? index : null));
        expect(await Promise.all(outcomes)).toEqual(expected);
      }),
    );
  });

  it("all but the last are stopped", async () => {
    const latest = new Latest();
    const signals: AbortSignal[] = [];
    const keep = async (signal: AbortSignal): Promise<void> => void signals.push(signal);
    await Promise.all([latest.run(keep), latest.run(keep)]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it("one that was stopped fails unheard", async () => {
    const latest = new Latest();
    const first = latest.run((signal) => pause(60_000, signal));
    expect(await latest.run(async () => "second")).toBe("second");
    expect(await first).toBeNull();
  });

  it("the last one's failure is told", async () => {
    await expect(new Latest().run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  });

  it("none counts once they are stopped", async () => {
    const latest = new Latest();
    const call = latest.run(async () => "late");
    latest.stop();
    expect(await call).toBeNull();
  });
});

describe("a pause", () => {
  it("ends by itself", async () => {
    await expect(pause(1, never)).resolves.toBeUndefined();
  });

  it("is none where the signal was raised before", async () => {
    await expect(pause(60_000, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  });
});
