import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { accessibilityFindings, colourFindings } from "../support/accessibility.ts";
import { focused, tabTo } from "../support/keyboard.ts";
import { fillLibrary } from "../support/large/fill.ts";
import { lookToSelect, selectFirst } from "../support/selecting.ts";
import { expectShown } from "../support/shown.ts";
import { startSite, type OwnSite } from "../support/site.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

/** More than are loaded at once, and more than one call names. */
const photos = 1_300;
const fillsWithinMs = 300_000;

let site: OwnSite;

beforeAll(async () => {
  site = await startSite();
  await fillLibrary(site, photos);
}, fillsWithinMs);

afterAll(() => site.close());

const countSchema = z.object({ total: z.number() });
const wordsSchema = z.object({
  items: z.array(z.object({ id: z.string(), object_metadata: z.record(z.string(), z.unknown()) })),
});

/** How many photos have a keyword. */
async function countWith(keyword: string): Promise<number> {
  const query = new URLSearchParams({ keyword, limit: "1" });
  return (await site.client.json(countSchema, `/v1/media?${query}`)).total;
}

/** The words of the newest photos by date taken. */
async function wordsOfFirst(count: number): Promise<Record<string, unknown>[]> {
  const { items } = await site.client.json(wordsSchema, `/v1/media?sort=taken_at&order=desc&limit=${count}`);
  return items.map(({ object_metadata: words }) => words);
}

const look = (path?: string, options?: VisitOptions) => lookToSelect(site, path, options);

const dialogNamed = (page: Page, name: string) => page.getByRole("dialog", { name });

