import { expect, it } from "vitest";
import { areAllFieldsShown, rememberAllFields } from "../../../../console/src/words/form/remembered.ts";

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

function forbidden(): never {
  throw new DOMException("The operation is insecure.", "SecurityError");
}

it("hides the other fields until somebody has asked for them", () => {
  const store = storage();
  const before = areAllFieldsShown(() => store);
  rememberAllFields(() => store, true);
  const shown = areAllFieldsShown(() => store);
  rememberAllFields(() => store, false);
  expect([before, shown, areAllFieldsShown(() => store)]).toEqual([false, true, false]);
});

it("hides them where the browser forbids storage", () => {
  rememberAllFields(forbidden, true);
  expect(areAllFieldsShown(forbidden)).toBe(false);
});
