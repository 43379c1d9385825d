// npm run bench:parsers [-- NAME]: the processor time that each parser takes a byte, for long runs of every kind of thing (those with NAME in
// their names; all). Each input is doubled until it is as long as we read; where twice as much takes more than 2.5 times
// as long, however often it is tried, and longer than noise, it is printed and the exit code is 1. Medians of five.
import { allShapes, type Shape } from "./shapes.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

const rounds = 5;
const firstBytes = 16 * 1024;
const mostRatio = 2.5;
/** What takes less is not judged: a ratio of noise says nothing. */
const leastMs = 30;
/** What takes more a byte than this is printed as well, though it grows as it may: a MiB of it takes two seconds. */
const mostNsPerByte = 2000;

/** What an input of a length took. */
interface Measured {
  readonly bytes: number;
  readonly ms: number;
}

/** How a shape grows: the longest input that was measured, and the largest ratio that counts. */
interface Growth extends Measured {
  readonly ratio: number;
  readonly isFault: boolean;
}

async function measure(shape: Shape, bytes: number, isClean = false): Promise<Measured> {
  const input = await shape.make(bytes);
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (isClean) globalThis.gc?.();
    // Of this thread alone: what others do on a busy machine is no business of a parser's.
    const before = process.threadCpuUsage();
    await shape.run(input);
    const { user, system } = process.threadCpuUsage(before);
    taken.push((user + system) / 1000);
  }
  const ms = taken.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  return { bytes, ms };
}

/**
 * A ratio only counts when measuring both lengths anew, twice and with a clean heap, confirms it: a busy machine makes
 * some by itself, and so does a garbage collection that only the longer input meets.
 */
async function confirmedRatio(shape: Shape, bytes: number, half: Measured, whole: Measured): Promise<number> {
  const first = whole.ms / half.ms;
  if (whole.ms < leastMs || first <= mostRatio) return whole.ms < leastMs ? 0 : first;
  let ratio = first;
  for (let time = 0; time < 2 && ratio > mostRatio; time++) {
    const again = await measure(shape, bytes / 2, true);
    ratio = Math.min(ratio, (await measure(shape, bytes, true)).ms / again.ms);
  }
  return ratio;
}

async function grow(shape: Shape): Promise<Growth> {
  // Lengths are halves of the longest one, so that this is measured.
  let bytes = shape.mostBytes;
  while (bytes / 2 >= firstBytes) bytes /= 2;
  let [half, ratio] = [await measure(shape, bytes), 0];
  for (bytes *= 2; bytes <= shape.mostBytes; bytes *= 2) {
    const whole = await measure(shape, bytes);
    ratio = Math.max(ratio, await confirmedRatio(shape, bytes, half, whole));
    if (ratio > mostRatio) return { ...whole, ratio, isFault: true };
    half = whole;
  }
  return { ...half, ratio, isFault: false };
}

function row(name: string, { bytes, ms, ratio, isFault }: Growth): string {
  const nsPerByte = (ms * 1e6) / bytes;
  return `| ${name} | ${bytes} | ${ms.toFixed(1)} | ${nsPerByte.toFixed(0)} | ${ratio === 0 ? "–" : ratio.toFixed(2)} | ${isFault ? "grows too fast" : ""} |`;
}

const [wanted = ""] = commandLine(benchCommands["bench:parsers"]).positionals;
const shapes = allShapes().filter(({ name }) => name.includes(wanted));
const grown: { readonly name: string; readonly growth: Growth }[] = [];
console.log(
  "| input | bytes | ms | ns a byte | largest ratio at twice the length | |\n|---|---|---|---|---|---|",
);
for (const shape of shapes) {
  const growth = await grow(shape);
  grown.push({ name: shape.name, growth });
  const isSlow = (growth.ms * 1e6) / growth.bytes > mostNsPerByte && growth.ms > leastMs;
  if (growth.isFault || isSlow || wanted !== "") console.log(row(shape.name, growth));
}
const slowest = grown.toSorted((a, b) => b.growth.ms / b.growth.bytes - a.growth.ms / a.growth.bytes);
const judged = slowest.filter(({ growth }) => growth.ms >= leastMs);
console.log("\nThe slowest, by byte:");
for (const { name, growth } of judged.slice(0, 10)) console.log(row(name, growth));
const faults = grown.filter(({ growth }) => growth.isFault).length;
console.log(
  `\n${shapes.length} inputs, ${judged.length} of them over ${leastMs} ms, ${faults} grow too fast.`,
);
if (faults > 0) process.exitCode = 1;
