import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BulkRun } from "../../../../console/src/selection/describe/bulk.ts";
import type { Target } from "../../../../console/src/selection/target.ts";

type Ask = ConstructorParameters<typeof BulkRun>[0]["ask"];
type Body = Parameters<Ask>[0];
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
