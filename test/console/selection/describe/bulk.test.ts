import fc from "fast-check";
import { TaglineError } from "tagline-client";
import { describe, expect, it } from "vitest";
import { BulkRun } from "../../../../console/src/selection/describe/bulk.ts";
import type { Target } from "../../../../console/src/selection/target.ts";

type Ask = ConstructorParameters<typeof BulkRun>[0]["ask"];
type Body = Parameters<Ask>[0];
type Operation = Awaited<ReturnType<ConstructorParameters<typeof BulkRun>[0]["operations"]>>[number];
type Answer = Awaited<ReturnType<Ask>>;

function answerWith(changes: Partial<Answer>): Answer {
  return {
    operation_id: null,
    dry_run: false,
    matched: 0,
    updated: 0,
    results: [],
    next_cursor: null,
    ...changes,
  };
}

const byIds = (count: number): Target => ({
  kind: "ids",
  ids: Array.from({ length: count }, (_, index) => `photo ${index}`),
});
const byFilter: Target = { kind: "filter", filter: { keyword: "sea" }, count: 25_000 };

/** Somebody beside whom nobody changes anything. */
const alone = { by: "Ann", operations: async () => [] };

/** Steps until the end; what fails is tried again. */
async function walk(run: BulkRun): Promise<number> {
  let failures = 0;
  while (!run.isDone)
    await run.step().catch(() => {
      failures += 1;
    });
  return failures;
}

describe("a change of many photos", () => {
  it("by ids names each photo in one call, and keeps every operation that has changed something", async () => {
    const asked: Body[] = [];
    const run = new BulkRun({
      target: byIds(1_100),
      change: { add_keywords: ["sea"] },
      ...alone,
      isDry: false,
      ask: async (body) => {
        asked.push(body);
        const matched = body.ids?.length ?? 0;
        return answerWith({
          operation_id: `operation ${asked.length}`,
          matched,
          updated: asked.length === 2 ? 0 : matched,
        });
      },
    });
    await walk(run);
    expect(asked.map(({ ids }) => ids?.length)).toEqual([500, 500, 100]);
    expect(asked.every(({ add_keywords: added }) => added?.[0] === "sea")).toBe(true);
    expect(run.tally).toEqual({
      done: 1_100,
      total: 1_100,
      updated: 600,
      failed: [],
      operationIds: ["operation 1", "operation 3"],
    });
  });

  it("by a filter goes on with the cursor until the end, and is one operation", async () => {
    const asked: Body[] = [];
    const cursors = ["a", "b", null];
    const run = new BulkRun({
      target: byFilter,
      change: { remove_keywords: ["sea"] },
      ...alone,
      isDry: false,
      ask: async (body) => {
        asked.push(body);
        return answerWith({
          operation_id: "operation",
          matched: 9_000,
          updated: 9_000,
          next_cursor: cursors[asked.length - 1] ?? null,
        });
      },
    });
    await walk(run);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, "a", "b"]);
    expect(asked.every(({ all, filter }) => all === true && filter?.keyword === "sea")).toBe(true);
    expect(run.tally).toMatchObject({
      done: 27_000,
      total: 27_000,
      updated: 27_000,
      operationIds: ["operation"],
    });
  });

  it("that is only looked at says so in every call", async () => {
    const asked: Body[] = [];
    const run = new BulkRun({
      target: byIds(501),
      change: {},
      ...alone,
      isDry: true,
      ask: async (body) => {
        asked.push(body);
        return answerWith({ dry_run: true, matched: body.ids?.length ?? 0, updated: 1 });
      },
    });
    await walk(run);
    expect(asked.map(({ dry_run: isDry }) => isDry)).toEqual([true, true]);
    expect(run.tally).toMatchObject({ updated: 2, operationIds: [] });
  });

  it("tells which photos could not be changed, and why", async () => {
    const result = { revision: null, detail: "There are 256 keywords." };
    const run = new BulkRun({
      target: byIds(3),
      change: {},
      ...alone,
      isDry: false,
      ask: async () =>
        answerWith({
          matched: 3,
          results: [
            { id: "photo 0", status: "unchanged", ...result },
            { id: "photo 1", status: "invalid", ...result },
            { id: "photo 2", status: "not_found", ...result },
          ],
        }),
    });
    await walk(run);
    expect(run.tally.failed.map(({ id, status }) => [id, status])).toEqual([
      ["photo 1", "invalid"],
      ["photo 2", "not_found"],
    ]);
  });

  it("comes by every photo once, whichever calls fail on the way", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 3_000 }),
        fc.array(fc.boolean(), { maxLength: 12 }),
        async (count, fails) => {
          const left = [...fails];
          const seen: string[] = [];
          const target = byIds(count);
          const run = new BulkRun({
            target,
            change: {},
            ...alone,
            isDry: false,
            ask: async ({ ids = [] }) => {
              if (left.shift() === true) throw new Error("no connection");
              seen.push(...ids);
              return answerWith({ matched: ids.length });
            },
          });
          await walk(run);
          expect(seen).toEqual(target.kind === "ids" ? target.ids : []);
          expect(run.tally.done).toBe(count);
        },
      ),
    );
  });
});

