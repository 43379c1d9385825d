import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFindings } from "../support/accessibility.ts";
import { ConsolePage } from "../support/console-page.ts";
import { focused } from "../support/keyboard.ts";
import { expectShown } from "../support/shown.ts";
import { openCollection, type Site } from "../support/site.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

let site: Site;

beforeAll(async () => {
  site = await openCollection();
});

afterAll(() => site.close());

async function look(path = "/", options: VisitOptions = {}) {
  const visit = await site.visitSignedIn(path, options);
  const archive = new ConsolePage(visit.page);
  const work = visit.page.getByRole("navigation", { name: "What is left to do" });
  return { ...visit, archive, work };
}

describe("what is left to do", () => {
  test("stands above all photos, with how many of all lack what people write", async () => {
    const { archive, work, complaints, shifts } = await look();
    await archive.settle();
    const names = await work.getByRole("link").allTextContents();
    expect(names.map((name) => name.replaceAll(/[\d\s]+/g, " "))).toEqual([
      "Without a description of ",
      "Without keywords of ",
      "Without a place of ",
      "Without a date of ",
      "Could not be processed photo ",
    ]);
    expect((await shifts()).filter(({ isPrompted }) => !isPrompted)).toEqual([]);
    expect(complaints).toEqual(noComplaints);
  });

  test("leads to the photos that lack it, by the keyboard, and back", async () => {
    const { page, archive, work } = await look();
    await archive.settle();
    await work.getByRole("link", { name: /^Without keywords/ }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\?view=sheet&without=keywords$/);
    await expect.poll(() => focused(page)).toMatch(/^main: Contact sheet/);
    await page.goBack();
    await archive.settle();
    await work.getByRole("link", { name: /^Without keywords/ }).waitFor();
  });

  test("is not shown above a search", async () => {
    const { archive, work } = await look("/?q=lighthouse");
    await archive.settle();
    expect(await work.count()).toBe(0);
  });

  test("tells how many photos have come since the last visit", async () => {
    const { page, archive, work } = await look();
    await archive.settle();
    await page.evaluate(() => localStorage.setItem("tagline.visits", JSON.stringify({ before: 1, seen: 2 })));
    await page.reload();
    await archive.settle();
    await work.getByRole("link", { name: /^New since your last visit/ }).click();
    await expect.poll(() => page.url()).toMatch(/\?sort=created_at$/);
  });

  test("says so where it could not be counted, and counts again", async () => {
    let isBroken = true;
    const { archive, work } = await look("/", {
      prepare: (page) =>
        page.route("**/v1/overview", (route) =>
          isBroken ? route.fulfill({ status: 500, body: "{}" }) : route.continue(),
        ),
    });
    await archive.settle();
    await expectShown(work.getByText("could not be counted"));
    isBroken = false;
    await work.getByRole("button", { name: "Try again" }).click();
    await work.getByRole("link", { name: /^Without a date/ }).waitFor();
  });

  test.each([
    { name: "wide and light", options: {} },
    { name: "narrow and dark", options: { viewport: { width: 360, height: 740 }, colorScheme: "dark" } },
  ] as const)("keeps nobody out, $name", async ({ options }) => {
    const { page, archive, work } = await look("/", options);
    await archive.settle();
    await work.getByRole("link", { name: /^Without keywords/ }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
