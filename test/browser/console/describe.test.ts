import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { accessibilityFindings, colourFindings } from "../support/accessibility.ts";
import { ConsolePage } from "../support/console-page.ts";
import { bringInDozen, byName, wordsOf, write } from "../support/dozen.ts";
import { focused, tabTo } from "../support/keyboard.ts";
import { startSite, type OwnSite } from "../support/site.ts";
import { expectShown } from "../support/shown.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

let site: OwnSite;
let ids: string[];

beforeAll(async () => {
  site = await startSite();
  ids = await bringInDozen(site);
});

afterAll(() => site.close());

/** Takes every word of these photos away, so that no test sees those of another one. */
async function empty(...places: number[]): Promise<void> {
  for (const place of places) {
    const names = Object.keys(await wordsOf(site, idAt(place)));
    await write(site, idAt(place), Object.fromEntries(names.map((name) => [name, null])));
  }
}

function idAt(place: number): string {
  return ids[place - 1] ?? "";
}

async function openPhoto(place: number, options: VisitOptions = {}) {
  const visit = await site.visitSignedIn(`/?${byName}&photo=${idAt(place)}`, options);
  const archive = new ConsolePage(visit.page);
  await archive.viewer.waitFor();
  return { ...visit, archive, form: formOf(visit.page) };
}

/** The same with the focus in the description. */
async function describePhoto(place: number, options: VisitOptions = {}) {
  const opened = await openPhoto(place, options);
  await opened.form.waitFor();
  await opened.page.keyboard.press("e");
  await expectFocused(opened.page, "description");
  return opened;
}

/** Looks again until it holds, however busy the machine is. */
function expectPolled<Value>(look: () => Value | Promise<Value>) {
  return expect.poll(look, { timeout: 30_000 });
}

/** What the service comes to have of a photo. */
function expectWords(place: number) {
  return expectPolled(() => wordsOf(site, idAt(place)));
}

function formOf(page: Page): Locator {
  return page.getByRole("form", { name: "Describe this photo" });
}

/** Holds that the field whose id ends so has the focus, or comes to have it. */
async function expectFocused(page: Page, name: string): Promise<void> {
  await page.waitForFunction((end) => document.activeElement?.id.endsWith(`-${end}`) === true, name);
}

async function expectOpen(page: Page, place: number): Promise<void> {
  await page.waitForURL((url) => url.searchParams.get("photo") === idAt(place));
}

function told(page: Page, sentence: string | RegExp): Locator {
  return page.getByRole("status").filter({ hasText: sentence });
}

describe("describing one photo after the other", () => {
  test("takes one keystroke a photo beside the text, and the service has every word", async () => {
    await empty(1, 2, 3, 4);
    const { page, complaints } = await describePhoto(1);
    for (const place of [1, 2, 3]) {
      await expectOpen(page, place);
      await expectFocused(page, "description");
      await page.keyboard.type(`Photo number ${place}`);
      await page.keyboard.press("Control+Enter");
    }
    await expectOpen(page, 4);
    await expectFocused(page, "description");
    for (const place of [1, 2, 3]) await expectWords(place).toEqual({ description: `Photo number ${place}` });
    await told(page, "Saved").waitFor();
    expect(complaints).toEqual(noComplaints);
  });

  test("loses nothing of what is typed without a pause", async () => {
    await empty(1, 2, 3, 4, 5, 6);
    const { page } = await describePhoto(1);
    for (const place of [1, 2, 3, 4, 5]) {
      await page.keyboard.type(`Fast ${place}`);
      await page.keyboard.press("Control+Enter");
      await expectOpen(page, place + 1);
      await expectFocused(page, "description");
    }
    for (const place of [1, 2, 3, 4, 5]) await expectWords(place).toEqual({ description: `Fast ${place}` });
  });

  test("can be taken back by Ctrl+Z, while nothing is typed for the next photo", async () => {
    await empty(1, 2);
    const { page } = await describePhoto(1);
    await page.keyboard.type("Not so");
    await page.keyboard.press("Control+Enter");
    await expectOpen(page, 2);
    await told(page, "Saved").waitFor();
    await expectFocused(page, "description");
    await page.keyboard.press("Control+z");
    await told(page, "Undone").waitFor();
    expect(await wordsOf(site, idAt(1))).toEqual({});
  });

  test("ends at the last photo, which is saved and says that it is the last", async () => {
    await empty(12);
    const { page, archive } = await describePhoto(12);
    await page.keyboard.type("The last one");
    await page.keyboard.press("Control+Enter");
    await archive.viewer.getByText("This is the last photo.").waitFor();
    await expectWords(12).toEqual({ description: "The last one" });
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatch(/Keywords/);
  });
});

