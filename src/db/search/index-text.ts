import { type Token, tokensOf } from "../../core/text/search-tokens.ts";
import { foldKeyword, type IntrinsicFacts, type ObjectMetadata } from "../media/record.ts";

/**
 * What the full-text index holds of a record: tokens with a space between them, so that the index cuts at spaces alone
 * (`tokenize = "ascii tokenchars '+~=.|'"`; beyond ASCII it takes everything for a letter). A character in front of a
 * token says what it is of, so that one index answers all questions, and each by the tokens of its kind only:
 *
 * - `+` of what people read first, the description and the keywords;
 * - `~` of the camera;
 * - `=` a keyword as a whole;
 * - none, of all other texts.
 */
export const tags = { words: "+", camera: "~", keyword: "=", other: "" } as const;

/** One of the kinds of tokens that {@link tags} tells apart. */
export type Tag = (typeof tags)[keyof typeof tags];

/**
 * How long each of the texts may be, in UTF-16 units; what comes after is not found. D1 takes rows of 2 MB, and an Arabic
 * character of three bytes that stands for four words gives 37 bytes of tokens, and 70 in a keyword. No words of
 * metadata's 64 KiB come to so much that are not made of such characters.
 */
const mostUnits = 300_000;

/** Stands between two texts, so that no phrase reaches from one into the next. */
const border = " | ";

/** The token of every record, with which all of them are found. */
export const everyRecord = ".";

/** The description, the keywords, and each keyword as a whole. */
export function wordsText(metadata: ObjectMetadata): string {
  const keywords = keywordsOf(metadata);
  const whole = new Set(keywords.map(keywordToken));
  const texts = [tagged([metadata["description"], ...keywords], tags.words), ...whole];
  return bounded(texts.filter((text) => text !== "").join(" "));
}

/** Fields of the metadata that are no texts of {@link fieldsText}: those of {@link wordsText}, and a time. */
const elsewhere: ReadonlySet<string> = new Set(["description", "keywords", "taken_at"]);

/** Every other text that stands in the metadata: titles, names of people and places, whatever a client thought of. */
export function fieldsText(metadata: ObjectMetadata): string {
  const others = Object.entries(metadata).filter(([name]) => !elsewhere.has(name));
  return bounded(
    tagged(
      others.map(([, value]) => value),
      tags.other,
    ),
  );
}

/** The object key, and the token of every record. */
export function keyText(objectKey: string): string {
  return [everyRecord, ...tokensOf(objectKey, "index").map(({ text }) => text)].join(" ");
}

/** The camera's maker, its model and its lens. */
export function cameraText(camera: IntrinsicFacts["camera"]): string {
  return camera === null ? "" : tagged([camera.make, camera.model, camera.lens], tags.camera);
}

/**
 * A keyword as one token, as it is compared elsewhere (`foldKeyword`): what is neither letter nor number nor mark, which
 * would part it, stands in it as a character of private use. Two keywords whose signs agree in their last twelve bits
 * share a token.
 */
export function keywordToken(keyword: string): string {
  const letters = foldKeyword(keyword).replaceAll(/[^\p{L}\p{N}\p{M}]/gu, (sign) =>
    String.fromCharCode(0xe000 + ((sign.codePointAt(0) ?? 0) & 0xfff)),
  );
  return tags.keyword + letters;
}

/** Tokens as they stand in the index and in the phrases of a query. */
export function taggedTokens(tokens: readonly Token[], tag: Tag): string {
  return tokens.map(({ text }) => tag + text).join(" ");
}

/** What is a text among some values, as tokens, with a border between each and the next. */
function tagged(values: readonly unknown[], tag: Tag): string {
  return values
    .map((value) => (typeof value === "string" ? taggedTokens(tokensOf(value, "index"), tag) : ""))
    .filter((text) => text !== "")
    .join(border);
}

/** Whole tokens from the beginning of a text, as many as it may have. */
function bounded(text: string): string {
  return text.length <= mostUnits ? text : text.slice(0, text.lastIndexOf(" ", mostUnits));
}

/** Keywords are a list of texts; in anything else there are none. */
function keywordsOf(metadata: ObjectMetadata): readonly string[] {
  const { keywords } = metadata;
  return Array.isArray(keywords) ? keywords.filter((each: unknown) => typeof each === "string") : [];
}
