import { expect, test } from "vitest";
import { runDrill } from "../../scripts/drill/drill.ts";

// Two services are started, one of them three times, one after the other.
const withinMs = 600_000;

test(
  "the words of a lost database come back from an export, with their history, though photos have moved",
  async () => {
    const said: string[] = [];
    const code = await runDrill({
      argv: ["--photos", "20"],
      env: process.env,
      say: (line) => void said.push(line),
      progress: { begin: () => {}, update: () => {}, end: () => {} },
      stop: new AbortController().signal,
    });
    const all = said.join("\n");
    expect(all).toMatch(/Before the loss 13 photos moved and 1 vanished and came back: .*; 2 of them /);
    expect(all).toMatch(/Between export and restore 13 photos moved, 2 of them with the same bytes /);
    expect(all).toMatch(/The words of all 18 photos are back with the photos, and their \d+ revisions\./);
    expect(code).toBe(0);
  },
  withinMs,
);
