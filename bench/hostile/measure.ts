const rounds = 5;
/** A request may take so many times as long when it is twice as long. */
export const greatestRatio = 2.5;
/** A request that makes no picture may take so many times its route's median. */
export const greatestSlowness = 20;

/** Something that can be sent at any length; how long it takes, in milliseconds. */
export interface Growing {
  readonly full: number;
  /** What is too quick to be told from noise: no ratio is made of it. */
  readonly floorMs: number;
  /** What is slow enough to be compared without being made longer. */
  readonly slowMs: number;
  readonly send: (length: number) => Promise<number>;
  /** A well-formed request to the same route. */
  readonly plain: () => Promise<number>;
}

/** What five rounds of a kind have told, in milliseconds. */
export interface Measured {
  readonly length: number;
  readonly plainMs: number;
  readonly halfMs: number;
  readonly wholeMs: number;
  /** The quickest of the longest requests: noise makes requests slower only. */
  readonly quickestMs: number;
  /** Of what the length costs; null where that is too little to tell. */
  readonly ratio: number | null;
}

/** The middle one; of an even number the upper. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/**
 * Measures a kind at a length and its half; null where even the longest is too quick to tell. What looks like a
 * violation is measured once more, and counts by all ten rounds.
 */
export async function measure(kind: Growing, plainMs: number): Promise<Measured | null> {
  const length = await lengthToCompare(kind, plainMs + kind.floorMs);
  if (length === null) return null;
  const times = { plain: [plainMs], half: [] as number[], whole: [] as number[] };
  await addRounds(kind, length, times);
  const first = verdict(kind, length, times);
  if (!isViolation(first, plainMs)) return first;
  await addRounds(kind, length, times);
  return verdict(kind, length, times);
}

/** Whether a kind grows faster than its length, or costs too much. */
function isViolation({ ratio, quickestMs }: Measured, plainMs: number): boolean {
  return (ratio ?? 0) > greatestRatio || quickestMs > greatestSlowness * plainMs;
}

interface Times {
  readonly plain: number[];
  readonly half: number[];
  readonly whole: number[];
}

async function addRounds(kind: Growing, length: number, times: Times): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    times.plain.push(await kind.plain());
    times.half.push(await kind.send(length >> 1));
    times.whole.push(await kind.send(length));
  }
}

function verdict({ floorMs }: Growing, length: number, times: Times): Measured {
  const [plainMs, halfMs, wholeMs] = [median(times.plain), median(times.half), median(times.whole)];
  const cost = wholeMs - plainMs;
  // At half the length, too, what is less than that is noise; and what stays below it is no danger.
  const ratio = cost < floorMs ? null : cost / Math.max(halfMs - plainMs, floorMs);
  return { length, plainMs, halfMs, wholeMs, quickestMs: Math.min(...times.whole), ratio };
}

/** From an eighth on ever twice as long until it is slow; so a fault costs seconds and not minutes. */
async function lengthToCompare(
  { full, send, slowMs }: Growing,
  noticeableMs: number,
): Promise<number | null> {
  let length = Math.max(2, full >> 3);
  let ms = await send(length);
  if (ms < noticeableMs) {
    return (await send(full)) < noticeableMs ? null : full;
  }
  while (length < full && ms < slowMs) {
    length = Math.min(full, length * 2);
    ms = await send(length);
  }
  return length;
}
