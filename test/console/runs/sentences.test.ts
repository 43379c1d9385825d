import { describe, expect, it } from "vitest";
import {
  costsOf,
  countsOf,
  doneOf,
  progressText,
  providerFailures,
  runSentence,
} from "../../../console/src/runs/sentences.ts";
import { providerIn, runWith } from "./support/run.ts";

const now = new Date(2026, 10, 29, 12, 0);

describe("the sentence of a run", () => {
  it("says when, how, what and how long", () => {
    const run = runWith({
      trigger: "cron",
      counts: { new: 12, moved: 2, failed: 1, processed: 11, queued: 12, unchanged: 300 },
    });
    expect(runSentence(run, now)).toBe(
      "Yesterday at 03:00, by itself: 12 new, 2 moved, 1 failed, in 40 seconds",
    );
  });

  it("says that nothing was new", () => {
    expect(runSentence(runWith({ counts: { unchanged: 7 } }), now)).toBe(
      "Yesterday at 03:00, when somebody asked: nothing new, in 40 seconds",
    );
  });

  it("says of photos that may be gone that it asks about them, and does not call them missing", () => {
    const run = runWith({ state: "needs_confirmation", counts: { missing: 1234 } });
    expect(runSentence(run, now)).toContain("1,234 perhaps gone,");
  });

  it("says what was processed where nothing was new, as after photos were sent in", () => {
    expect(runSentence(runWith({ counts: { processed: 5 } }), now)).toContain("5 processed");
  });

  it("says of a scan that photos were checked", () => {
    const run = runWith({ kind: "database_scan", counts: { scanned: 9 } });
    expect(runSentence(run, now)).toBe(
      "Yesterday at 03:00, when somebody asked, photos checked: nothing to do, in 40 seconds",
    );
  });

  it("says that a run is still on", () => {
    expect(runSentence(runWith({ finished_at: null, state: "scanning" }), now)).toBe(
      "Yesterday at 03:00, when somebody asked: still going on",
    );
  });
});

describe("the progress of a run", () => {
  it("is how many files were seen while the storage is listed", () => {
    expect(progressText(runWith({ state: "scanning", counts: { scanned: 2500 } }))).toBe(
      "Looking for photos … 2,500 files seen.",
    );
  });

  it("is how many records were seen while the database is looked through", () => {
    const run = runWith({ kind: "database_scan", state: "scanning", counts: { scanned: 8 } });
    expect(progressText(run)).toBe("Checking the photos that are known … 8 seen.");
  });

  it("is how many photos have come to an end while they are processed", () => {
    const run = runWith({
      state: "processing",
      counts: { queued: 10, processed: 3, failed: 1, dropped: 2 },
    });
    expect(progressText(run)).toBe("Processing photos … 6 of 10 done.");
    expect(doneOf(run.counts)).toBe(6);
  });
});

it("says which storage could not be listed, and why", () => {
  const providers = {
    r2: providerIn("completed"),
    team: providerIn("failed", "The token was revoked."),
    old: providerIn("failed"),
  };
  expect(providerFailures(runWith({ providers }))).toEqual([
    "The storage “team” could not be listed: The token was revoked.",
    "The storage “old” could not be listed: no reason was given.",
  ]);
});

it("has the numbers of a run that are not 0", () => {
  expect(countsOf(runWith({ counts: { scanned: 1000, new: 2 } }))).toEqual([
    { name: "Seen", value: "1,000" },
    { name: "New", value: "2" },
  ]);
});

it("has what a run has cost", () => {
  expect(costsOf(runWith()).map(({ name, value }) => `${name}: ${value}`)).toEqual([
    "Calls to the storage: 1",
    "Database rows read: 2,000",
    "Database rows written: 3",
    "Messages of the queue: 4",
    "Read from the storage: 3.1 MB",
  ]);
});
