import { afterAll, beforeAll, expect, test } from "vitest";
import { startSite, type Site } from "./support/site.ts";
import { noComplaints } from "./support/visit.ts";

let site: Site;

beforeAll(async () => {
  site = await startSite();
});

afterAll(() => site.close());

test("/docs/errors is shown with its style, and asks for nothing elsewhere", async () => {
  const { page, complaints } = await site.visit("/docs/errors");
  const width = await page.locator("main").evaluate((main) => getComputedStyle(main).maxWidth);
  expect(width).toBe("704px");
  expect(complaints).toEqual(noComplaints);
});

test("a visit hears of what a page's policy forbids, of its exceptions, and of whom it asks", async () => {
  const { page, complaints } = await site.visit("/docs/errors");
  await page.evaluate(() => {
    document.body.append(Object.assign(new Image(), { src: "https://elsewhere.example/a.png" }));
    setTimeout(() => {
      throw new Error("nobody catches this");
    });
  });
  await expect.poll(() => complaints.exceptions).toEqual(["nobody catches this"]);
  await expect.poll(() => complaints.violations).toEqual(["img-src https://elsewhere.example/a.png"]);
  await expect.poll(() => complaints.console).toEqual([expect.stringContaining("img-src")]);
  await page.goto("https://elsewhere.example/").catch(() => {});
  expect(complaints.foreign).toEqual(["https://elsewhere.example/a.png", "https://elsewhere.example/"]);
});
