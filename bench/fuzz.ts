// Long fuzzing of the thumbnail engine on plain Node: FUZZ_CASES files (20,000), from number FUZZ_FROM (0),
// of the types whose name has FUZZ_TYPE in it.
import { colourSeeds } from "../test/thumbnail/support/fuzz-colours.ts";
import { formatSeeds } from "../test/thumbnail/support/fuzz-formats.ts";
import { fuzz, fuzzSeeds } from "../test/thumbnail/support/fuzz.ts";
import { commandLine } from "../scripts/command-line.ts";
import { benchCommands } from "./commands.ts";

commandLine(benchCommands["fuzz:images"]);

const from = Number(process.env["FUZZ_FROM"] ?? 0);
const cases = Number(process.env["FUZZ_CASES"] ?? 20_000);
const step = 1000;

const all = [...(await fuzzSeeds()), ...(await formatSeeds()), ...(await colourSeeds())];
const wanted = process.env["FUZZ_TYPE"] ?? "";
const seeds = all.filter(({ contentType }) => contentType.includes(wanted));
const outcomes: Record<string, number> = {};
let faults = 0;
let slowest = { ms: 0, number: 0 };
for (let at = from; at < from + cases; at += step) {
  const report = await fuzz(seeds, at, Math.min(at + step, from + cases));
  for (const [kind, count] of Object.entries(report.outcomes)) outcomes[kind] = (outcomes[kind] ?? 0) + count;
  for (const fault of report.faults) console.error(fault);
  faults += report.faults.length;
  if (report.slowestMs > slowest.ms) slowest = { ms: report.slowestMs, number: report.slowestCase };
  console.log(
    `${at + step - from} cases, ${faults} faults, slowest ${slowest.ms.toFixed(0)} ms (case ${slowest.number})`,
  );
}
console.log(outcomes);
if (faults > 0) process.exitCode = 1;
