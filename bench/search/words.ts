/** Words of which few records have any, and others of which many have: what is asked for by name in questions.ts. */
export const markedWords = {
  /** In every description. */
  every: "photo",
  /** Of Zipf's first rank, in more than a third of all descriptions. */
  common: "mountain",
  /** Two words of a tenth of all records each; {@link meetingEvery} tells how many have both. */
  left: "harbour",
  right: "orchard",
  /** In seven records, whatever the size. */
  rare: "quetzalcoatl",
  /** Two common words that stand side by side in seven records. */
  rarePhrase: "orchard harbour",
  /** In one Chinese description of a dozen. */
  commonPair: "日落",
  commonHan: "海边日落",
  /** In seven records. */
  rareHan: "鳳凰堂夕照",
} as const;

/** How many records have both {@link markedWords.left} and `right`, and how many have each of the rare ones. */
export const rareRecords = 7;

const vocabularySize = 50_000;
const keywordsSize = 5_000;

/** Numbers from 0 to 1 that are the same for every seed: mulberry32. */
export type Chance = () => number;

/** See {@link Chance}. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 to `count - 1`. */
export function anyOf(chance: Chance, count: number): number {
  return Math.floor(chance() * count);
}

/** A rank from 0 to `count - 1` by Zipf's law with an exponent of 1: the second is half as common as the first. */
function zipfRank(chance: Chance, count: number): number {
  return Math.min(count - 1, Math.floor(Math.exp(chance() * Math.log(count + 1))) - 1);
}

const consonants = [
  "b",
  "br",
  "d",
  "f",
  "g",
  "gr",
  "h",
  "k",
  "kl",
  "l",
  "m",
  "n",
  "p",
  "r",
  "s",
  "st",
  "t",
  "v",
];
const vowels = ["a", "e", "i", "o", "u", "ai", "ou", "é", "ö"];

/** A word of one to four syllables, six letters in the mean. */
function madeWord(chance: Chance): string {
  const syllables = 1 + anyOf(chance, 4);
  const made = Array.from(
    { length: syllables },
    () => (consonants[anyOf(chance, consonants.length)] ?? "") + (vowels[anyOf(chance, vowels.length)] ?? ""),
  );
  return made.join("");
}

function madeWords(count: number, seed: number): string[] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => madeWord(chance));
}

const vocabulary = [markedWords.common, ...madeWords(vocabularySize, 7)];
const keywordList = madeWords(keywordsSize, 11);

/** Words of two characters, as the commonest of Chinese and Japanese are. */
const hanWords =
  "日落 海边 家庭 北京 旅行 花园 山水 城市 夜景 朋友 孩子 婚礼 生日 雪地 森林 河流 老街 寺庙 市场 早晨".split(
    " ",
  );
const kanaWords =
  "京都 さくら ラーメン 夕焼け 公園 東京タワー 子供たち 花火大会 温泉 富士山 お祭り 新幹線".split(" ");

/** Some words of the Latin vocabulary. */
export function latinWords(chance: Chance, count: number): string[] {
  return Array.from({ length: count }, () => vocabulary[zipfRank(chance, vocabulary.length)] ?? "");
}

/** A phrase without spaces, of Chinese, or of Japanese. */
export function unspacedPhrase(chance: Chance, language: "zh" | "ja"): string {
  const words = language === "zh" ? hanWords : kanaWords;
  const count = 4 + anyOf(chance, 5);
  return Array.from({ length: count }, () => words[zipfRank(chance, words.length)] ?? "").join(
    language === "zh" ? "" : "の",
  );
}

/** Two to five keywords, each once. */
export function keywordsOf(chance: Chance): string[] {
  const count = 2 + anyOf(chance, 4);
  return [...new Set(Array.from({ length: count }, () => keywordList[zipfRank(chance, keywordsSize)] ?? ""))];
}

/** The keyword of this rank, the commonest first. */
export function keywordOfRank(rank: number): string {
  return keywordList[rank] ?? "";
}
