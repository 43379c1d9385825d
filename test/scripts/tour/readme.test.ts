import { expect, test } from "vitest";
import { readTour } from "../../e2e/support/tour.ts";

const tour = await readTour();

/** What a shell looks at in its own way: all that no quotes are round. */
const unquoted = tour.replaceAll(/'[^']*'|"[^"]*"/g, "_");

test("the tour has commands", () => {
  expect(tour.split("\n").filter((line) => line.startsWith("call ")).length).toBeGreaterThan(5);
});

test("no line of the tour is a comment, which a zsh at the prompt takes for a command", () => {
  expect(tour.split("\n").filter((line) => /(^|\s)#/.test(line.replaceAll(/'[^']*'|"[^"]*"/g, "_")))).toEqual(
    [],
  );
});

test("nothing in the tour is a pattern of files, which zsh refuses where no file fits", () => {
  expect(unquoted.match(/[*?[\]^~]/g)).toBeNull();
  expect(unquoted.match(/(^|\s)=\S/g)).toBeNull();
});

test("nothing in the tour recalls the history of the shell, between double quotes or without any", () => {
  expect(tour.replaceAll(/'[^']*'/g, "_")).not.toContain("!");
});

test("the tour sets no variable that a shell keeps for itself", () => {
  const names = [...tour.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  expect(names).toEqual(["KEY", "TAGLINE", "ID"]);
});

test("the tour writes no file", () => {
  expect(unquoted).not.toMatch(/>|\btee\b|mktemp/);
  expect([...tour.matchAll(/--output (\S+)/g)].map(([, file]) => file)).toEqual(["/dev/null"]);
});
