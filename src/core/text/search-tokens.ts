import { foldText } from "./fold.ts";

/** A piece of a text that search compares as a whole. */
export interface Token {
  /** Folded by {@link foldText}, at most {@link longestToken} code points. */
  readonly text: string;
  /** Where in the text it begins, in units of UTF-16; never inside a character with its marks. */
  readonly start: number;
  /** Where it ends, likewise. */
  readonly end: number;
}

/** Code points of a token; nobody types more, and no language has words of this length. */
const longestToken = 64;

/**
 * What is folded together, so that folding piece by piece gives what folding the whole gives: letters and digits of ASCII
 * that no mark follows, and whatever else is of ASCII, each in one piece as most texts are made of them; a flag of two
 * regional indicators; a pictograph with its selectors, joiners, skin tone and tags (UTS #51); a character with all that
 * joins it, which is marks, what is never seen, the voicing of half-width kana, and the vowels and finals of Hangul in
 * their three sets; or any one character.
 */
const clusters =
  /[A-Za-z0-9]+(?![^\0-\u{7f}])|[\0-/:-@[-`\u{7b}-\u{7f}]+|[\u{1f1e6}-\u{1f1ff}]{2}|\p{Extended_Pictographic}[\p{Emoji_Modifier}\p{Variation_Selector}\u{200d}\u{e0020}-\u{e007f}]*|[\p{L}\p{N}\p{M}][\p{M}\u{640}\u{ad}\u{200b}\u{200d}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{2069}\u{feff}\u{e0000}-\u{e007f}\u{ff9e}\u{ff9f}\u{1161}-\u{1175}\u{11a8}-\u{11c2}\u{3133}\u{3135}\u{3136}\u{313a}-\u{3140}\u{314f}-\u{3163}\u{ffa3}\u{ffa5}\u{ffa6}\u{ffaa}-\u{ffb0}\u{ffc2}-\u{ffdc}]*|[^]/gu;

const plainWord = /^[A-Za-z0-9]+$/;
const flag = /^[\u{1f1e6}-\u{1f1ff}]{2}$/u;
const pictograph = /^\p{Extended_Pictographic}/u;

/**
 * What words are made of, but for the letters that are apostrophes (U+02B9 to U+02BF, U+02EE): Hawaiʻi is found as people
 * type it, with any apostrophe.
 */
const letter = /^(?![\u{2b9}-\u{2bf}\u{2ee}])[\p{L}\p{N}\p{M}]$/u;

/** Letters of the scripts that are written without spaces; by the scripts' extensions, so that ー is one of kana. */
const unspaced =
  /^(?=[\p{L}\p{N}\p{M}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]$/u;

/** Texts of ASCII alone, and the words in them: nothing in these joins, folds to more than one or stands without spaces. */
const plain = /^[\0-\x7f]*$/;
const plainWords = /[a-z0-9]+/gi;

type Kind = "letter" | "unspaced" | "picture" | "gap";

/** One code point, a picture, or a word or a gap of ASCII. */
interface Part {
  readonly text: string;
  readonly kind: Kind;
}

/** Neighbours that belong together, with where the clusters that they come of begin and end. */
interface Run {
  readonly kind: Exclude<Kind, "gap">;
  readonly parts: Token[];
}

/**
 * The tokens of a text, in order. A word is a run of letters, numbers and marks, all else separates: `IMG_0042.jpg` is
 * `img`, `0042`, `jpg`. A run of scripts without spaces is cut into overlapping pairs of characters, as segmenting it
 * would take a dictionary; in the index its last character stands by itself too, so that each character begins a token:
 * 東京都 is 東京, 京都, 都. Every pictograph and every flag is a token, without skin tone and joiners.
 *
 * The tokens of a query are those that stand in the index, one behind the other, wherever the query's text does: at its
 * end a run gives its pairs alone, since the text may go on there. A single character at the end stands for the pairs that
 * begin with it, see {@link standsForPairs}. What follows in a phrase follows the last character of the run.
 */
export function tokensOf(text: string, use: "index" | "query"): Token[] {
  if (plain.test(text)) return plainTokensOf(text);
  const runs = runsOf(text);
  return runs.flatMap((run, index) => tokensOfRun(run, use === "index" || index < runs.length - 1));
}

/** The same for what most keys, cameras and many descriptions are, in a tenth of the time. */
function plainTokensOf(text: string): Token[] {
  return Array.from(text.matchAll(plainWords), ({ 0: word, index }) => ({
    text: word.toLowerCase().slice(0, longestToken),
    start: index,
    end: index + word.length,
  }));
}

/** Whether a token is one character of a script without spaces; at the end of a query it is matched as a prefix. */
export function standsForPairs({ text }: Token): boolean {
  return unspaced.test(text);
}

function tokensOfRun({ kind, parts }: Run, isClosed: boolean): Token[] {
  if (kind !== "unspaced") return [joined(parts)];
  const pairs = parts.slice(1).map((_, index) => joined(parts.slice(index, index + 2)));
  return isClosed || pairs.length === 0 ? pairs.concat(parts.slice(-1)) : pairs;
}

function joined(parts: readonly Token[]): Token {
  const text = parts.map((part) => part.text).join("");
  const cut = text.length <= longestToken ? text : Array.from(text).slice(0, longestToken).join("");
  return { text: cut, start: parts.at(0)?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
}

function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  const known = new Map<string, readonly Part[]>();
  let open: Run | null = null;
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const folded = known.get(cluster) ?? partsOf(cluster);
    known.set(cluster, folded);
    for (const part of folded) {
      open = withPart(open, part.kind);
      if (open === null) continue;
      if (open.parts.length === 0) runs.push(open);
      open.parts.push({ text: part.text, start: index, end: index + cluster.length });
    }
  }
  return runs;
}

/** The run that the next part belongs to: the open one, or one that it begins; null for none. */
function withPart(open: Run | null, kind: Kind): Run | null {
  if (kind === "gap") return null;
  return open?.kind === kind && kind !== "picture" ? open : { kind, parts: [] };
}

function partsOf(cluster: string): readonly Part[] {
  if (plainWord.test(cluster)) return [{ text: cluster.toLowerCase(), kind: "letter" }];
  if (flag.test(cluster)) return [{ text: cluster, kind: "picture" }];
  const [picture] = pictograph.exec(cluster) ?? [];
  if (picture !== undefined) return [{ text: picture, kind: "picture" }];
  return Array.from(foldText(cluster), (text) => ({ text, kind: kindOf(text) }));
}

function kindOf(text: string): Kind {
  if (unspaced.test(text)) return "unspaced";
  return letter.test(text) ? "letter" : "gap";
}
