import type { ThumbnailSize } from "../../src/thumbnail/types.ts";
import { type Difference, differenceOf, excess, forShrunk, inWords } from "./compare.ts";
import type { Ours } from "./ours.ts";
import type { Raster, RgbRaster } from "./raster.ts";
import { expected } from "./reference.ts";
import type { CodingTool } from "./tool.ts";

/** The sizes that are compared: at the larger one most sources keep their pixels, at the smaller one they shrink. */
export const comparedSizes: readonly ThumbnailSize[] = [512, 128];

/** What came of one tool. */
export interface Verdict {
  readonly tool: CodingTool;
  /** What the service answered, in a word or two. */
  readonly answer: string;
  /** What is wrong, a sentence each; empty where all is as it should be. */
  readonly problems: readonly string[];
  /** What is worth knowing, but not wrong. */
  readonly notes: readonly string[];
  /** How many times the tolerance the worst difference is; 0 where no pictures were compared. */
  readonly excess: number;
  /** Both pictures of the worst difference, ours first. */
  readonly pictures: readonly [RgbRaster, RgbRaster] | null;
}

interface Compared {
  readonly size: ThumbnailSize;
  readonly difference: Difference;
  /** How many times what is borne it is. */
  readonly factor: number;
  readonly pictures: readonly [RgbRaster, RgbRaster];
}

/** Judges what the service made of a tool's file, at each size, by what the file is to look like. */
export function judge(tool: CodingTool, answers: ReadonlyMap<ThumbnailSize, Ours>, truth: Raster): Verdict {
  const compared: Compared[] = [];
  const problems: string[] = [];
  const notes: string[] = [];
  for (const [size, ours] of answers) {
    if (ours.outcome === "made") {
      const reference = expected(tool, truth, size);
      const difference = differenceOf(ours.picture, reference);
      const isShrunk = Math.max(truth.width, truth.height) > size;
      const factor = excess(difference, isShrunk ? toleranceShrunk(tool) : tool.tolerance);
      compared.push({ size, difference, factor, pictures: [ours.picture, reference] });
    }
    problems.push(...wrongAnswer(tool, ours));
    if (ours.outcome !== "no photo") problems.push(...wrongType(tool, ours), ...wrongSize(ours, truth));
    if (ours.outcome === "made" && tool.expect.kind === "unsupported")
      notes.push("is decoded, though the table says that it is not");
  }
  const tooFar = compared.filter(({ factor }) => factor > 1);
  problems.push(...tooFar.map(({ size, difference }) => `differs at ${size}: ${inWords(difference)}`));
  const worst = compared.toSorted((a, b) => b.factor - a.factor)[0];
  return {
    tool,
    answer: [...new Set([...answers.values()].map(inAWord))].join(", "),
    problems: [...new Set(problems)],
    notes: [...new Set(notes)],
    excess: worst?.factor ?? 0,
    pictures: worst?.pictures ?? null,
  };
}

function toleranceShrunk({ tolerance, toleranceShrunk: told }: CodingTool): Difference {
  return told ?? forShrunk(tolerance);
}

function inAWord(ours: Ours): string {
  return ours.outcome === "unsupported" || ours.outcome === "failed"
    ? `${ours.outcome}: ${ours.code}`
    : ours.outcome;
}

/** Whether the answer itself, whatever its picture, is one that is expected. */
function wrongAnswer({ expect }: CodingTool, ours: Ours): string[] {
  if (expect.kind === "no photo")
    return ours.outcome === "no photo" || ours.outcome === "unsupported" ? [] : ["is taken for a photo"];
  if (ours.outcome === "no photo") return ["is not known as a photo"];
  if (ours.outcome === "made") return [];
  const told = `${inAWord(ours)}: ${ours.detail}`;
  if (ours.outcome === "failed" || expect.kind === "picture") return [told];
  return expect.kind === "either" || expect.code === ours.code ? [] : [told];
}

type Known = Exclude<Ours, { outcome: "no photo" }>;

function wrongType(tool: CodingTool, { mediaType }: Known): string[] {
  return mediaType === tool.mediaType ? [] : [`is taken for ${mediaType}`];
}

function wrongSize({ shown }: Known, { width, height }: Raster): string[] {
  const wanted = `${width} × ${height}`;
  return shown === wanted ? [] : [`is told to be ${shown}, not ${wanted}`];
}
