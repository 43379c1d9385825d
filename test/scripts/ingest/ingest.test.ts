import { expect, onTestFinished, test } from "vitest";
import type { Progress } from "../../../scripts/import/progress.ts";
import { paceOf } from "../../../scripts/ingest/follow.ts";
import { ingestAndFollow } from "../../../scripts/ingest/ingest.ts";
import { answer, FakeService } from "../support/fake-service.ts";

/** A fake service that a run of `npm run ingest` speaks to. */
async function setUp() {
  const service = new FakeService();
  const address = await service.listen();
  onTestFinished(() => service.close());
  const said: string[] = [];
  const shown: string[] = [];
  const progress: Progress = {
    begin: (title, total) => void shown.push(`${title} of ${total}`),
    update: (value, note) => void shown.push(`${value}: ${note}`),
    end: () => {},
  };
  const stop = new AbortController();
  let now = 0;
  const clock = {
    now: () => now,
    random: () => 0.5,
    sleep: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      now += ms;
    },
  };
  const run = (...flags: string[]): Promise<number> =>
    ingestAndFollow({
      argv: ["--url", address, "--key", service.key, ...flags],
      env: {},
      say: (line) => void said.push(line),
      progress,
      stop: stop.signal,
      clock,
    });
  /** What the service says of its run, one look after the other; the last is how it ended. */
  const states = (...records: { state: string; counts?: Record<string, number>; error?: string }[]): void => {
    let looks = 0;
    service.faults.push((request, response) => {
      if (!request.url?.startsWith("/v1/ingest/status")) return false;
      const record = records[Math.min(looks, records.length - 1)];
      looks += 1;
      const counts = { queued: 0, processed: 0, failed: 0, ...record?.counts };
      const ended = looks >= records.length;
      const shownRun = {
        id: "run-1",
        state: record?.state,
        counts,
        providers: { r2: { error: record?.error ?? null } },
      };
      answer(response, 200, { run: ended ? null : shownRun, last_run: ended ? shownRun : null });
      return true;
    });
  };
  return { service, said, shown, stop, run, states };
}

test("an ingest is followed to its end, with how fast it goes and what is left", async () => {
  const { run, said, shown, states } = await setUp();
  states(
    { state: "scanning", counts: { scanned: 500, queued: 10 } },
    { state: "processing", counts: { scanned: 900, queued: 20, processed: 5 } },
    { state: "completed", counts: { scanned: 900, new: 20, queued: 20, processed: 20 } },
  );
  expect(await run()).toBe(0);
  expect(shown).toEqual([
    "Listing of 0",
    "500: 0 of 10 done, 0.0/s",
    "Processing of 20",
    "5: 5 of 20 done, 5.0/s, about 3 s left",
  ]);
  expect(said[0]).toBe(
    "The run ended as completed: 900 objects seen, 20 new, 0 changed, 0 moved, 0 unchanged, 0 missing.",
  );
});

test("an ingest in which something failed ends non-zero and says what", async () => {
  const { run, said, service, states } = await setUp();
  states({ state: "completed_with_errors", counts: { queued: 2, processed: 1, failed: 21 } });
  service.faults.push((request, response) => {
    if (request.url !== "/v1/ingest/runs/run-1/failures?limit=20") return false;
    answer(response, 200, { items: [{ object_key: "a.jpg", code: "corrupt", detail: "The file ends." }] });
    return true;
  });
  expect(await run()).toBe(1);
  expect(said.slice(-2)).toEqual(["  a.jpg: corrupt: The file ends.", "  … and 20 more"]);
});

test("what moved is told, and what could not be told", async () => {
  const { run, said, states } = await setUp();
  states({ state: "completed", counts: { scanned: 5, moved: 3, ambiguous: 2 } });
  expect(await run("--full")).toBe(0);
  expect(said[0]).toContain("3 moved");
  expect(said.at(-1)).toContain("For 2 objects several missing");
});

test("a provider that failed is named", async () => {
  const { run, said, states } = await setUp();
  states({ state: "failed", error: "It is away." });
  expect(await run()).toBe(1);
  expect(said).toContain("  r2: It is away.");
});

test("a prefix is sent in the Unicode form in which it was given", async () => {
  const { run, service, states } = await setUp();
  states({ state: "completed" });
  expect(await run("--prefix", "Cafe\u0301")).toBe(0);
  expect(service.bodies).toEqual([JSON.stringify({ prefix: "Cafe\u0301/" })]);
});

test("a run that asks for a confirmation ends non-zero and says how to give it", async () => {
  const { run, said, service, states } = await setUp();
  states({ state: "needs_confirmation" });
  expect(await run("--prefix", "/2024/", "--confirm-missing")).toBe(1);
  expect(said.at(-1)).toContain("--confirm-missing");
  expect(service.countOf("POST /v1/ingest")).toBe(1);
});

test("a run that is on already is followed", async () => {
  const { run, said, service } = await setUp();
  const counts = { queued: 1, processed: 0, failed: 0 };
  service.run = { id: "other", state: "scanning", counts, providers: {} };
  expect(await run()).toBe(0);
  expect(said[0]).toBe("A run is on already. This command follows the run that is on.");
});

test("a run that the service has forgotten is no success", async () => {
  const { run, said, service } = await setUp();
  service.faults.push((request, response) => {
    if (request.url?.startsWith("/v1/ingest/runs/") === true)
      answer(response, 404, { code: "resource_not_found", detail: "No run with this id is kept." });
    else if (request.url?.startsWith("/v1/ingest/status") === true)
      answer(response, 200, { run: null, last_run: null });
    else return false;
    return true;
  });
  expect(await run()).toBe(1);
  expect(said).toEqual(["The service no longer keeps the run."]);
});

test("whoever stops following is told that the run goes on", async () => {
  const { run, said, stop, states } = await setUp();
  states({ state: "scanning" }, { state: "scanning" }, { state: "completed" });
  stop.abort();
  expect(await run()).toBe(130);
  expect(said).toEqual(["This command no longer follows the run. The run continues in the service."]);
});

test("a flag that nobody knows is refused with the usage", async () => {
  const { run } = await setUp();
  await expect(run("--prefx", "x")).rejects.toThrow(/Usage: npm run ingest/);
});

test("a pace is told in seconds, then in minutes", () => {
  expect(paceOf(0, 10, 1000)).toBe("0.0/s");
  expect(paceOf(10, 110, 1000)).toBe("10.0/s, about 10 s left");
  expect(paceOf(1, 1000, 1000)).toBe("1.0/s, about 17 min left");
});
