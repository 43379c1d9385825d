import type { ShownMedia } from "../../db/media/record.ts";
import type { Highlighter } from "../../db/search/highlight.ts";

/** A text is shown whole up to so many units of UTF-16; of a longer one the part around the first match. */
const mostUnits = 1024;

/**
 * How many units of UTF-16 the highlights of one record have together. A mark of 32 characters around each of the single
 * letters that 64 KiB of words may be made of would be far more than an answer may hold.
 */
const mostTogether = 131_072;

/** How much of a longer text stands before its first match, at the most. */
const unitsBefore = 200;

/** The texts of a record in which a search has found something, by the names of the fields, with the matches marked. */
export function highlightsOf(media: ShownMedia, mark: Highlighter): Record<string, string> {
  const { description, keywords, taken_at: _time, ...others } = media.objectMetadata;
  const found = new Map<string, string | null>([
    ["description", markedPart(description, mark)],
    ["keywords", markedKeywords(keywords, mark)],
    ["object_key", mark(media.objectKey, "text")],
    ["camera", markedCamera(media.intrinsic.camera, mark)],
  ]);
  for (const [name, value] of Object.entries(others)) {
    // A field of one's own may be called as one of ours; ours is the one that is told.
    if (!found.has(name)) found.set(name, markedPart(value, mark));
  }
  let room = mostTogether;
  return Object.fromEntries(
    [...found].flatMap(([name, text]) => {
      if (text === null || text.length > room) return [];
      room -= text.length;
      return [[name, text]];
    }),
  );
}

function markedPart(value: unknown, mark: Highlighter): string | null {
  if (typeof value !== "string") return null;
  const whole = mark(value, "text");
  if (whole === null || value.length <= mostUnits) return whole;
  const start = wordStart(value, Math.max(0, firstDifference(value, whole) - unitsBefore));
  const end = characterStart(value, start + mostUnits);
  const part = mark(value.slice(start, end), "text") ?? value.slice(start, end);
  return `${start > 0 ? "…" : ""}${part}${end < value.length ? "…" : ""}`;
}

/** Where the first mark stands: before it a text is as it was. What is its mark may stand in the text before, too. */
function firstDifference(text: string, markedText: string): number {
  let at = 0;
  while (at < text.length && text.charAt(at) === markedText.charAt(at)) at++;
  return at;
}

/** The beginning of the next word, if there is one soon; else of the next character. */
function wordStart(text: string, from: number): number {
  if (from === 0) return 0;
  const space = text.slice(from, from + unitsBefore / 2).search(/\s/u);
  if (space >= 0) return from + space + 1;
  return characterStart(text, from);
}

/** The first place from here on that is not inside a character beyond 16 bits. */
function characterStart(text: string, from: number): number {
  return /[\uDC00-\uDFFF]/u.test(text.charAt(from)) ? from + 1 : from;
}

/** The keywords in which something was found. */
function markedKeywords(keywords: unknown, mark: Highlighter): string | null {
  if (!Array.isArray(keywords)) return null;
  const found = keywords.flatMap((each: unknown) =>
    typeof each === "string" ? (mark(each, "keyword") ?? []) : [],
  );
  return found.length === 0 ? null : found.join(", ");
}

/** Maker, model and lens, if something was found in one of them. */
function markedCamera(camera: ShownMedia["intrinsic"]["camera"], mark: Highlighter): string | null {
  const parts = [camera?.make, camera?.model, camera?.lens].filter((each) => typeof each === "string");
  const found = parts.map((each) => mark(each, "camera"));
  if (found.every((each) => each === null)) return null;
  return parts.map((each, index) => found[index] ?? each).join(", ");
}
