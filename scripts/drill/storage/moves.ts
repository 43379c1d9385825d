import { drawnFolder } from "./photos.ts";

/** The old key of each object that moves, with its new key. A key that one object leaves may be that of another one then. */
export type Moves = ReadonlyMap<string, string>;

/** What is new about names. */
export interface Renaming {
  /** A folder with its slash, and its new name. */
  readonly from: string;
  readonly to: string;
  /** What is put behind the name of a photo that is numbered anew, and for which no name is free. */
  readonly suffix: string;
}

/** What happens in the storage in the order in which it happens. */
export const renamings = {
  beforeExport: { from: drawnFolder, to: "Albums/Kiel ü 100%/", suffix: "+" },
  afterExport: { from: "Albums/", to: "2020/", suffix: " (1)" },
} as const satisfies Readonly<Record<string, Renaming>>;

/** Where photos that vanished turn up again, where they do not come back to their own key. */
const turnedUp = "Turned up/";
/** Every photo of this number at the top vanishes for a while. */
const vanishingStep = 10;
/** How many photos at the top are treated alike: the next ones are treated as these. */
const stepsOfRound = 10;

/**
 * How people move photos behind the service: a folder gets another name, and of each ten photos at the top two exchange
 * their names, and three are numbered anew, each with the name that the next one had until then.
 */
export function planMoves(keys: readonly string[], { from, to, suffix }: Renaming): Moves {
  const moves = new Map<string, string>();
  for (const key of keys) if (key.startsWith(from)) moves.set(key, to + key.slice(from.length));
  const top = topOf(keys);
  for (let at = 0; at < top.length; at += stepsOfRound) {
    const [, first, second, ...chain] = top.slice(at, at + 6);
    if (first !== undefined && second !== undefined) moves.set(first, second).set(second, first);
    for (const [place, key] of chain.entries()) moves.set(key, chain[place + 1] ?? withSuffix(key, suffix));
  }
  return moves;
}

/** Photos that nothing else moves, and that vanish for a while: what an unplugged disk or a mistaken deletion takes. */
export function planVanishing(keys: readonly string[]): string[] {
  return topOf(keys).filter((_, index) => index % vanishingStep === 0);
}

/** Where what has vanished comes back: every other photo under another key. */
export function planReturn(keys: readonly string[]): Moves {
  return new Map(keys.map((key, index) => [key, index % 2 === 0 ? key : turnedUp + key]));
}

/** Where an object is after moves. */
export function movedBy(moves: Moves, key: string): string {
  return moves.get(key) ?? key;
}

function topOf(keys: readonly string[]): string[] {
  return keys.filter((key) => !key.includes("/")).toSorted();
}

function withSuffix(key: string, suffix: string): string {
  const dot = key.lastIndexOf(".");
  return key.slice(0, dot) + suffix + key.slice(dot);
}
