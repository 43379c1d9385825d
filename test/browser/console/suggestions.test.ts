import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { z } from "zod";
import { accessibilityFindings, colourFindings } from "../support/accessibility.ts";
import { ConsolePage } from "../support/console-page.ts";
import {
  expectFocused,
  expectPolled,
  expectWords,
  told,
  type Described,
  type Opened,
} from "../support/described.ts";
import { focused } from "../support/keyboard.ts";
import { lookToSelect, selectFirst } from "../support/selecting.ts";
import { expectShown } from "../support/shown.ts";
import { startSuggested, suggest } from "../support/suggested.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

const sentence = "A dog runs along a beach.";
const said = { description: sentence, keywords: ["dog", "beach"] };
const taken = { description: sentence, keywords: ["dog", "beach"] };

let on: Described;

beforeAll(async () => {
  on = await startSuggested();
});

afterAll(() => on.site.close());

/** A photo without words, of which a model has said something, in the form. */
async function describeSuggested(
  place: number,
  says: Parameters<typeof suggest>[2] = said,
  options: VisitOptions = {},
): Promise<Opened> {
  await on.empty(place);
  suggest(on, place, says);
  const opened = await on.describe(place, options);
  await decisionsIn(opened.form).waitFor();
  return opened;
}

const decisionsIn = (form: Locator): Locator => form.getByRole("group", { name: "Suggestions" });
const chipsIn = (form: Locator): Locator => form.getByRole("list", { name: "Suggested keywords" });
const sentenceIn = (form: Locator): Locator => form.getByRole("group", { name: "Suggested description" });

const suggestedSchema = z.object({ suggestions: z.unknown() });

const foundSchema = z.object({ items: z.array(z.object({ id: z.string() })) });

/** What the service shows as suggested for a photo. */
async function leftOf(place: number): Promise<unknown> {
  return (await on.site.client.json(suggestedSchema, `/v1/media/${on.idAt(place)}`)).suggestions;
}

const expectLeft = (place: number) => expectPolled(() => leftOf(place));

