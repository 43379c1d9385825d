import { knownFields, limits } from "./names.ts";

const snakeCase = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/** Why a name cannot be that of a new field; null where it can. */
export function nameProblem(
  name: string,
  taken: readonly string[],
): "empty" | "tooLong" | "spelling" | "taken" | null {
  if (name === "") return "empty";
  if (name.length > limits.nameCharacters) return "tooLong";
  if (!snakeCase.test(name)) return "spelling";
  return knownFields.has(name) || taken.includes(name) ? "taken" : null;
}

/** The name of a field that somebody has called so in words of their own: `Shelf mark` is `shelf_mark`. */
export function fieldNameOf(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .trim()
    .replaceAll(/[\s-]+/g, "_");
}

/** Whether the value of a custom field can be edited as text. */
export function isPlain(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** What a custom field holds that says this: a number stays one as long as its text is one, digit for digit. */
export function customValue(text: string, before: unknown): string | number {
  if (typeof before !== "number") return text;
  const number = Number(text);
  const isWhole = !Number.isInteger(number) || Number.isSafeInteger(number);
  return text.trim() !== "" && String(number) === text.trim() && isWhole ? number : text;
}
