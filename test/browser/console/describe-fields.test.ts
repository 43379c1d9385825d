import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { accessibilityFindings, colourFindings } from "../support/accessibility.ts";
import {
  expectFocused,
  expectOpen,
  expectPolled,
  expectWords,
  formOf,
  startDescribed,
  told,
  type Described,
} from "../support/described.ts";
import { expectShown } from "../support/shown.ts";
import { type VisitOptions } from "../support/visit.ts";

let on: Described;

beforeAll(async () => {
  on = await startDescribed();
});

afterAll(() => on.site.close());

describe("copying from the photo before", () => {
  test("fills what is empty with the words that were saved last, and can be taken back", async () => {
    await on.empty(1, 2);
    await on.write(2, { description: "Its own" });
    const { page, form } = await on.describe(1);
    await page.keyboard.type("The first");
    await page.keyboard.press("Tab");
    await page.keyboard.type("pier,");
    await page.keyboard.press("Control+Enter");
    await expectOpen(page, on.idAt(2));
    await expectFocused(page, "description");
    await page.keyboard.press("Alt+ArrowUp");
    await told(page, "Copied from the photo before: Keywords.").waitFor();
    await expect.poll(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("Its own");
    await page.keyboard.press("Control+z");
    await expectPolled(() => form.getByRole("link", { name: "pier" }).count()).toBe(0);
    await page.keyboard.press("Alt+ArrowUp");
    await form.getByRole("link", { name: "pier" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 2).toEqual({ description: "Its own", keywords: ["pier"] });
  });

  test("takes the words of the photo before in the list, where nothing was saved in this tab", async () => {
    await on.empty(1, 2);
    await on.write(1, { city: "Brest", keywords: ["pier"] });
    const { page } = await on.describe(2);
    await expectPolled(async () => {
      await page.keyboard.press("Alt+ArrowUp");
      return told(page, /^Copied from the photo before/).textContent();
    }).toBe("Copied from the photo before: Keywords and City.");
  });
});

describe("the other fields", () => {
  test("take dates and places as people write them, and say what is saved", async () => {
    await on.empty(1);
    const { page, form } = await on.describe(1);
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await form.getByRole("textbox", { name: "Date taken" }).fill("14.7.1962 16:03");
    await form.getByText("Is saved as: 14 July 1962 at 16:03").waitFor();
    await form.getByRole("textbox", { name: "Place" }).fill("48°51'N 2°21'E");
    await form.getByText("Is saved as: 48.85° N, 2.35° E").waitFor();
    await form.getByRole("radio", { name: "4 stars" }).focus();
    await page.keyboard.press("3");
    await expectShown(form.getByRole("radio", { name: "3 stars", checked: true }));
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 1).toEqual({
      taken_at: "1962-07-14T16:03",
      location: { latitude: 48.85, longitude: 2.35 },
      rating: 3,
    });
  });

  test("keep numbers as numbers, show what is no text, and take new ones by name", async () => {
    await on.empty(1);
    await on.write(1, { copies: 3, printed: { paper: "matt" }, shelf: "C-17" });
    const { page, form } = await on.describe(1);
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await form.getByRole("textbox", { name: "Copies" }).fill("4");
    await form.getByText("Paper: matt").waitFor();
    await form.getByRole("textbox", { name: "Shelf" }).fill("");
    await form.getByRole("textbox", { name: "Name of a new field" }).fill("Film roll");
    await page.keyboard.press("Enter");
    await expectFocused(page, "film_roll");
    await page.keyboard.type("12a");
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 1).toEqual({ copies: 4, printed: { paper: "matt" }, film_roll: "12a" });
  });

  test("stay open for the next photo", async () => {
    const { page, form } = await on.describe(1);
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await form.getByRole("textbox", { name: "Creator" }).waitFor();
    await page.reload();
    await expectShown(form.getByRole("textbox", { name: "Creator" }));
  });
});

describe("a template", () => {
  test("is made of a photo, and its ticked fields are written about another one, by the keyboard", async () => {
    await on.empty(1, 2);
    await on.write(1, { city: "Brest", credit: "dpa", keywords: ["pier"] });
    const { page, form } = await on.describe(1);
    await page.keyboard.press("Alt+t");
    const dialog = page.getByRole("dialog", { name: "Templates" });
    await dialog.getByRole("textbox", { name: "Name of the template" }).fill("Pier");
    await page.keyboard.press("Enter");
    await dialog.getByRole("status").filter({ hasText: "The template “Pier” is kept." }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expectFocused(page, "description");
    await page.keyboard.press("Control+Enter");
    await expectOpen(page, on.idAt(2));
    await expectFocused(page, "description");
    await page.keyboard.press("Alt+t");
    await dialog.getByRole("checkbox", { name: /^Credit/ }).press("Space");
    await page.keyboard.press("Enter");
    await told(page, /^From the template: /).waitFor();
    await form.getByRole("link", { name: "pier" }).waitFor();
    await expectFocused(page, "description");
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 2).toEqual({ city: "Brest", keywords: ["pier"] });
  });

  test("that was removed comes back", async () => {
    await on.empty(1);
    await on.write(1, { city: "Brest" });
    const { page } = await on.describe(1);
    await page.keyboard.press("Alt+t");
    const dialog = page.getByRole("dialog", { name: "Templates" });
    await dialog.getByRole("textbox", { name: "Name of the template" }).fill("Brest");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Remove this template" }).press("Enter");
    await dialog.getByRole("radio", { name: "Brest" }).waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Undo" }).press("Enter");
    await expectShown(dialog.getByRole("radio", { name: "Brest" }));
  });
});