describe("photos that are selected are described together", () => {
  test("with keywords put on all and taken from all, and fields that are set and emptied", async () => {
    const { page, archive, bar, complaints } = await look();
    const before = await wordsOfFirst(2);
    const [month = ""] = z.array(z.string()).parse(before[0]?.["keywords"]);
    await selectFirst(archive, 2);
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = dialogNamed(page, "Describe 2 photos");
    await dialog.getByRole("button", { name: `Take from all: “${month}”` }).click();
    await dialog.getByRole("combobox", { name: "New keywords for all" }).fill("harbour, boat");
    await page.keyboard.press("Enter");
    await dialog.getByRole("textbox", { name: "Creator" }).fill("Ann");
    await dialog.getByRole("checkbox", { name: "Apply Description" }).check();
    await dialog.getByRole("button", { name: "Save for 2 photos" }).click();
    await dialog.waitFor({ state: "detached" });
    await expectShown(page.getByRole("status").filter({ hasText: "2 photos changed" }));
    for (const words of await wordsOfFirst(2)) {
      expect(words).toMatchObject({ creator: "Ann" });
      expect(words).not.toHaveProperty("description");
      expect(words["keywords"]).toEqual(expect.arrayContaining(["harbour", "boat"]));
      expect(words["keywords"]).not.toContain(month);
    }
    expect(await focused(page)).toMatch(/^gridcell/);
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: "Undone" }));
    expect(await wordsOfFirst(2)).toEqual(before);
    expect(complaints).toEqual(noComplaints);
  });

  test("as all of a search, after somebody has seen what will change, and one key takes it back", async () => {
    const { page, archive, bar } = await look("/?keyword=even");
    const even = await countWith("even");
    await archive.cells.first().focus();
    await page.keyboard.press("Control+a");
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = page.getByRole("dialog", { name: /^Describe/ });
    await dialog.getByRole("combobox", { name: "New keywords for all" }).fill("every-other");
    await dialog.getByRole("button", { name: /^Save for/ }).click();
    await dialog
      .getByRole("status")
      .filter({ hasText: `${even} of ${even} photos will change.` })
      .waitFor();
    expect(await countWith("every-other")).toBe(0);
    await dialog.getByRole("button", { name: `Change ${even} photos` }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await countWith("every-other")).toBe(even);
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: "Undone" }));
    expect(await countWith("every-other")).toBe(0);
  });

  test("by more calls than one, and one key takes all of them back", async () => {
    const { page, archive, bar, requests } = await look();
    await archive.cells.first().focus();
    await page.keyboard.press("Control+Shift+End");
    await bar
      .getByRole("status")
      .filter({ hasText: /1,300 photos selected$/ })
      .waitFor();
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = dialogNamed(page, "Describe 1,300 photos");
    await dialog.getByRole("combobox", { name: "New keywords for all" }).fill("of-all");
    await dialog.getByRole("button", { name: /^Save for/ }).click();
    await dialog.getByRole("button", { name: "Change 1,300 photos" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await countWith("of-all")).toBe(photos);
    // Three that look, and three that change.
    expect(requests.made.filter((url) => url.endsWith("/v1/media/bulk"))).toHaveLength(6);
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: /^Undone$/ }));
    expect(await countWith("of-all")).toBe(0);
  });

  test("and what was typed is there when saving has failed, and is saved then", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 2);
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = dialogNamed(page, "Describe 2 photos");
    await page.route("**/v1/media/bulk", (route) => route.abort());
    await dialog.getByRole("textbox", { name: "City" }).fill("Brest");
    await dialog.getByRole("button", { name: "Save for 2 photos" }).click();
    await expectShown(dialog.getByRole("alert").filter({ hasText: "The service cannot be reached." }));
    await dialog.getByRole("button", { name: "Back" }).click();
    await expect.poll(() => dialog.getByRole("textbox", { name: "City" }).inputValue()).toBe("Brest");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await bar.getByRole("button", { name: "Describe" }).click();
    await expect.poll(() => dialog.getByRole("textbox", { name: "City" }).inputValue()).toBe("Brest");
    await page.unroute("**/v1/media/bulk");
    await dialog.getByRole("button", { name: "Save for 2 photos" }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await wordsOfFirst(2)).map(({ city }) => city)).toEqual(["Brest", "Brest"]);
  });

  test("and what was wished and typed for other photos is shown before it is saved for these", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 2);
    await bar.getByRole("button", { name: "Describe" }).click();
    const first = dialogNamed(page, "Describe 2 photos");
    const put = first.getByRole("button", { name: /^Put on all: / }).first();
    const name = (await put.getAttribute("aria-label")) ?? "";
    await put.click();
    await first.getByRole("combobox", { name: "New keywords for all" }).fill("half a wo");
    await page.keyboard.press("Escape");
    await first.waitFor({ state: "detached" });
    await page.route("**/v1/media/keywords", (route) => route.abort());
    await bar.getByRole("button", { name: "Describe" }).click();
    await expectShown(first.getByRole("alert").filter({ hasText: "The service cannot be reached." }));
    await expect.poll(() => first.getByRole("button", { name, pressed: true }).count()).toBe(1);
    await expect
      .poll(() => first.getByRole("combobox", { name: "New keywords for all" }).inputValue())
      .toBe("half a wo");
    await first.getByRole("button", { name }).click();
    await expect.poll(() => first.getByRole("button", { name, pressed: false }).count()).toBe(1);
    await first.getByRole("button", { name: "Discard" }).click();
    await bar.getByRole("button", { name: "Describe" }).click();
    await expect
      .poll(() => first.getByRole("combobox", { name: "New keywords for all" }).inputValue())
      .toBe("");
  });

  test("and are as before by one key, also where the answer was lost", async () => {
    const { page, archive, bar } = await look();
    const before = await wordsOfFirst(2);
    await selectFirst(archive, 2);
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = dialogNamed(page, "Describe 2 photos");
    await dialog.getByRole("textbox", { name: "Credit" }).fill("Lost and found");
    await page.route(
      "**/v1/media/bulk",
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await dialog.getByRole("button", { name: "Save for 2 photos" }).click();
    await expectShown(dialog.getByRole("alert").filter({ hasText: "The service cannot be reached." }));
    expect((await wordsOfFirst(2)).map(({ credit }) => credit)).toEqual(["Lost and found", "Lost and found"]);
    await dialog.getByRole("button", { name: "Go on" }).click();
    await dialog.waitFor({ state: "detached" });
    await expectShown(page.getByRole("status").filter({ hasText: "2 photos changed" }));
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: /^Undone$/ }));
    expect(await wordsOfFirst(2)).toEqual(before);
  });

  test("and can be stopped between two calls: what was changed until then is told and taken back", async () => {
    const { page, archive, bar } = await look();
    await archive.cells.first().focus();
    await page.keyboard.press("Control+Shift+End");
    await bar
      .getByRole("status")
      .filter({ hasText: /1,300 photos selected$/ })
      .waitFor();
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = dialogNamed(page, "Describe 1,300 photos");
    await dialog.getByRole("combobox", { name: "New keywords for all" }).fill("half-way");
    await dialog.getByRole("button", { name: /^Save for/ }).click();
    await dialog.getByRole("button", { name: "Change 1,300 photos" }).waitFor();
    const held: Route[] = [];
    await page.route("**/v1/media/bulk", (route) => void held.push(route));
    await dialog.getByRole("button", { name: "Change 1,300 photos" }).click();
    await expect.poll(() => held.length).toBe(1);
    await dialog.getByRole("button", { name: "Stop" }).click();
    await held[0]?.continue();
    await expectShown(dialog.getByRole("status").filter({ hasText: "Stopped. 500 photos changed so far" }));
    expect(await countWith("half-way")).toBe(500);
    await page.unroute("**/v1/media/bulk");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: /^Undone$/ }));
    expect(await countWith("half-way")).toBe(0);
  });

  test("with those that cannot be changed told, and why, while the others are", async () => {
    const { page, archive, bar } = await look();
    const { items } = await site.client.json(wordsSchema, "/v1/media?sort=taken_at&order=desc&limit=1");
    const full = Array.from({ length: 256 }, (_, index) => `full-${index}`);
    await site.client.json(z.unknown(), `/v1/media/${items[0]?.id}`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ object_metadata: { keywords: full } }),
    });
    await selectFirst(archive, 2);
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = dialogNamed(page, "Describe 2 photos");
    await dialog.getByRole("combobox", { name: "New keywords for all" }).fill("one-more");
    await dialog.getByRole("button", { name: "Save for 2 photos" }).click();
    await expectShown(dialog.getByText("1 photo cannot be changed:"));
    await expectShown(dialog.getByRole("listitem").filter({ hasText: "256" }));
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await dialog.waitFor({ state: "detached" });
    await expectShown(page.getByRole("status").filter({ hasText: "1 photo changed" }));
    expect(await countWith("one-more")).toBe(1);
    await site.client.json(z.unknown(), `/v1/media/${items[0]?.id}`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ object_metadata: items[0]?.object_metadata ?? {} }),
    });
  });

  test("but with no keyword that is too long, which is told before anything is sent", async () => {
    const { page, archive, bar, requests } = await look();
    await selectFirst(archive, 2);
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = dialogNamed(page, "Describe 2 photos");
    const field = dialog.getByRole("combobox", { name: "New keywords for all" });
    await field.fill("k".repeat(65));
    await dialog.getByRole("button", { name: "Save for 2 photos" }).click();
    await expectShown(dialog.getByRole("alert").filter({ hasText: "A keyword has at most 64 characters." }));
    await expect.poll(() => field.inputValue()).toBe("k".repeat(65));
    expect(requests.made.filter((url) => url.endsWith("/v1/media/bulk"))).toEqual([]);
  });

  test("by the keyboard alone", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 2);
    await bar.waitFor();
    await tabTo(page, /^button: Describe/, "Shift+Tab");
    await page.keyboard.press("Enter");
    const dialog = dialogNamed(page, "Describe 2 photos");
    await dialog.waitFor();
    await tabTo(page, /^input: New keywords for all/);
    await page.keyboard.type("by-keyboard");
    await page.keyboard.press("Enter");
    await tabTo(page, /^button: Save for 2 photos/);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toMatch(/^gridcell/);
    expect(await countWith("by-keyboard")).toBe(2);
  });
});

