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

/** The score from which on a keyword is shown; {@link never} for one that has fallen silent. */
export function thresholdOf(learned: Learned | undefined, _now: number): number {
  return learned === undefined ? edges[0] : never;
}