test("who may only look sees the words, and no form", async () => {
  await on.empty(1);
  await on.write(1, { description: "For everybody" });
  const { page, archive } = await on.open(1, {
    prepare: (page) =>
      page.route("**/v1/session", async (route) => {
        const response = await route.fetch();
        const caller = z.looseObject({}).parse(await response.json());
        await route.fulfill({ response, json: { ...caller, scopes: ["read"] } });
      }),
  });
  await archive.viewer.getByRole("region", { name: "Description" }).getByText("For everybody").waitFor();
  await page.keyboard.press("e");
  expect(await formOf(page).count()).toBe(0);
  expect(await archive.viewer.getByRole("button", { name: "Describe" }).count()).toBe(0);
});

describe("for everybody", () => {
  async function withEverything(options: VisitOptions = {}) {
    await on.empty(1);
    await on.write(1, { keywords: ["one", "two"], shelf: "C-17", printed: { paper: "matt" } });
    const opened = await on.describe(1, options);
    await opened.form.getByRole("button", { name: "More fields" }).press("Enter");
    await opened.form.getByRole("textbox", { name: "Date taken" }).fill("some time");
    await opened.form.getByRole("textbox", { name: "Description" }).fill("Mine");
    await on.write(1, { description: "Theirs" });
    return opened;
  }

  test("the form keeps nobody out, and is no wider than the window", async () => {
    const { page, complaints } = await withEverything();
    const isNoWider = (): Promise<boolean> =>
      page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    const wide = await accessibilityFindings(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourFindings(page);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 320, height: 640 });
    const small = await accessibilityFindings(page);
    const fits = await isNoWider();
    await page.emulateMedia({ colorScheme: "dark" });
    const smallDark = await colourFindings(page);
    expect({ wide, dark, small, smallDark, fits }).toEqual({
      wide: [],
      dark: [],
      small: [],
      smallDark: [],
      fits: true,
    });
    expect(complaints.violations).toEqual([]);
  });

  test("so does the choice between two texts, and the templates", async () => {
    const { page, form } = await withEverything();
    await form.getByRole("textbox", { name: "Date taken" }).fill("1962");
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByRole("group", { name: "Description" }).waitFor();
    const conflict = await accessibilityFindings(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const conflictDark = await colourFindings(page);
    await form.getByRole("button", { name: "Templates" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Templates" });
    await dialog.getByRole("textbox", { name: "Name of the template" }).fill("Mine");
    await page.keyboard.press("Enter");
    await dialog.getByRole("radio", { name: "Mine" }).waitFor();
    const dark = await colourFindings(page);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 320, height: 640 });
    const templates = await accessibilityFindings(page);
    expect({ conflict, conflictDark, templates, dark }).toEqual({
      conflict: [],
      conflictDark: [],
      templates: [],
      dark: [],
    });
  });

  test("a screen reader finds every field by its name, and how its keywords are typed", async () => {
    const { form } = await withEverything();
    const snapshot = await form.ariaSnapshot();
    for (const line of [
      /- textbox "Description"/,
      /- combobox "Keywords"/,
      /- list "Keywords of this photo":/,
      /- button "Remove one"/,
      /- textbox "Title"/,
      /- button "More fields" \[expanded\]/,
      /- group "Rating":/,
      /- radio "5 stars"/,
      /- textbox "Date taken"/,
      /- textbox "Place"/,
      /- textbox "Shelf": C-17/,
    ])
      expect(snapshot).toMatch(line);
  });

  test("in forced colours everything that is pressed has an edge", async () => {
    const { form } = await withEverything({ forcedColors: "active" });
    const edgeless = await form.getByRole("button").evaluateAll((buttons) =>
      buttons
        .filter((button) => button.checkVisibility())
        .filter((button) => Number.parseFloat(getComputedStyle(button).borderTopWidth) === 0)
        .map((button) => button.outerHTML.slice(0, 120)),
    );
    expect(edgeless).toEqual([]);
  });
});
