import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { accessibilityFindings, colourFindings } from "../support/accessibility.ts";
import { ConsolePage } from "../support/console-page.ts";
import { expectPolled, expectWords, startDescribed, type Described } from "../support/described.ts";
import { byName } from "../support/dozen.ts";
import { focused, tabTo } from "../support/keyboard.ts";
import { expectShown } from "../support/shown.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

/** Two pages: twenty photos, and three. */
const photos = 23;

let on: Described;

beforeAll(async () => {
  on = await startDescribed(photos);
});

afterAll(() => on.site.close());

async function openSheet(from = 0, options: VisitOptions = {}) {
  const visit = await on.site.visitSignedIn(
    `/?view=sheet&${byName}${from === 0 ? "" : `&from=${from}`}`,
    options,
  );
  await rowOf(visit.page, from + 1).waitFor();
  return visit;
}

function rowOf(page: Page, place: number): Locator {
  return page.getByRole("form", { name: `Photo ${place}: ${String(place).padStart(2, "0")}.jpg` });
}

function descriptionOf(page: Page, place: number): Locator {
  return rowOf(page, place).getByRole("textbox", { name: "Description" });
}

async function expectDescribing(page: Page, place: number): Promise<void> {
  await descriptionOf(page, place).waitFor();
  await page.waitForFunction(
    (name) => document.activeElement?.closest("form")?.getAttribute("aria-label") === name,
    `Photo ${place}: ${String(place).padStart(2, "0")}.jpg`,
  );
  expect(await focused(page)).toMatch(/^textarea/);
}

describe("the contact sheet", () => {
  test("is walked by Ctrl+Enter, which saves a row and goes on to the next one", async () => {
    await on.empty(1, 2, 3);
    const { page, complaints } = await openSheet();
    await tabTo(page, /^textarea/);
    await expectDescribing(page, 1);
    for (const place of [1, 2]) {
      await page.keyboard.type(`Row ${place}`);
      await page.keyboard.press("Control+Enter");
      await expectDescribing(page, place + 1);
    }
    for (const place of [1, 2]) await expectWords(on, place).toEqual({ description: `Row ${place}` });
    await page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
    expect(complaints).toEqual(noComplaints);
  });

  test("goes on from the last row with the next page, which stands in the address", async () => {
    await on.empty(20, 21);
    const { page } = await openSheet();
    await descriptionOf(page, 20).fill("The end of the page");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(/from=20/);
    await expectDescribing(page, 21);
    await page.keyboard.type("The next page");
    await page.keyboard.press("Control+Enter");
    await expectDescribing(page, 22);
    await expectWords(on, 20).toEqual({ description: "The end of the page" });
    await expectWords(on, 21).toEqual({ description: "The next page" });
  });

  test("says where the photos end, and has saved the last one", async () => {
    await on.empty(photos);
    const { page } = await openSheet(20);
    await descriptionOf(page, photos).fill("The very last");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("status").filter({ hasText: "This was the last photo." }).waitFor();
    await expectWords(on, photos).toEqual({ description: "The very last" });
  });

  test("asks once for the words of a page, not once for each photo", async () => {
    const { page, requests } = await openSheet();
    await rowOf(page, 20).waitFor();
    const words = requests.made.filter((url) => /\/v1\/media\?(?=.*\bid=)/.test(url));
    expect(words).toHaveLength(1);
    expect(requests.made.filter((url) => /\/v1\/media\/[^/?]+$/.test(url))).toEqual([]);
  });

  test("begins where its address says, and its links lead to the pages beside it", async () => {
    const { page } = await openSheet(20);
    await page.getByText("Photos 21 to 23 of 23").waitFor();
    await page.getByRole("link", { name: "Previous page" }).first().press("Enter");
    await rowOf(page, 1).waitFor();
    expect(new URL(page.url()).searchParams.get("from")).toBeNull();
    await page.goBack();
    await rowOf(page, 21).waitFor();
  });

  test("copies what is missing from the row before", async () => {
    await on.empty(4, 5);
    await on.write(4, { city: "Brest", keywords: ["pier"] });
    const { page } = await openSheet();
    await descriptionOf(page, 5).press("Alt+ArrowUp");
    await rowOf(page, 5).getByRole("link", { name: "pier" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 5).toEqual({ city: "Brest", keywords: ["pier"] });
  });

  test("has the other fields of a row behind a button", async () => {
    await on.empty(6);
    const { page } = await openSheet();
    const row = rowOf(page, 6);
    expect(await row.getByRole("textbox", { name: "Title" }).count()).toBe(0);
    await row.getByRole("button", { name: "More fields" }).press("Enter");
    await row.getByRole("textbox", { name: "Title" }).fill("A title");
    await page.keyboard.press("Control+Enter");
    await expectWords(on, 6).toEqual({ title: "A title" });
  });

  test("leads to a photo and back to where one was, with what was typed there", async () => {
    await on.empty(15);
    const { page } = await openSheet();
    await descriptionOf(page, 15).fill("Half a sent");
    const link = page.getByRole("link", { name: "Open 15.jpg" });
    await link.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => document.querySelector("main > div")?.scrollTop ?? -1);
    await link.press("Enter");
    const { viewer } = new ConsolePage(page);
    await viewer.waitFor();
    const form = page.getByRole("form", { name: "Describe this photo" });
    await expectPolled(() => form.getByRole("textbox", { name: "Description" }).inputValue()).toBe(
      "Half a sent",
    );
    await viewer.getByRole("button", { name: "Close", exact: true }).press("Enter");
    await viewer.waitFor({ state: "detached" });
    await expectPolled(() => focused(page)).toBe("a: Open 15.jpg");
    expect(await page.evaluate(() => document.querySelector("main > div")?.scrollTop ?? -1)).toBe(before);
    await expect.poll(() => descriptionOf(page, 15).inputValue()).toBe("Half a sent");
  });

  test("moves nothing by itself while it loads", async () => {
    const { page, shifts } = await openSheet();
    await rowOf(page, 20).waitFor();
    expect(await shifts()).toEqual([]);
  });

  test("says so where no photo fits", async () => {
    const { page } = await on.site.visitSignedIn("/?view=sheet&q=nothinglikethis");
    await expectShown(page.getByText("No photos fit what you are looking for."));
  });
});