describe("a call whose answer was lost after it had changed photos", () => {
  const operationOf = (id: string, changes: Partial<Operation> = {}): Operation => ({
    operation_id: id,
    kind: "bulk",
    changed_by: "Ann",
    changed_at: "2026-01-01T00:00:00Z",
    updated: 2,
    reverted_by: null,
    ...changes,
  });

  /** Runs of two photos over a service that changes them and loses its first answer. */
  function losing(failure: Error = new TaglineError({ code: "unreachable", detail: "No answer came." })) {
    const log = [operationOf("before")];
    let isLost = false;
    const begin = (previous: BulkRun | null, isDry = false) =>
      new BulkRun(
        {
          target: byIds(2),
          change: { add_keywords: ["sea"] },
          isDry,
          by: "Ann",
          operations: async () => log.toReversed(),
          ask: async ({ dry_run: isLook }) => {
            if (isLook === true) return answerWith({ dry_run: true, matched: 2 });
            const updated = isLost ? 0 : 2;
            const id = isLost ? "again" : "lost";
            log.push(
              operationOf(id, { updated }),
              operationOf(`of Ben beside ${id}`, { changed_by: "Ben" }),
              operationOf(`import beside ${id}`, { kind: "import" }),
            );
            if (isLost) return answerWith({ operation_id: id, matched: 2 });
            isLost = true;
            throw failure;
          },
        },
        previous,
      );
    return { run: begin(null), begin };
  }

  it("is known by the operations since the first call, and can be taken back", async () => {
    const { run } = losing();
    await walk(run);
    expect(run.tally).toMatchObject({ updated: 0, operationIds: [] });
    expect(run.isUncertain).toBe(true);
    await run.recover();
    expect(run.isUncertain).toBe(false);
    expect(run.mayHaveChanged).toBe(true);
    expect(run.tally).toMatchObject({ done: 2, updated: 2, operationIds: ["lost"] });
  });

  it("is known also where nobody makes the call again", async () => {
    const { run } = losing();
    await run.step().catch(() => {});
    await run.recover();
    expect(run.tally).toMatchObject({ updated: 2, operationIds: ["lost"] });
  });

  it("is known where the change is begun anew, also with a look first", async () => {
    const { run, begin } = losing();
    await run.step().catch(() => {});
    const look = begin(run, true);
    await walk(look);
    await look.recover();
    expect(look.tally).toMatchObject({ updated: 0, operationIds: [] });
    const anew = begin(look);
    await walk(anew);
    await anew.recover();
    expect(anew.tally).toMatchObject({ updated: 2, operationIds: ["lost"] });
  });

  it("is none where the service has refused it", async () => {
    const { run } = losing(new TaglineError({ code: "validation_error", status: 422, detail: "No." }));
    await run.step().catch(() => {});
    expect([run.isUncertain, run.mayHaveChanged]).toEqual([false, false]);
  });

  it("stands before what later calls have done", async () => {
    const log: Operation[] = [];
    let calls = 0;
    const run = new BulkRun({
      target: byIds(700),
      change: { add_keywords: ["sea"] },
      isDry: false,
      by: "Ann",
      operations: async () => log.toReversed(),
      ask: async ({ ids = [] }) => {
        calls += 1;
        const updated = calls === 2 ? 0 : ids.length;
        log.push(operationOf(`call ${calls}`, { updated }));
        if (calls === 1) throw new TypeError("no connection");
        return answerWith({ operation_id: `call ${calls}`, matched: ids.length, updated });
      },
    });
    await walk(run);
    await run.recover();
    expect(run.tally).toMatchObject({ done: 700, updated: 700, operationIds: ["call 1", "call 3"] });
  });
});
