import type { ObjectMetadata } from "../../db/media/record.ts";
import type { Facts } from "../../metadata/facts/facts.ts";
import type { IptcCore } from "../../metadata/facts/iptc-core.ts";
import { inNormalForm } from "../../core/text/normal-form.ts";
import { seedKeywords } from "./keywords.ts";
import { knownFieldLimits } from "./known-fields.ts";
import { metadataLimits } from "./rules.ts";

/** The words that a file brings. */
export type FileWords = Pick<Facts, "caption" | "keywords" | "iptcCore">;

/** Which of the file's words fill which field of text. */
const textOf = {
  title: "title",
  creator: "creator",
  credit: "credit",
  copyright: "copyright",
  usage_terms: "usageTerms",
  city: "city",
  state: "state",
  country: "country",
} as const satisfies Record<string, Exclude<keyof IptcCore, "rating">>;

/**
 * What a file says of itself, cut to the limits: a text that is too long ends in `…`, and so does a keyword. Of keywords
 * come as many as the whole has room for.
 */
export function seedMetadata({ caption, keywords, iptcCore }: FileWords): ObjectMetadata {
  const description = seedText(caption, knownFieldLimits.descriptionCharacters);
  const texts = Object.entries(textOf).flatMap(([name, source]) => {
    const text = seedText(iptcCore?.[source] ?? null, knownFieldLimits.textCharacters);
    return text === "" ? [] : [[name, text] as const];
  });
  const rating = iptcCore?.rating ?? null;
  const rest = { ...Object.fromEntries(texts), ...(rating === null ? {} : { rating }) };
  const room = metadataLimits.serialisedBytes - bytesOf({ description, keywords: [], ...rest });
  const kept = fitting(seedKeywords(keywords ?? [], cut), room);
  return {
    ...(description === "" ? {} : { description }),
    ...(kept.length === 0 ? {} : { keywords: kept }),
    ...rest,
  };
}

/**
 * The words of a record with what of the file's it lacks, as far as the whole has room; what is there stays as it is. The
 * same object where there is nothing to add.
 */
export function fillMetadata(metadata: ObjectMetadata, seed: ObjectMetadata): ObjectMetadata {
  let filled = metadata;
  for (const [name, value] of Object.entries(seed)) {
    const more = { ...filled, [name]: value };
    if (!Object.hasOwn(metadata, name) && bytesOf(more) <= metadataLimits.serialisedBytes) filled = more;
  }
  return filled;
}

/** How many bytes of a file's long caption are kept, so that a record stays small. */
const maxCaptionBytes = 64 * 1024;

/** The file's caption, where a description has no room for all of it; null where it has. */
export function longCaption(caption: string | null): string | null {
  const whole = inNormalForm((caption ?? "").toWellFormed()).trim();
  if (cut(whole, knownFieldLimits.descriptionCharacters) === whole) return null;
  const bytes = new TextEncoder().encode(whole);
  if (bytes.length <= maxCaptionBytes) return whole;
  // A character that is cut in two is left out: nothing is decoded of it while more bytes are awaited.
  const start = new TextDecoder().decode(bytes.subarray(0, maxCaptionBytes), { stream: true });
  return `${start.trimEnd()}…`;
}

function seedText(text: string | null, limit: number): string {
  return text === null ? "" : cut(inNormalForm(text.toWellFormed()).trim(), limit);
}

/** The first keywords, as many as there is room for. */
function fitting(keywords: readonly string[], room: number): string[] {
  let bytes = 0;
  const beyond = keywords.findIndex((each) => (bytes += bytesOf(each) + 1) > room);
  return beyond === -1 ? [...keywords] : keywords.slice(0, beyond);
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

function cut(text: string, limit: number): string {
  const points = Array.from(text);
  return points.length <= limit
    ? text
    : `${points
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}
