import { expect, it } from "vitest";
import { TakingBack } from "../../../console/src/operations/taking-back.ts";

it("an operation is taken back call by call, and what each has done is added up", async () => {
  const asked: (string | null)[] = [];
  const run = new TakingBack(async (cursor) => {
    asked.push(cursor);
    const isLast = asked.length === 3;
    return {
      operation_id: "revert",
      reverted: 10,
      skipped: [`photo ${asked.length}`],
      next_cursor: isLast ? null : `after ${asked.length}`,
    };
  });
  while (!run.isDone) await run.step();
  expect(asked).toEqual([null, "after 1", "after 2"]);
  expect(run.outcome).toEqual({
    operationId: "revert",
    reverted: 30,
    skipped: ["photo 1", "photo 2", "photo 3"],
  });
});

it("a call that fails is made again where it stood", async () => {
  const asked: (string | null)[] = [];
  const run = new TakingBack(async (cursor) => {
    asked.push(cursor);
    if (asked.length === 2) throw new Error("no connection");
    return {
      operation_id: "revert",
      reverted: 1,
      skipped: [],
      next_cursor: asked.length === 1 ? "after 1" : null,
    };
  });
  await run.step();
  await expect(run.step()).rejects.toThrow("no connection");
  await run.step();
  expect([asked, run.outcome.reverted, run.isDone]).toEqual([[null, "after 1", "after 1"], 2, true]);
});