describe("keywords", () => {
  test("follow the description by Tab, are taken by Enter or a comma, and taken back by Backspace", async () => {
    await empty(1);
    const { page, form } = await describePhoto(1);
    await page.keyboard.press("Tab");
    await expectFocused(page, "keywords");
    await page.keyboard.type("quay");
    await page.keyboard.press("Enter");
    await page.keyboard.type("crane,QUAY,dock,");
    const list = form.getByRole("list", { name: "Keywords of this photo" });
    await expectPolled(() => list.getByRole("link").allTextContents()).toEqual(["quay", "crane", "dock"]);
    await page.keyboard.press("Backspace");
    await told(page, "dock removed").waitFor();
    await expectPolled(() => list.getByRole("link").allTextContents()).toEqual(["quay", "crane"]);
    await page.keyboard.press("Control+Enter");
    await expectWords(1).toEqual({ keywords: ["quay", "crane"] });
  });

  test("are completed from those of the archive, the most used first, and announced", async () => {
    await empty(1, 2, 3);
    await write(site, idAt(2), { keywords: ["Shipyard", "Ship"] });
    await write(site, idAt(3), { keywords: ["Shipyard"] });
    const { page, form } = await describePhoto(1);
    await page.keyboard.press("Tab");
    await page.keyboard.type("shi");
    const options = page.getByRole("listbox", { name: "Keywords of the archive" }).getByRole("option");
    await expectPolled(() => options.allInnerTexts()).toEqual([
      expect.stringContaining("Shipyard"),
      expect.stringContaining("Ship"),
    ]);
    await told(page, "2 suggestions").waitFor();
    await page.keyboard.press("ArrowDown");
    const field = form.getByRole("combobox", { name: "Keywords" });
    const active = await field.getAttribute("aria-activedescendant");
    expect(await options.first().getAttribute("id")).toBe(active);
    expect(await options.first().getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await expectWords(1).toEqual({ keywords: ["Shipyard"] });
  });

  test("count as soon as they are typed, without Enter", async () => {
    await empty(1);
    const { page } = await describePhoto(1);
    await page.keyboard.press("Tab");
    await page.keyboard.type("breakwater");
    await page.keyboard.press("Control+Enter");
    await expectWords(1).toEqual({ keywords: ["breakwater"] });
  });

  test("are walked by the arrows, and removed where the focus is", async () => {
    await empty(1);
    await write(site, idAt(1), { keywords: ["one", "two", "three"] });
    const { page, form } = await describePhoto(1);
    await tabTo(page, /^a: one/);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toBe("button: Remove two");
    await page.keyboard.press("Enter");
    const list = form.getByRole("list", { name: "Keywords of this photo" });
    await expectPolled(() => list.getByRole("link").allTextContents()).toEqual(["one", "three"]);
    expect(await focused(page)).toBe("button: Remove three");
  });

  test("Escape closes the suggestions and gives nothing up", async () => {
    await empty(1, 2);
    await write(site, idAt(2), { keywords: ["Shipyard"] });
    const { page, archive } = await describePhoto(1);
    await page.keyboard.type("Kept");
    await page.keyboard.press("Tab");
    await page.keyboard.type("ship");
    const list = page.getByRole("listbox", { name: "Keywords of the archive" });
    await list.waitFor();
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    expect(await archive.viewer.count()).toBe(1);
    expect(await formOf(page).getByRole("textbox", { name: "Description" }).inputValue()).toBe("Kept");
  });
});

describe("what was typed", () => {
  test("is given up by Escape, comes back by Ctrl+Z, and a second Escape closes the photo", async () => {
    await empty(1);
    const { page, archive, form } = await describePhoto(1);
    const description = form.getByRole("textbox", { name: "Description" });
    await page.keyboard.type("Typed in vain");
    await page.keyboard.press("Escape");
    await told(page, "What you typed was given up.").waitFor();
    expect(await description.inputValue()).toBe("");
    await page.keyboard.press("Control+z");
    await expectPolled(() => description.inputValue()).toBe("Typed in vain");
    await page.keyboard.press("Escape");
    await form.getByRole("button", { name: "Undo" }).waitFor();
    await page.keyboard.press("Escape");
    await archive.viewer.waitFor({ state: "detached" });
    expect(await wordsOf(site, idAt(1))).toEqual({});
  });

  test("stays where somebody goes on to another photo, and nothing is saved", async () => {
    await empty(1, 2);
    const { page, archive, form } = await describePhoto(1);
    await page.keyboard.type("Half a sentence");
    await archive.viewer.getByRole("button", { name: "Next photo" }).click();
    await expectOpen(page, 2);
    await expectPolled(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("");
    await page.keyboard.press("ArrowLeft");
    await expectOpen(page, 1);
    await expectPolled(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe(
      "Half a sentence",
    );
    expect(await wordsOf(site, idAt(1))).toEqual({});
  });

  test("is there after the tab has died, with the word when it was typed, and can be given up", async () => {
    await empty(1);
    const { page, context } = await describePhoto(1);
    await page.keyboard.type("Before the crash");
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await again.goto(new URL(`/?${byName}&photo=${idAt(1)}`, site.url).href);
    const form = formOf(again);
    await form.getByText(/^Restored: what you typed on/).waitFor();
    const description = form.getByRole("textbox", { name: "Description" });
    expect(await description.inputValue()).toBe("Before the crash");
    await form.getByRole("button", { name: "Give up" }).press("Enter");
    await expectPolled(() => description.inputValue()).toBe("");
    await expectFocused(again, "description");
  });

  test("is there after the session has ended and somebody has signed in again", async () => {
    await empty(1);
    const { page, context } = await describePhoto(1);
    await page.keyboard.type("Over the end");
    await context.clearCookies();
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
    await page.getByLabel("API key", { exact: true }).fill(site.key);
    await page.keyboard.press("Enter");
    await expectWords(1).toEqual({ description: "Over the end" });
  });

  test("waits where there is no connection, says so, and is saved when it is back", async () => {
    await empty(1);
    const { page, context, form } = await describePhoto(1);
    await page.keyboard.type("From the train");
    await context.setOffline(true);
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByText(/saved as soon as the service can be reached/).waitFor();
    await context.setOffline(false);
    await expectWords(1).toEqual({ description: "From the train" });
  });
});

describe("what cannot be saved", () => {
  test("says so beside its field, and nothing of it is lost", async () => {
    await empty(1);
    const { page, form } = await describePhoto(1);
    const description = form.getByRole("textbox", { name: "Description" });
    await description.fill("a".repeat(1025));
    await form.getByText("1025 characters; at most 1,024 are kept.").waitFor();
    await page.keyboard.press("Control+Enter");
    await form.getByRole("alert").filter({ hasText: "Not saved: one field needs a change." }).waitFor();
    await expectFocused(page, "description");
    expect(await description.getAttribute("aria-invalid")).toBe("true");
    expect((await description.inputValue()).length).toBe(1025);
    await expectOpen(page, 1);
    expect(await wordsOf(site, idAt(1))).toEqual({});
  });

  test("opens the field that is not shown", async () => {
    await empty(1);
    const { page, form } = await describePhoto(1);
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await form.getByRole("textbox", { name: "Date taken" }).fill("last summer");
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await page.keyboard.press("Control+Enter");
    await expectFocused(page, "taken_at");
    await form.getByText(/This is no date that can be read/).waitFor();
  });

  test("keeps the words of the service's refusal beside the field", async () => {
    await empty(1);
    const { page, form } = await describePhoto(1, {
      prepare: (page) =>
        page.route("**/v1/media/*", (route) =>
          route.request().method() === "PATCH"
            ? route.fulfill({
                status: 422,
                contentType: "application/problem+json",
                json: {
                  type: "/docs/errors#validation_error",
                  title: "Unprocessable",
                  status: 422,
                  detail: "The body does not fit.",
                  code: "validation_error",
                  request_id: "r",
                  errors: [{ path: "object_metadata.description", message: "is not liked" }],
                },
              })
            : route.continue(),
        ),
    });
    await page.keyboard.type("Refused");
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByText("The service says: it is not liked.").waitFor();
    expect(await form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("Refused");
  });
});

describe("two people at once", () => {
  test("see both texts, and one is chosen by the keyboard", async () => {
    await empty(1);
    const { page, form } = await describePhoto(1);
    await page.keyboard.type("Mine");
    await write(site, idAt(1), { description: "Theirs" });
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByRole("alert").filter({ hasText: "Somebody else has changed this photo" }).waitFor();
    const both = form.getByRole("group", { name: "Description" });
    expect(await both.getByRole("definition").allTextContents()).toEqual(["Theirs", "Mine"]);
    await both.getByRole("button", { name: "Keep mine: Description" }).press("Enter");
    await expectWords(1).toEqual({ description: "Mine" });
    await expectFocused(page, "description");
  });

  test("lose nothing where the other text is kept, and keywords of both stay", async () => {
    await empty(1);
    const { page, form } = await describePhoto(1);
    await page.keyboard.type("Mine");
    await page.keyboard.press("Tab");
    await page.keyboard.type("mine,");
    await write(site, idAt(1), { description: "Theirs", keywords: ["theirs"] });
    await form.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await form.getByRole("button", { name: "Keep theirs: Description" }).press("Enter");
    await expectWords(1).toEqual({ description: "Theirs", keywords: ["theirs", "mine"] });
    await expectPolled(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("Theirs");
  });
});

describe("copying from the photo before", () => {
  test("fills what is empty with the words that were saved last, and can be taken back", async () => {
    await empty(1, 2);
    await write(site, idAt(2), { description: "Its own" });
    const { page, form } = await describePhoto(1);
    await page.keyboard.type("The first");
    await page.keyboard.press("Tab");
    await page.keyboard.type("pier,");
    await page.keyboard.press("Control+Enter");
    await expectOpen(page, 2);
    await expectFocused(page, "description");
    await page.keyboard.press("Alt+ArrowUp");
    await told(page, "Copied from the photo before: Keywords.").waitFor();
    expect(await form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("Its own");
    await page.keyboard.press("Control+z");
    await expectPolled(() => form.getByRole("link", { name: "pier" }).count()).toBe(0);
    await page.keyboard.press("Alt+ArrowUp");
    await form.getByRole("link", { name: "pier" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await expectWords(2).toEqual({ description: "Its own", keywords: ["pier"] });
  });

  test("takes the words of the photo before in the list, where nothing was saved in this tab", async () => {
    await empty(1, 2);
    await write(site, idAt(1), { city: "Brest", keywords: ["pier"] });
    const { page } = await describePhoto(2);
    await expectPolled(async () => {
      await page.keyboard.press("Alt+ArrowUp");
      return told(page, /^Copied from the photo before/).textContent();
    }).toBe("Copied from the photo before: Keywords and City.");
  });
});

describe("the other fields", () => {
  test("take dates and places as people write them, and say what is saved", async () => {
    await empty(1);
    const { page, form } = await describePhoto(1);
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await form.getByRole("textbox", { name: "Date taken" }).fill("14.7.1962 16:03");
    await form.getByText("Is saved as: 14 July 1962 at 16:03").waitFor();
    await form.getByRole("textbox", { name: "Place" }).fill("48°51'N 2°21'E");
    await form.getByText("Is saved as: 48.85° N, 2.35° E").waitFor();
    await form.getByRole("radio", { name: "4 stars" }).focus();
    await page.keyboard.press("3");
    await expectShown(form.getByRole("radio", { name: "3 stars", checked: true }));
    await page.keyboard.press("Control+Enter");
    await expectWords(1).toEqual({
      taken_at: "1962-07-14T16:03",
      location: { latitude: 48.85, longitude: 2.35 },
      rating: 3,
    });
  });

  test("keep numbers as numbers, show what is no text, and take new ones by name", async () => {
    await empty(1);
    await write(site, idAt(1), { copies: 3, printed: { paper: "matt" }, shelf: "C-17" });
    const { page, form } = await describePhoto(1);
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await form.getByRole("textbox", { name: "Copies" }).fill("4");
    await form.getByText("Paper: matt").waitFor();
    await form.getByRole("textbox", { name: "Shelf" }).fill("");
    await form.getByRole("textbox", { name: "Name of a new field" }).fill("Film roll");
    await page.keyboard.press("Enter");
    await expectFocused(page, "film_roll");
    await page.keyboard.type("12a");
    await page.keyboard.press("Control+Enter");
    await expectWords(1).toEqual({ copies: 4, printed: { paper: "matt" }, film_roll: "12a" });
  });

  test("stay open for the next photo", async () => {
    const { page, form } = await describePhoto(1);
    await form.getByRole("button", { name: "More fields" }).press("Enter");
    await form.getByRole("textbox", { name: "Creator" }).waitFor();
    await page.reload();
    await form.getByRole("textbox", { name: "Creator" }).waitFor();
  });
});

describe("a template", () => {
  test("is made of a photo, and its ticked fields are written about another one, by the keyboard", async () => {
    await empty(1, 2);
    await write(site, idAt(1), { city: "Brest", credit: "dpa", keywords: ["pier"] });
    const { page, form } = await describePhoto(1);
    await page.keyboard.press("Alt+t");
    const dialog = page.getByRole("dialog", { name: "Templates" });
    await dialog.getByRole("textbox", { name: "Name of the template" }).fill("Pier");
    await page.keyboard.press("Enter");
    await dialog.getByRole("status").filter({ hasText: "The template “Pier” is kept." }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expectFocused(page, "description");
    await page.keyboard.press("Control+Enter");
    await expectOpen(page, 2);
    await expectFocused(page, "description");
    await page.keyboard.press("Alt+t");
    await dialog.getByRole("checkbox", { name: /^Credit/ }).press("Space");
    await page.keyboard.press("Enter");
    await told(page, /^From the template: /).waitFor();
    await form.getByRole("link", { name: "pier" }).waitFor();
    await expectFocused(page, "description");
    await page.keyboard.press("Control+Enter");
    await expectWords(2).toEqual({ city: "Brest", keywords: ["pier"] });
  });

  test("that was removed comes back", async () => {
    await empty(1);
    await write(site, idAt(1), { city: "Brest" });
    const { page } = await describePhoto(1);
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
  await empty(1);
  await write(site, idAt(1), { description: "For everybody" });
  const { page, archive } = await openPhoto(1, {
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
    await empty(1);
    await write(site, idAt(1), { keywords: ["one", "two"], shelf: "C-17", printed: { paper: "matt" } });
    const opened = await describePhoto(1, options);
    await opened.form.getByRole("button", { name: "More fields" }).press("Enter");
    await opened.form.getByRole("textbox", { name: "Date taken" }).fill("some time");
    await opened.form.getByRole("textbox", { name: "Description" }).fill("Mine");
    await write(site, idAt(1), { description: "Theirs" });
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
