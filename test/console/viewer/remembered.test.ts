import { expect, it } from "vitest";
import { areDetailsShown, rememberDetails } from "../../../console/src/viewer/remembered.ts";

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

function forbidden(): never {
  throw new DOMException("The operation is insecure.", "SecurityError");
}

it("shows the details until they are hidden", () => {
  expect(areDetailsShown(storage)).toBe(true);
});

it("remembers that they were hidden, and that they were shown again", () => {
  const store = storage();
  rememberDetails(() => store, false);
  const hidden = areDetailsShown(() => store);
  rememberDetails(() => store, true);
  expect([hidden, areDetailsShown(() => store)]).toEqual([false, true]);
});

it("shows the details where the browser forbids storage", () => {
  rememberDetails(forbidden, false);
  expect(areDetailsShown(forbidden)).toBe(true);
});
