/** What people have decided on a keyword that a model suggested. */
export interface Learned {
  /** How often it was taken, by the tenth in which the model's score lay: from 0.5, 0.6, 0.7, 0.8 and 0.9 on. */
  readonly accepted: readonly number[];
  /** How often it was refused, likewise. */
  readonly refused: readonly number[];
  /** When somebody decided last, in milliseconds since the epoch. */
  readonly decidedAt: number;
}

/** The lower ends of the tenths. */
const edges = [0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** The score that nothing reaches. */
export const never = 2;

/** What is thought of a keyword before anybody has decided: that it is nearly always right when it is shown. */
const prior = { right: 6, wrong: 0.5 } as const;

/** How much a decision on one tenth says of another: models differ more between keywords than between scores. */
const shareOfOthers = 0.9;

/** How often a keyword that is shown is to be right, and how likely that has to be. */
const wanted = { right: 0.9, chance: 0.35 } as const;

/** After so long a decision says half as much. */
const halfLifeMs = 180 * 24 * 60 * 60_000;

/**
 * The score from which on a keyword is shown; {@link never} for one that has fallen silent. How often the keyword is right
 * in a tenth is a Beta distribution, by the decisions on that tenth and, a little less, on the others. A tenth passes where
 * that is likely enough to be what is {@link wanted}, and counts where all tenths above it pass as well.
 */
export function thresholdOf(learned: Learned | undefined, now: number): number {
  if (learned === undefined) return edges[0];
  const { accepted, refused } = learned;
  const weight = 0.5 ** (Math.max(0, now - learned.decidedAt) / halfLifeMs);
  const right = sumOf(accepted);
  const wrong = sumOf(refused);
  const seenBy = (tenth: number, counts: readonly number[], sum: number): number =>
    weight * ((1 - shareOfOthers) * (counts[tenth] ?? 0) + shareOfOthers * sum);
  const silent = edges.findLastIndex((_, tenth) => {
    const isRight = prior.right + seenBy(tenth, accepted, right);
    return chanceOfMore(isRight, prior.wrong + seenBy(tenth, refused, wrong)) < wanted.chance;
  });
  return edges[silent + 1] ?? never;
}

/** The thresholds of all keywords of which something was learned; each costs some time. */
export function thresholdsOf(
  learned: ReadonlyMap<string, Learned>,
  now: number,
): ReadonlyMap<string, number> {
  return new Map([...learned].map(([folded, each]) => [folded, thresholdOf(each, now)]));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** As many decisions say all that there is to know; of more the density would be too narrow for the points. */
const mostDecisions = 1000;

/**
 * The points at which densities are summed: over t, with 1 - t² for how often a keyword is right, by which a density is
 * finite at both ends while there is at least one half on the side of what is wrong.
 */
const points = Array.from({ length: 200 }, (_, index) => {
  const t = (index + 0.5) / 200;
  return { isWanted: 1 - t * t >= wanted.right, right: Math.log(1 - t * t), wrong: Math.log(t) };
});

/** The chance that a Beta(right, wrong) is as much as is {@link wanted}, or more. */
function chanceOfMore(right: number, wrong: number): number {
  const scale = Math.min(1, mostDecisions / (right + wrong));
  const [a, b] = [scale * right - 1, Math.max(0, 2 * scale * wrong - 1)];
  const densities = points.map((point) => a * point.right + b * point.wrong);
  const greatest = Math.max(...densities);
  let [more, all] = [0, 0];
  points.forEach(({ isWanted }, index) => {
    const density = Math.exp((densities[index] ?? 0) - greatest);
    all += density;
    if (isWanted) more += density;
  });
  return more / all;
}
