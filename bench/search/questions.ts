import { keywordOfRank, markedWords } from "./words.ts";

/** One request that is timed. */
export interface Question {
  readonly name: string;
  /** Path and query. */
  readonly path: string;
  /** How many pages lie before the one that is asked for, which is reached by cursor; 0 for the first. */
  readonly pages: number;
  /** How many times the time at the small size it may take at the large one; null where nobody has said. */
  readonly goal: number | null;
}

const { every, common, left, right, rare, rarePhrase, commonPair, rareHan } = markedWords;

function ask(name: string, path: string, { pages = 0, goal = null }: Partial<Question> = {}): Question {
  return { name, path, pages, goal };
}

function search(name: string, q: string, more: Partial<Question> = {}): Question {
  return ask(name, `/v1/search?${new URLSearchParams({ q, limit: "100" }).toString()}`, more);
}

function found(name: string, q: string, goal: number | null = null): Question[] {
  return [search(name, `${q} `, { goal }), search(`${name}, by cursor`, `${q} `, { pages: 1, goal })];
}

/** Searches, each with the first page and the one behind it. */
export const searches: readonly Question[] = [
  ...found("the word of every description", every, 3),
  ...found("the word of every key", "img", 3),
  ...found("a common word", common),
  ...found("a common word in the middle of a phrase of two", `"${every} ${common}"`),
  search("a rare word", `${rare} `),
  search("a rare phrase of common words", `"${rarePhrase}"`),
  search("two common words that rarely meet", `${left} ${right} `),
  ...found("the word of every description without a common word", `${every} -${common}`),
  ...found("two characters of Chinese", commonPair),
  search("a rare phrase of Chinese", `${rareHan} `),
  ...found("has:location", "has:location"),
  ...found("folder: of a year", "folder:2010/"),
  ...found("folder: of an album", "folder:2010/trip-042"),
  ...found("taken: of a month", "taken:2012-07"),
  ...found("a common word, taken: of a year", `${common} taken:2012`),
  search("nothing", ""),
  search("the word of every description, 60 pages deep", `${every} `, { pages: 60 }),
  ask("the word of every description, offset 5,000", `/v1/search?q=${every}&limit=100&offset=5000`),
];

const newest = "limit=100&order=desc";

/** Everything else that finds. */
export const shapes: readonly Question[] = [
  ask(
    "facets of the word of every description",
    `/v1/search?q=${every}&facets=keywords,content_type,camera,year`,
  ),
  ask("facets of a rare word", `/v1/search?q=${rare}&facets=keywords,content_type,camera,year`),
  ask("list without description and keywords", `/v1/media?without=description&without=keywords&${newest}`),
  ask("likewise, by cursor", `/v1/media?without=description&without=keywords&${newest}`, { pages: 1 }),
  ask("list without location, by cursor", `/v1/media?without=location&${newest}`, { pages: 1 }),
  ask("list with location and keywords, by cursor", `/v1/media?has=location&has=keywords&${newest}`, {
    pages: 1,
  }),
  ask("list within a box, by cursor", `/v1/media?within=40,0,50,20&${newest}`, { pages: 1 }),
  ask("overview", "/v1/overview"),
  ask("timeline", "/v1/timeline"),
  ask("timeline by day", "/v1/timeline?by=day"),
  ask("timeline of the word of every description", `/v1/timeline?q=${every}`),
  ask("timeline of a rare word", `/v1/timeline?q=${rare}`),
  ask("timeline of a keyword", `/v1/timeline?keyword=${encodeURIComponent(keywordOfRank(3))}`),
  ask("timeline of a prefix", "/v1/timeline?prefix=2010/"),
  ask("timeline with a location", "/v1/timeline?has=location"),
  ask("keywords by name", "/v1/keywords?sort=keyword"),
  ask("keywords by name, by cursor", "/v1/keywords?sort=keyword", { pages: 5 }),
  ask("keywords by count", "/v1/keywords?sort=count"),
  ask("keywords by count, by cursor", "/v1/keywords?sort=count", { pages: 5 }),
  ask("keywords by prefix", "/v1/keywords?prefix=ba"),
  ask("keywords by prefix and count", "/v1/keywords?prefix=ba&sort=count"),
  ask("cameras", "/v1/cameras"),
  ask("folders at the top", "/v1/folders"),
  ask("folders of a year", "/v1/folders?path=2010/"),
  ask("folder of an album", "/v1/folders?path=2010/trip-042/"),
  ask("neighbours", "/v1/media/{id}/neighbours"),
  ask("neighbours by time", "/v1/media/{id}/neighbours?sort=taken_at"),
  ask("neighbours in a search of every record", `/v1/media/{id}/neighbours?q=${every}`),
  ask("neighbours in a search of a rare word", `/v1/media/{id}/neighbours?q=${rare}`),
];

/** A search that the bare query of full text is compared with. */
export interface Peer {
  readonly name: string;
  readonly q: string;
  /** What the bare query must MATCH to find the same. */
  readonly match: string;
  /** How many times the bare query it may take; null where nobody has said. */
  readonly goal: number | null;
}

/** See {@link Peer}. */
export const peers: readonly Peer[] = [
  { name: "a rare phrase", q: `"${rarePhrase}"`, match: phraseOf(rarePhrase), goal: 1.5 },
  {
    name: "a rare phrase of Chinese",
    q: `"${rareHan}"`,
    match: '"+鳳凰 +凰堂 +堂夕 +夕照"',
    goal: 1.5,
  },
  { name: "a rare word", q: `${rare} `, match: phraseOf(rare), goal: null },
  {
    name: "the word of every description, with its total",
    q: `${every} `,
    match: phraseOf(every),
    goal: null,
  },
];

function phraseOf(words: string): string {
  return `"${words
    .split(" ")
    .map((word) => `+${word}`)
    .join(" ")}"`;
}

/** What is typed letter by letter. */
export const typed: readonly { readonly name: string; readonly word: string }[] = [
  { name: "common, Latin", word: common },
  { name: "rare, Latin", word: rare },
  { name: "common, Chinese", word: markedWords.commonHan },
  { name: "rare, Chinese", word: rareHan },
  { name: "two words, Latin", word: `${left} ${right}` },
];
