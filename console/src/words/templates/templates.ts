import type { Words } from "../drafts/draft.ts";
import { isEmpty } from "../fields/carry.ts";

/** Words that are kept on the device under a name, to be written about other photos. */
export interface Template {
  readonly name: string;
  readonly words: Words;
}

const storageKey = "tagline-templates";

type Store = Pick<Storage, "getItem" | "setItem">;

/** The templates of this device, by their names; none where the browser forbids storage. */
export function readTemplates(storage: () => Store): readonly Template[] {
  try {
    const found: unknown = JSON.parse(storage().getItem(storageKey) ?? "[]");
    return Array.isArray(found) ? found.filter(isTemplate) : [];
  } catch {
    return [];
  }
}

/** Keeps templates in the place of those that there are. False where the browser has no room for them, or forbids it. */
export function keepTemplates(storage: () => Store, templates: readonly Template[]): boolean {
  try {
    storage().setItem(storageKey, JSON.stringify(templates));
    return true;
  } catch {
    return false;
  }
}

/** The templates with another one, in the place of the one of its name, by the alphabet. */
export function withTemplate(templates: readonly Template[], template: Template): readonly Template[] {
  return [...withoutTemplate(templates, template.name), template].toSorted((one, other) =>
    one.name.localeCompare(other.name),
  );
}

/** The templates without the one of a name. */
export function withoutTemplate(templates: readonly Template[], name: string): readonly Template[] {
  return templates.filter((each) => each.name !== name);
}

/** What of the words of a photo makes a template: every field that says something. */
export function templateWords(words: Words): Words {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => !isEmpty(value)));
}

function isTemplate(value: unknown): value is Template {
  if (typeof value !== "object" || value === null) return false;
  const template: Partial<Record<keyof Template, unknown>> = value;
  return typeof template.name === "string" && typeof template.words === "object" && template.words !== null;
}
