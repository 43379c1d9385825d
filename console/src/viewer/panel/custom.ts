import { language } from "../../texts/texts.ts";
import { viewerTexts } from "../../texts/viewer.ts";

/** The name of a custom field for people: `shelf_mark` is `Shelf mark`. */
export function fieldLabel(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.slice(0, 1).toLocaleUpperCase(language) + words.slice(1);
}

/**
 * Any JSON value as people read it: lists of plain values in a line, what is nested in lines of its own, indented by two
 * spaces. The page shows it with its line breaks.
 */
export function valueText(value: unknown): string {
  return linesOf(value).join("\n");
}

function linesOf(value: unknown): string[] {
  if (isArray(value)) {
    if (value.every((each) => typeof each !== "object" || each === null))
      return [value.length === 0 ? viewerTexts.noValue : value.map(plainText).join(", ")];
    return value.flatMap((each) => under("–", linesOf(each)));
  }
  if (typeof value !== "object" || value === null) return [plainText(value)];
  const fields = Object.entries(value);
  if (fields.length === 0) return [viewerTexts.noValue];
  return fields.flatMap(([name, each]) => under(`${fieldLabel(name)}:`, linesOf(each)));
}

/** One line stays beside its mark; several stand below it, or after the dash of a list. */
function under(mark: string, lines: readonly string[]): string[] {
  const [first = "", ...others] = lines;
  if (others.length === 0 || mark === "–") return [`${mark} ${first}`, ...others.map((line) => `  ${line}`)];
  return [mark, ...lines.map((line) => `  ${line}`)];
}

function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? viewerTexts.yes : viewerTexts.no;
  return value === null ? viewerTexts.noValue : JSON.stringify(value);
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
