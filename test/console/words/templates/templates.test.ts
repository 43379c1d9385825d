import { describe, expect, it, test } from "vitest";
import {
  keepTemplates,
  readTemplates,
  templateWords,
  withoutTemplate,
  withTemplate,
} from "../../../../console/src/words/templates/templates.ts";

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

function forbidden(): never {
  throw new DOMException("The operation is insecure.", "SecurityError");
}

const harbour = { name: "Harbour", words: { city: "Brest", keywords: ["sea"] } };
const agency = { name: "Agency", words: { credit: "dpa" } };

describe("templates", () => {
  it("are there again as they were kept", () => {
    const store = storage();
    const isKept = keepTemplates(() => store, [harbour]);
    expect([isKept, readTemplates(() => store)]).toEqual([true, [harbour]]);
  });

  it("are none where nothing readable was kept, and what is none is left out", () => {
    const store = storage();
    store.setItem("tagline-templates", "{");
    const unreadable = readTemplates(() => store);
    store.setItem("tagline-templates", JSON.stringify([1, { name: "No words" }, harbour]));
    expect([unreadable, readTemplates(() => store)]).toEqual([[], [harbour]]);
  });

  it("are not kept where the browser forbids it", () => {
    expect([keepTemplates(forbidden, [harbour]), readTemplates(forbidden)]).toEqual([false, []]);
  });

  test("stand by the alphabet, one of each name", () => {
    const renewed = { ...harbour, words: { city: "Lorient" } };
    expect(withTemplate(withTemplate([harbour], agency), renewed)).toEqual([agency, renewed]);
  });

  test("go by their names", () => {
    expect(withoutTemplate([agency, harbour], "Agency")).toEqual([harbour]);
  });
});

test("a template has the fields that say something", () => {
  expect(templateWords({ city: "Brest", title: " ", keywords: [], rating: 0, state: null })).toEqual({
    city: "Brest",
    rating: 0,
  });
});
