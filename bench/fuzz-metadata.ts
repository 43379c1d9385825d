// Long fuzzing of the readers of metadata on plain Node: FUZZ_CASES files (20,000), from number FUZZ_FROM (0), of the blocks
// whose name has FUZZ_TYPE in it.
import { blockSeeds } from "../test/support/hostile/block-seeds.ts";
import { fuzzMetadata, type MetadataReport } from "../test/support/hostile/fuzz-metadata.ts";
import { commandLine } from "../scripts/command-line.ts";
import { benchCommands } from "./commands.ts";

commandLine(benchCommands["fuzz:metadata"]);

const from = Number(process.env["FUZZ_FROM"] ?? 0);
const cases = Number(process.env["FUZZ_CASES"] ?? 20_000);
const wanted = process.env["FUZZ_TYPE"] ?? "";
const step = 1000;

const seeds = blockSeeds().filter(({ name }) => name.includes(wanted));
let total: MetadataReport = { told: 0, faults: [], mostSteps: 0, slowestMs: 0, slowestCase: from };
for (let at = from; at < from + cases; at += step) {
  const report = await fuzzMetadata(seeds, at, Math.min(at + step, from + cases));
  for (const fault of report.faults) console.error(fault);
  const slower = report.slowestMs > total.slowestMs ? report : total;
  total = {
    told: total.told + report.told,
    faults: [...total.faults, ...report.faults],
    mostSteps: Math.max(total.mostSteps, report.mostSteps),
    slowestMs: slower.slowestMs,
    slowestCase: slower.slowestCase,
  };
  console.log(
    `${Math.min(at + step, from + cases) - from} cases, ${total.told} with words, ${total.faults.length} faults, at most ${total.mostSteps} steps, slowest ${total.slowestMs.toFixed(0)} ms (case ${total.slowestCase})`,
  );
}
if (total.faults.length > 0) process.exitCode = 1;
