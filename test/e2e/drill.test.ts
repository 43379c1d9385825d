import { expect, test } from "vitest";
import { runDrill } from "../../scripts/drill/drill.ts";

// Two services are started, one after the other.
const withinMs = 400_000;

test(
  "the words of a lost database come back from an export, with their history",
  async () => {
    const said: string[] = [];
    const code = await runDrill({
      argv: ["--photos", "20"],
      env: process.env,
      say: (line) => void said.push(line),
      progress: { begin: () => {}, update: () => {}, end: () => {} },
      stop: new AbortController().signal,
    });
    expect(said.join("\n")).toMatch(/The words of all 18 photos are back, and their \d+ revisions\./);
    expect(code).toBe(0);
  },
  withinMs,
);