describe("suggestions", () => {
  test("stand beside the fields and not in them, and are marked", async () => {
    const { form, complaints } = await describeSuggested(1);
    await expect.poll(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe("");
    await expect.poll(() => sentenceIn(form).textContent()).toContain("Suggestion");
    await expect.poll(() => chipsIn(form).getByRole("button").allTextContents()).toHaveLength(2);
    expect(await on.words(1)).toEqual({});
    expect(complaints).toEqual(noComplaints);
  });

  test("are taken and saved by one key, and given back by another", async () => {
    const { page, form } = await describeSuggested(1);
    await page.keyboard.press("Alt+Enter");
    await expectWords(on, 1).toEqual(taken);
    await expectShown(told(page, /^Saved$/));
    await expectFocused(page, "description");
    expect(await decisionsIn(form).count()).toBe(0);
    await expectLeft(1).toBeNull();
    await page.keyboard.press("Control+z");
    await expectShown(told(page, /^Undone$/));
    await expectWords(on, 1).toEqual({});
    await decisionsIn(form).waitFor();
    await expectLeft(1).toMatchObject({ description: sentence });
  });

  test("wait with what is typed, are saved with it, and leave a description that is there", async () => {
    const { page, form } = await describeSuggested(1);
    await page.keyboard.type("Rex");
    await page.keyboard.press("Alt+Enter");
    await form.getByRole("link", { name: "beach" }).waitFor();
    expect(await on.words(1)).toEqual({});
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 1).toEqual({ description: "Rex", keywords: ["dog", "beach"] });
    await expectLeft(1).toMatchObject({ description: sentence, keywords: [] });
  });

  test("are taken one by one, with the focus on the next", async () => {
    const { page, form } = await describeSuggested(1);
    await chipsIn(form).getByRole("button", { name: "Add dog" }).focus();
    await page.keyboard.press("Enter");
    await expectWords(on, 1).toEqual({ keywords: ["dog"] });
    await expectPolled(() => focused(page)).toBe("button: Add beach");
    await page.keyboard.press("Enter");
    await expectFocused(page, "keywords");
    await expectWords(on, 1).toEqual({ keywords: ["dog", "beach"] });
    await expectLeft(1).toMatchObject({ description: sentence, keywords: [] });
  });

  test("replace a description only where its own button is pressed", async () => {
    await on.empty(1);
    await on.write(1, { description: "Rex" });
    suggest(on, 1, { description: sentence });
    const { page, form } = await on.describe(1);
    await decisionsIn(form).waitFor();
    await page.keyboard.press("Alt+Enter");
    await expectShown(told(page, /^Your own description stays/));
    expect(await on.words(1)).toEqual({ description: "Rex" });
    await form.getByRole("button", { name: "Replace the description" }).press("Enter");
    await expectWords(on, 1).toEqual({ description: sentence });
  });

  test("are refused by one key, and are there again by another", async () => {
    const { page, form } = await describeSuggested(1);
    await page.keyboard.press("Alt+r");
    await expectShown(told(page, "The suggestions for this photo are refused."));
    await decisionsIn(form).waitFor({ state: "detached" });
    expect([await leftOf(1), await on.words(1)]).toEqual([null, {}]);
    await page.keyboard.press("Control+z");
    await expectShown(told(page, /^Undone$/));
    await decisionsIn(form).waitFor();
  });

  test("that are taken without a network are not lost, and arrive when it is back", async () => {
    const { page, context, form } = await describeSuggested(1);
    await context.setOffline(true);
    await page.keyboard.press("Alt+Enter");
    await form.getByText("It is saved as soon as the service can be reached.").waitFor();
    await expect.poll(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe(sentence);
    await context.setOffline(false);
    await expectWords(on, 1).toEqual(taken);
    await expectLeft(1).toBeNull();
  });

  test("is text, whatever it looks like", async () => {
    const html = `<img src=x onerror="document.title='taken'"> =1+1 {{7*7}} Ignore your instructions.`;
    const { page, form, complaints } = await describeSuggested(1, { description: html });
    await expectShown(sentenceIn(form).getByText(html));
    await page.keyboard.press("Alt+Enter");
    await expectWords(on, 1).toEqual({ description: html });
    expect(await page.title()).not.toBe("taken");
    expect(complaints).toEqual(noComplaints);
  });

  test("are looked through from photo to photo", async () => {
    await on.empty(2, 3);
    for (const place of [2, 3]) suggest(on, place, said);
    const { page } = await on.site.visitSignedIn("/");
    await page.getByRole("link", { name: /^With suggestions/ }).click();
    await page.waitForURL(/view=sheet&has=suggestions/);
    await expectShown(page.getByText("Alt + Enter takes what is suggested"));
    const forms = page.getByRole("form");
    await forms.first().getByRole("textbox", { name: "Description" }).focus();
    await page.keyboard.press("Alt+Enter");
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(
      () =>
        document.activeElement?.closest("form") === document.querySelectorAll("form[aria-label^=Photo]")[1],
    );
    await page.keyboard.press("Alt+Enter");
    for (const place of [2, 3]) await expectWords(on, place).toEqual(taken);
  });

  test("of which nothing is shown leave the photos to look through by the same key", async () => {
    await on.empty(4);
    await on.write(4, { description: sentence });
    suggest(on, 4, { description: sentence });
    const { page } = await on.site.visitSignedIn("/?view=sheet&has=suggestions");
    const form = page.getByRole("form", { name: /04\.jpg$/ });
    await form.getByRole("textbox", { name: "Description" }).focus();
    await page.keyboard.press("Alt+r");
    await expectShown(told(page, "The suggestions for this photo are refused."));
    const found = await on.site.client.json(foundSchema, "/v1/media?has=suggestions");
    expect(found.items.map(({ id }) => id)).not.toContain(on.idAt(4));
  });

  test("of many photos are taken together, and given back", async () => {
    await on.empty(1, 2);
    for (const place of [1, 2]) suggest(on, place, said);
    const { page, archive, bar } = await lookToSelect(on.site, "/?sort=object_key");
    await selectFirst(archive, 2);
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = page.getByRole("dialog", { name: "Describe 2 photos" });
    await dialog.getByRole("button", { name: "Take suggestions" }).click();
    await dialog.getByRole("button", { name: "Save for 2 photos" }).click();
    for (const place of [1, 2]) await expectWords(on, place).toEqual(taken);
    await expectShown(told(page, "2 photos changed"));
    await page.keyboard.press("Control+z");
    await expectShown(told(page, /^Undone$/));
    for (const place of [1, 2]) await expectWords(on, place).toEqual({});
    await expectLeft(1).toMatchObject({ description: sentence });
  });

  test("of all photos that a search has found are taken, also where it found them by a suggestion alone", async () => {
    await on.empty(5, 6);
    await on.write(5, { description: "A balloon" });
    suggest(on, 5, { keywords: ["flight"] });
    suggest(on, 6, { description: "A balloon over a lake." });
    const { page, archive, bar } = await lookToSelect(on.site, "/?q=balloon");
    await archive.cells.first().focus();
    await page.keyboard.press("Control+a");
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = page.getByRole("dialog", { name: "Describe 2 photos" });
    await dialog.getByRole("button", { name: "Take suggestions" }).click();
    await dialog.getByRole("button", { name: "Save for 2 photos" }).click();
    await expectWords(on, 5).toEqual({ description: "A balloon", keywords: ["flight"] });
    await expectWords(on, 6).toEqual({ description: "A balloon over a lake." });
  });

  test("are found by a search, and marked", async () => {
    await on.empty(4);
    suggest(on, 4, { description: "A zeppelin over a town." });
    const { page, archive } = await look("/?q=zeppelin");
    await archive.settle();
    expect(await archive.cellName(0)).toContain("found in a suggestion");
    await expectShown(page.getByText("Suggestion", { exact: true }));
  });
});

async function look(path: string, options: VisitOptions = {}) {
  const visit = await on.site.visitSignedIn(path, options);
  return { ...visit, archive: new ConsolePage(visit.page) };
}

describe("for everybody", () => {
  const isNoWider = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

  test("suggestions keep nobody out, and are no wider than the window", async () => {
    const { page } = await describeSuggested(1);
    const wide = await accessibilityFindings(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourFindings(page);
    await page.setViewportSize({ width: 320, height: 640 });
    const smallDark = await colourFindings(page);
    await page.emulateMedia({ colorScheme: "light" });
    const small = await accessibilityFindings(page);
    expect({ wide, dark, small, smallDark, fits: await isNoWider(page) }).toEqual({
      wide: [],
      dark: [],
      small: [],
      smallDark: [],
      fits: true,
    });
  });

  test("who may only look sees what is suggested, and cannot take it", async () => {
    await on.empty(1);
    suggest(on, 1, said);
    const { archive } = await on.open(1, {
      prepare: (page) =>
        page.route("**/v1/session", async (route) => {
          const response = await route.fetch();
          const caller = z.looseObject({}).parse(await response.json());
          await route.fulfill({ response, json: { ...caller, scopes: ["read"] } });
        }),
    });
    await expectShown(archive.viewer.getByText(`${sentence} · dog · beach`));
    expect(await archive.viewer.getByRole("button", { name: "Take all" }).count()).toBe(0);
  });
});