test("who may only look is told so, and sees no form", async () => {
  const { page } = await on.site.visitSignedIn(`/?view=sheet&${byName}`, {
    prepare: (page) =>
      page.route("**/v1/session", async (route) => {
        const response = await route.fetch();
        const caller = z.looseObject({}).parse(await response.json());
        await route.fulfill({ response, json: { ...caller, scopes: ["read"] } });
      }),
  });
  await page.getByRole("alert").filter({ hasText: "but not describe them" }).waitFor();
  expect(await page.getByRole("form").count()).toBe(0);
});

describe("for everybody", () => {
  test("the contact sheet keeps nobody out, and is no wider than the window", async () => {
    await on.empty(1);
    await on.write(1, { description: "A harbour", keywords: ["one", "two"] });
    const { page, complaints } = await openSheet();
    await rowOf(page, 1).getByRole("button", { name: "More fields" }).press("Enter");
    const wide = await accessibilityFindings(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourFindings(page);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 320, height: 640 });
    const small = await accessibilityFindings(page);
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
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

  test("a screen reader finds the rows, each with its photo, and the pages", async () => {
    const { page } = await openSheet(20);
    const snapshot = await page.getByRole("main").ariaSnapshot();
    for (const line of [
      /- heading "Contact sheet" \[level=2\]/,
      /- navigation "Pages":/,
      /- link "Previous page"/,
      /- link "Open 21.jpg"/,
      /- 'form "Photo 21: 21\.jpg"':/,
      /- textbox "Description"/,
      /- combobox "Keywords"/,
    ])
      expect(snapshot).toMatch(line);
  });
});
