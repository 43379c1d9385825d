// npm run bench:copies -- FOLDER…: copies of real photos, other photos and neighbouring frames, through the service's own
// pipeline: what the hashes propose, and what the previews confirm as the same picture. BENCH_PHOTOS limits the photos.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { commandLine } from "../../scripts/command-line.ts";
import { isSamePicture, leastQuality, likenessRadius } from "../../src/thumbnail/likeness/likeness.ts";
import { Random } from "../../test/thumbnail/support/random.ts";
import { benchCommands } from "../commands.ts";
import { copies, exposures, neighbours } from "./changes.ts";
import known from "./known.json" with { type: "json" };
import { comparePhotos, type NamedPhoto } from "./pairs.ts";
import { Tally } from "./report.ts";
import { filesBelow, ingest, type Ingested, type Pixels, pixelsOf } from "./sources.ts";
import { nearestTurn } from "./turns.ts";

/** A picture whose longer side is shorter is no photo: made smaller by 8 it would have a dozen pixels. */
const leastSide = 160;
const mostSame = 0.005;
const leastSame = 0.99;

const most = Number(process.env["BENCH_PHOTOS"] ?? Number.POSITIVE_INFINITY);
const tallies = {
  copies: new Tally(),
  drawings: new Tally(),
  neighbours: new Tally(),
  exposures: new Tally(),
};
const drawings = known.drawings.map((pattern) => new RegExp(pattern));
const equals = known.equal.map((patterns) => patterns.map((pattern) => new RegExp(pattern)));
const measured = new Set<unknown>();
const photos: NamedPhoto[] = [];
const leftOut = { undecodable: 0, small: 0, flat: [] as string[] };
let milliseconds = 0;
let comparisons = 0;

for (const path of filesBelow(commandLine(benchCommands["bench:copies"]).positionals)) {
  if (photos.length >= most) break;
  await measure(path);
}
report();

async function measure(path: string): Promise<void> {
  const whole = await ingest(new Uint8Array(readFileSync(path)));
  if (whole === null) {
    leftOut.undecodable++;
    return;
  }
  const pixels = await pixelsOf(path);
  if (pixels === null || Math.max(pixels.width, pixels.height) < leastSide) {
    leftOut.small++;
    return;
  }
  const name = basename(path);
  if (whole.hash.quality < leastQuality) {
    leftOut.flat.push(`${name} (${whole.hash.quality})`);
    return;
  }
  if (drawings.some((pattern) => pattern.test(name))) {
    await measureCopies(tallies.drawings, { name, ...whole }, pixels);
    return;
  }
  const group = equals.find((patterns) => patterns.some((pattern) => pattern.test(name)));
  if (group !== undefined && measured.has(group)) return;
  measured.add(group);
  photos.push({ name, ...whole });
  process.stderr.write(`${photos.length} ${name}\n`);
  await measureCopies(tallies.copies, { name, ...whole }, pixels);
  await measureNeighbours(name, pixels);
}

async function measureCopies(tally: Tally, photo: NamedPhoto, pixels: Pixels): Promise<void> {
  for (const change of copies) {
    const copy = await ingest(new Uint8Array(await change.make(pixels)));
    tally.add(change.name, photo.name, judge(photo, copy));
  }
}

async function measureNeighbours(name: string, pixels: Pixels): Promise<void> {
  const numbers = new Random(Buffer.from(name).reduce((sum, byte) => Math.imul(sum, 31) + byte, 7));
  const random = (): number => numbers.next();
  for (const [tally, kinds] of [
    [tallies.neighbours, neighbours],
    [tallies.exposures, exposures],
  ] as const) {
    for (const kind of kinds) {
      const [one, two] = await kind.make(pixels, random);
      const first = await ingest(new Uint8Array(one));
      if (first === null) throw new Error(`a frame of ${name} cannot be decoded`);
      tally.add(kind.name, name, judge(first, await ingest(new Uint8Array(two))));
    }
  }
}

/** How far the hashes are from each other, and whether the pictures are the same by both. */
function judge(one: Ingested, two: Ingested | null): { distance: number; isSame: boolean } {
  if (two === null) return { distance: 256, isSame: false };
  const { distance, turn } = nearestTurn(one.hash.hash, two.hash.hash);
  const isProposed =
    distance <= likenessRadius && Math.min(one.hash.quality, two.hash.quality) >= leastQuality;
  if (!isProposed) return { distance, isSame: false };
  const before = process.cpuUsage();
  const isSame = isSamePicture(one.grey, two.grey, turn);
  const { user, system } = process.cpuUsage(before);
  milliseconds += (user + system) / 1000;
  comparisons++;
  return { distance, isSame };
}

function report(): void {
  console.log(
    `${photos.length} photos; left out: ${leftOut.undecodable} files without a preview, ${leftOut.small} of less than ${leastSide} pixels, flat: ${leftOut.flat.join(", ") || "none"}`,
  );
  const { lines, pairs, found } = comparePhotos(photos, judge);
  const same = found.length;
  console.log("\nCopies\n" + tallies.copies.table());
  const { same: drawn, count } = tallies.drawings;
  console.log(`\nof drawings, which count for nothing: ${drawn} of ${count} copies`);
  console.log("\nNeighbouring frames\n" + tallies.neighbours.table());
  console.log(
    "\nTwo exposures of the same frame, which differ in nothing else\n" + tallies.exposures.table(),
  );
  console.log(`\nDifferent photos\n${lines.join("\n")}`);
  console.log(
    `\n${(milliseconds / comparisons).toFixed(1)} ms of the processor for each of ${comparisons} comparisons`,
  );
  const copiesFound = tallies.copies.same / tallies.copies.count;
  const others = { same: same + tallies.neighbours.same, count: pairs + tallies.neighbours.count };
  const wrong = [others.same / others.count, tallies.neighbours.same / tallies.neighbours.count];
  console.log(
    `copies found ${percent(copiesFound)}, others called the same ${percent(wrong[0] ?? 1)}, neighbouring frames alone ${percent(wrong[1] ?? 1)}, photos alone ${percent(same / Math.max(1, pairs))}`,
  );
  for (const line of found) console.log(`to look at: ${line}`);
  if (copiesFound < leastSame || wrong.some((share) => share > mostSame)) {
    console.log("a target is missed");
    process.exitCode = 1;
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
