import { expect, it } from "vitest";
import { askingOf } from "../../../console/src/runs/asking.ts";
import { providerIn, runWith } from "./support/run.ts";

const asks = runWith({
  id: "asks",
  state: "needs_confirmation",
  providers: { r2: providerIn("needs_confirmation"), team: providerIn("completed") },
});

it("finds the run that waits for an answer, with the storages that it asks about", () => {
  expect(askingOf([asks, runWith({ id: "before" })])).toEqual({ run: asks, providers: ["r2"] });
});

it("finds nothing where the storage was listed since", () => {
  expect(askingOf([runWith({ id: "later" }), asks])).toBe(null);
});

it("finds it behind runs of other storages, scans, and a run that is on", () => {
  const others = [
    runWith({ id: "on", finished_at: null, state: "scanning" }),
    runWith({ id: "scan", kind: "database_scan" }),
    runWith({ id: "team", providers: { team: providerIn("completed") } }),
  ];
  expect(askingOf([...others, asks])).toEqual({ run: asks, providers: ["r2"] });
});

it("finds nothing among runs that ask for nothing", () => {
  expect(askingOf([runWith()])).toBe(null);
  expect(askingOf([])).toBe(null);
});
