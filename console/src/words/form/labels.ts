import { formTexts } from "../../texts/form.ts";
import { fieldLabel } from "../../viewer/panel/custom.ts";
import { knownFields } from "../fields/names.ts";
import type { Problem } from "../fields/problems.ts";

const known: ReadonlyMap<string, string> = new Map(Object.entries(formTexts.fields));

/** What a field is called in the form. */
export function labelOf(name: string): string {
  return known.get(name) ?? fieldLabel(name);
}

/** The names of fields in a sentence, in the order of the form: `Description, Title and City`. */
export function labelsOf(names: readonly string[]): string {
  const inForm = [...knownFields].filter((name) => names.includes(name));
  const others = names.filter((name) => !knownFields.has(name)).toSorted();
  return formTexts.list([...inForm, ...others].map(labelOf));
}

/** A problem as it is told beside its field. */
export function problemText(problem: Problem): string {
  const { problems } = formTexts;
  switch (problem.kind) {
    case "tooLong":
      return problems.tooLong(problem.length);
    case "tooManyKeywords":
      return problems.tooManyKeywords(problem.count);
    case "keywordTooLong":
      return problems.keywordTooLong(problem.keyword, problem.length);
    case "keywordHidden":
      return problems.keywordHidden(problem.keyword);
    case "noKeywords":
    case "noDate":
    case "noPlace":
    case "noRating":
    case "tooMuch":
      return problems[problem.kind];
  }
}

/** What the service has refused, by the names of fields: a path is `object_metadata.NAME`, and may go on. */
export function refusalsOf(
  errors: readonly { readonly path: string; readonly message: string }[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { path, message } of errors) {
    const [, name] = path.split(".");
    if (name !== undefined && !found.has(name)) found.set(name, formTexts.refusedBecause(message));
  }
  return found;
}