describe("keeps nobody out, wide, narrow, light and dark:", () => {
  const wide = { width: 1280, height: 900 };
  const narrow = { width: 320, height: 640 };

  test.each([
    ["the bar", async (_page: Page) => {}],
    [
      "the form",
      async (page: Page) => {
        await page.getByRole("button", { name: "Describe" }).click();
        await page.getByRole("button", { name: /^Take/ }).first().click();
      },
    ],
  ])("%s", async (_, then) => {
    const { page, archive, bar, complaints } = await look("/", { viewport: wide });
    await selectFirst(archive, 3);
    await bar.waitFor();
    await then(page);
    const found = { wide: await accessibilityFindings(page) };
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourFindings(page);
    await page.setViewportSize(narrow);
    const smallDark = await colourFindings(page);
    await page.emulateMedia({ colorScheme: "light" });
    const small = await accessibilityFindings(page);
    expect({ ...found, dark, small, smallDark }).toEqual({ wide: [], dark: [], small: [], smallDark: [] });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(narrow.width);
    expect(complaints.violations).toEqual([]);
  });

  test("a screen reader finds what is selected, and what can be done", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 2);
    await bar.getByRole("button", { name: "Describe" }).click();
    const dialog = dialogNamed(page, "Describe 2 photos");
    await dialog.getByRole("button", { name: /^Take/ }).first().waitFor();
    const snapshot = await page.locator("body").ariaSnapshot();
    for (const line of [
      /- gridcell .*1 of 1,300" \[selected\]/,
      /- region "Selected photos":/,
      /- dialog "Describe 2 photos":/,
      /- combobox "New keywords for all"/,
      /button "Take from all: “.+”"/,
      /- checkbox "Apply Title"/,
      /- textbox "Title"/,
      /- button "Save for 2 photos"/,
    ])
      expect(snapshot).toMatch(line);
  });
});
