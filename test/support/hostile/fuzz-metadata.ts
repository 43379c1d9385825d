import { readFactsWith, type Facts } from "../../../src/metadata/facts/facts.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { type ByteRange } from "../../../src/core/byte-range.ts";
import { readImageHeaderWith } from "../../../src/metadata/headers/header.ts";
import { mutate } from "../../thumbnail/support/mutate.ts";
import { Random } from "../../thumbnail/support/random.ts";
import { replaced } from "../records/replaced.ts";
import type { BlockSeed } from "./block-seeds.ts";

/** What a run of files with spoilt blocks came to. */
export interface MetadataReport {
  /** How many of them still told words. */
  readonly told: number;
  /** What must not happen, with the number of the case. */
  readonly faults: readonly string[];
  /** The most places of a file that were looked at. */
  readonly mostSteps: number;
  readonly slowestMs: number;
  readonly slowestCase: number;
}

/** Small files are read in so many looks, and in so long, however they are spoilt. */
const mostSteps = 1000;
const mostMs = 2000;

/** Reads the cases `from` up to, not including, `to`: a block of some kind, spoilt, in a file of some kind. */
export async function fuzzMetadata(
  seeds: readonly BlockSeed[],
  from: number,
  to: number,
): Promise<MetadataReport> {
  const faults: string[] = [];
  let [told, most, slowestMs, slowestCase] = [0, 0, 0, from];
  for (let number = from; number < to; number++) {
    const random = new Random(number);
    const seed = random.pick(seeds);
    const file = await seed.file(mutate(seed.block, random));
    const start = performance.now();
    try {
      const { facts, steps } = await read(file);
      if (facts?.caption !== null && facts?.caption !== undefined) told += 1;
      most = Math.max(most, steps);
      if (steps > mostSteps) faults.push(`case ${number} (${seed.name}) took ${steps} steps`);
    } catch (error) {
      faults.push(`case ${number} (${seed.name}) threw ${String(error)}`);
    }
    const ms = performance.now() - start;
    if (ms > mostMs) faults.push(`case ${number} (${seed.name}) took ${ms.toFixed(0)} ms`);
    if (ms > slowestMs) [slowestMs, slowestCase] = [ms, number];
  }
  return { told, faults, mostSteps: most, slowestMs, slowestCase };
}

async function read(file: Uint8Array): Promise<{ facts: Facts | null; steps: number }> {
  let steps = 0;
  const held = new FileParts(file.subarray(0, 512), file.length);
  const parts = replaced(held, {
    find: (range: ByteRange) => {
      steps += 1;
      return held.find(range);
    },
  });
  const readRange = async ({ offset, length }: ByteRange): Promise<Uint8Array> =>
    file.subarray(offset, offset + length);
  const result = await readImageHeaderWith(parts, readRange);
  const facts =
    result.kind === "header" ? (await readFactsWith(parts, result.header, readRange)).facts : null;
  return { facts, steps };
}
