import { readFactsWith, type Facts } from "../../../src/metadata/facts/facts.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { type ByteRange } from "../../../src/core/byte-range.ts";
import { readImageHeaderWith } from "../../../src/metadata/headers/header.ts";
import { isolateMemory, maxPixels, memoryLimitBytes } from "../../../src/thumbnail/budget.ts";
import { makeThumbnail } from "../../../src/thumbnail/thumbnail.ts";
import type { ThumbnailResult } from "../../../src/thumbnail/types.ts";
import { replaced } from "../records/replaced.ts";

/** What reading a file came to, and what it took. */
export interface Look {
  /** What the header came to: `header`, `invalid` or `unsupported`. */
  readonly header: string;
  readonly facts: Facts | null;
  /** `made`, or the code of the reason why not; `none` where the header tells no picture. */
  readonly thumbnail: string;
  /** How often the readers looked at a place of the file. */
  readonly steps: number;
  /** How many bytes were fetched beside the first ones. */
  readonly fetchedBytes: number;
  /** What is wrong with all that, a sentence each: nothing may be. */
  readonly faults: readonly string[];
}

/** How many first bytes are there at once, as for an object that is too large to be decoded. */
const headBytes = 64 * 1024;

/** Reads a file as processing does: header, facts, thumbnail; and counts. It never rejects unless something escapes. */
export async function lookAt(file: Uint8Array): Promise<Look> {
  let steps = 0;
  let fetchedBytes = 0;
  const held = new FileParts(file.subarray(0, headBytes), file.length);
  const parts = replaced(held, {
    find: (range: ByteRange) => {
      steps += 1;
      return held.find(range);
    },
  });
  const readRange = async ({ offset, length }: ByteRange): Promise<Uint8Array> => {
    fetchedBytes += length;
    return file.subarray(offset, offset + length);
  };
  const header = await readImageHeaderWith(parts, readRange);
  if (header.kind !== "header") {
    return { header: header.kind, facts: null, thumbnail: "none", steps, fetchedBytes, faults: [] };
  }
  const { facts, header: oriented } = await readFactsWith(parts, header.header, readRange);
  const { mediaType, width, height, orientation } = oriented;
  const told = { contentType: mediaType, width, height, orientation: orientation ?? 1 };
  const tooLarge = width * height > maxPixels;
  const result = tooLarge ? null : await makeThumbnail(file, told, { size: 512, fit: "cover" });
  const thumbnail = result === null ? "too_many_pixels" : outcomeOf(result);
  const faults = [...(result === null ? [] : faultsOf(result)), ...sizeFaults(width, height)];
  return { header: header.kind, facts, thumbnail, steps, fetchedBytes, faults };
}

function outcomeOf(result: ThumbnailResult): string {
  return result.outcome === "made" ? "made" : result.reason.code;
}

function faultsOf(result: ThumbnailResult): string[] {
  const faults: string[] = [];
  const outcome = outcomeOf(result);
  if (outcome === "decoder_fault" || outcome === "busy") faults.push(`the thumbnail is ${outcome}`);
  if (result.outcome === "made" && result.workingBytes > memoryLimitBytes) {
    faults.push(`it took ${result.workingBytes} bytes`);
  }
  if (isolateMemory.usedBytes !== 0) faults.push(`${isolateMemory.usedBytes} bytes are kept`);
  return faults;
}

function sizeFaults(width: number, height: number): string[] {
  const isSane = [width, height].every((side) => Number.isSafeInteger(side) && side > 0);
  return isSane ? [] : [`the size is ${width} × ${height}`];
}
