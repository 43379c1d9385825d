import { expect, it } from "vitest";
import { changesKey, Whose } from "../../../console/src/service/whose.ts";

/** The storage of a tab, which may be too full for anything new. */
function storageOf({ isFull = false } = {}) {
  const stored = new Map<string, string>([["tagline-reloaded-at", "1"]]);
  const storage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => {
      if (isFull) throw new DOMException("There is no room.", "QuotaExceededError");
      stored.set(name, value);
    },
    removeItem: (name: string) => void stored.delete(name),
  };
  return { stored, storage };
}

it("a page belongs to whoever is in first, and stays theirs when they sign in again", () => {
  const { storage } = storageOf();
  const whose = new Whose(() => storage);
  expect([whose.passesTo("Ann"), whose.passesTo("Ann")]).toEqual([false, false]);
});

it("a page that passes to somebody else has nothing of the one before in its storage", () => {
  const { stored, storage } = storageOf();
  const whose = new Whose(() => storage);
  whose.passesTo("Ann");
  stored.set(changesKey, "[1]");
  expect(whose.passesTo("Ben")).toBe(true);
  expect(Object.fromEntries(stored)).toEqual({ "tagline-reloaded-at": "1", "tagline.name": "Ben" });
});

it("a page knows after a reload whose it was, and after the next one whose it is", () => {
  const { stored, storage } = storageOf();
  new Whose(() => storage).passesTo("Ann");
  stored.set(changesKey, "[1]");
  expect(new Whose(() => storage).passesTo("Ann")).toBe(false);
  expect(stored.get(changesKey)).toBe("[1]");
  expect(new Whose(() => storage).passesTo("Ben")).toBe(true);
  expect(new Whose(() => storage).passesTo("Ben")).toBe(false);
});

it("a page that comes back to a tab which is somebody else's by now leaves what is theirs", () => {
  const { stored, storage } = storageOf();
  const whose = new Whose(() => storage);
  whose.passesTo("Ann");
  stored.set("tagline.name", "Ben").set(changesKey, "[2]");
  expect(whose.passesTo("Ben")).toBe(true);
  expect(stored.get(changesKey)).toBe("[2]");
});

it("a page whose storage takes nothing new is loaded anew once, not for ever", () => {
  const { stored, storage } = storageOf({ isFull: true });
  stored.set("tagline.name", "Ann");
  expect(new Whose(() => storage).passesTo("Ben")).toBe(true);
  expect(new Whose(() => storage).passesTo("Ben")).toBe(false);
});

it("a page without storage still tells one person from another", () => {
  const whose = new Whose(() => {
    throw new DOMException("Storage is off.", "SecurityError");
  });
  expect([whose.passesTo("Ann"), whose.passesTo("Ben"), whose.passesTo("Ben")]).toEqual([false, true, false]);
});
