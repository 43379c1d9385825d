import type { ObjectMetadata } from "../../db/media/record.ts";
import { validationError, type FieldError } from "../../core/errors.ts";
import { inNormalForm } from "../../core/text/normal-form.ts";
import { checkKeywords, keywordLimits } from "./keywords.ts";
import { knownFieldLimits, meaningErrors } from "./known-fields.ts";

/** The rules of the contract for what people write. Characters are Unicode code points. */
export const metadataLimits = {
  serialisedBytes: 64 * 1024,
  /** Of a patch, in UTF-16 units: room for all that there may be and for taking away all that there was. */
  patchLength: 256 * 1024,
  depth: 8,
  ...knownFieldLimits,
  ...keywordLimits,
  fieldNameCharacters: 64,
} as const;

/**
 * Applies a JSON Merge Patch (RFC 7396) to metadata and brings what it names into the form in which it is kept. Only the
 * fields that the patch names are checked: what is there already may be older than a rule, and stays. Size and depth
 * hold for the whole. Throws `validation_error` with a path for everything that does not fit.
 */
export function patchMetadata(
  metadata: ObjectMetadata,
  patch: Readonly<Record<string, unknown>>,
): ObjectMetadata {
  // Every container of a patch is one of the result, so a patch that is too deep is refused before it is walked.
  checkDepth(patch);
  checkLength(patch);
  return checkFields(mergePatch(metadata, patch), patch);
}

/**
 * Brings metadata into the form in which it is kept (NFC; keywords trimmed and each once) and checks it.
 * Throws `validation_error` with a path for everything that does not fit.
 */
export function checkMetadata(input: Readonly<Record<string, unknown>>): ObjectMetadata {
  checkDepth(input);
  checkLength(input);
  return checkFields(input, input);
}

/**
 * Puts fields in the places of those that metadata has by these names; the rest stays, unchecked. Throws `validation_error`
 * where the whole has no room.
 */
export function replaceFields(
  metadata: ObjectMetadata,
  fields: Readonly<Record<string, unknown>>,
): ObjectMetadata {
  return checkFields({ ...metadata, ...fields }, fields);
}

/** Checks the fields of `input` that are given anew, likewise; the other fields are not checked. */
function checkFields(
  input: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): ObjectMetadata {
  checkDepth(input);
  const anew = new Map(Object.entries(given).filter(([name]) => Object.hasOwn(input, name)));
  const metadata: Record<string, unknown> = Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, anew.has(name) ? normalise(value) : value]),
  );
  const errors = [...anew].flatMap(([name, value]) =>
    fieldNameErrors(name).concat(numberErrors(name, value)),
  );
  errors.push(...[...anew.keys()].flatMap((name) => meaningErrors(name, metadata[name])));
  const checked = anew.has("keywords") ? checkKeywords(metadata["keywords"]) : null;
  if (checked !== null) metadata["keywords"] = checked.keywords;
  const allErrors = errors.concat(checked?.errors ?? []);
  if (allErrors.length > 0) throw validationError(allErrors);
  const bytes = new TextEncoder().encode(JSON.stringify(metadata)).length;
  if (bytes > metadataLimits.serialisedBytes) {
    throw refused(`has ${bytes} bytes as JSON; the most are ${metadataLimits.serialisedBytes}`);
  }
  return metadata;
}

/** JSON Merge Patch (RFC 7396 §2) on an object: null removes a field, objects are merged, all else is replaced. */
export function mergePatch(
  target: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else if (isObject(value)) {
      const before = merged.get(name);
      merged.set(name, mergePatch(isObject(before) ? before : {}, value));
    } else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

/** True if two pieces of metadata say the same; the order of fields does not count. */
export function sameMetadata(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** A value as JSON in which fields come in the order of their names, so that what says the same is the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1))) : each,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refused(message: string): Error {
  return validationError([{ path: "object_metadata", message }]);
}

function checkDepth(metadata: object): void {
  const depth = depthOf(metadata);
  if (depth > metadataLimits.depth)
    throw refused(`has ${depth} levels; the most are ${metadataLimits.depth}`);
}

/** A longer patch breaks a rule in any case, and is refused before its fields are checked one by one. */
function checkLength(given: object): void {
  const { length } = JSON.stringify(given);
  if (length > metadataLimits.patchLength)
    throw refused(`has ${length} characters as JSON; the most are ${metadataLimits.patchLength}`);
}

/** How deep containers are nested; walks level by level, so that a hostile depth costs no stack. */
function depthOf(root: object): number {
  let level: readonly object[] = [root];
  let depth = 0;
  for (; level.length > 0; depth += 1) level = level.flatMap(containersIn);
  return depth;
}

function containersIn(container: object): object[] {
  const values: unknown[] = Object.values(container);
  return values.filter((value) => typeof value === "object" && value !== null);
}

/** Text as NFC, names of nested fields too; a lone surrogate, which no UTF-8 can hold, becomes U+FFFD. */
function normalise(value: unknown): unknown {
  if (typeof value === "string") return inNormalForm(value.toWellFormed());
  if (Array.isArray(value)) return value.map(normalise);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [inNormalForm(name.toWellFormed()), normalise(each)]),
  );
}

function fieldNameErrors(name: string): FieldError[] {
  const path = `object_metadata.${name}`;
  if (name.length > metadataLimits.fieldNameCharacters) {
    return [
      { path, message: `is a field name with more than ${metadataLimits.fieldNameCharacters} characters` },
    ];
  }
  if (/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) return [];
  return [{ path, message: "is not a lower_snake_case field name" }];
}

/**
 * JSON can write numbers that no double holds: what overflows would be kept as null, and of integers beyond ±(2^53 - 1)
 * the last digits would change in silence (RFC 8259 §6).
 */
function numberErrors(name: string, value: unknown): FieldError[] {
  const path = `object_metadata.${name}`;
  if (!isKept(value)) return [{ path, message: "holds a number that is too large" }];
  const message =
    "is an integer beyond 2^53 - 1; send the integer as a string, because JSON would change its value";
  return unsafeIntegers(value, path).map((each) => ({ path: each, message }));
}

function isKept(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isKept);
}

/** The paths of the integers in a value that JSON cannot be trusted with. */
function unsafeIntegers(value: unknown, path: string): string[] {
  if (typeof value === "number") return Number.isInteger(value) && !Number.isSafeInteger(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => unsafeIntegers(each, `${path}.${name}`));
}
