import { validationError } from "../../core/errors.ts";
import { inNormalForm } from "../../core/text/normal-form.ts";
import { foldKeyword } from "../../db/media/record.ts";
import { checkKeywords } from "../metadata/keywords.ts";
import { patchMetadata } from "../metadata/rules.ts";
import { makeWordsChange, type WordsChange } from "./words-change.ts";

/** A change of words as a client asks for it, by the names of the request's fields. */
export interface AskedChange {
  /** JSON Merge Patch (RFC 7396). */
  readonly object_metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly add_keywords?: readonly string[];
  readonly remove_keywords?: readonly string[];
  readonly suggestions?: "accept" | "refuse" | undefined;
}

/**
 * What is done to each record that a client means. Throws `validation_error`, with the names of the request's fields, for
 * what no record could take.
 */
export function wordsChangeOf(asked: AskedChange): WordsChange {
  const {
    object_metadata: patch = null,
    add_keywords: add = [],
    remove_keywords: remove = [],
    suggestions = null,
  } = asked;
  if (patch !== null) checkPatch(patch);
  const { keywords, errors } = checkKeywords(add.map((each) => inNormalForm(each.toWellFormed())));
  if (errors.length > 0)
    throw validationError(
      errors.map(({ path, message }) => ({
        path: path.replace("object_metadata.keywords", "add_keywords"),
        message,
      })),
    );
  return makeWordsChange({
    patch,
    remove: new Set(remove.map((each) => foldKeyword(each.trim()))),
    add: keywords,
    suggestions,
  });
}

/** A field that is an object is merged into what a record has, so that only the record tells whether it fits. */
function checkPatch(patch: Readonly<Record<string, unknown>>): void {
  const whole = Object.entries(patch).filter(
    ([, value]) => typeof value !== "object" || Array.isArray(value),
  );
  patchMetadata({}, Object.fromEntries(whole));
}
