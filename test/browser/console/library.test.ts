import { afterAll, beforeAll, expect, test } from "vitest";
import { chanceOf } from "../../../scripts/console/paint/canvas.ts";
import { ConsolePage, isHinted, isPainted } from "../support/console-page.ts";
import { keptBy } from "../support/kept.ts";
import { fillLibrary } from "../support/large/fill.ts";
import { figuresText, Jumps } from "../support/large/jumps.ts";
import { monthsOf, type Month } from "../support/large/plan.ts";
import { longTasksOf } from "../support/layout.ts";
import { startSite, type OwnSite } from "../support/site.ts";
import { noComplaints } from "../support/visit.ts";

// As many as `npm run soak:browser` asks for; a tenth of it in the tests, where no time is told.
const photos = Number(process.env["TEST_LIBRARY"] ?? 10_000);
const jumpCount = Number(process.env["TEST_JUMPS"] ?? 20);
const seed = Number(process.env["TEST_SEED"] ?? 20261122);

const fillsWithinMs = 600_000;
const jumpsWithinMs = 1_800_000;

let site: OwnSite;
let months: readonly Month[];

beforeAll(async () => {
  site = await startSite();
  months = monthsOf(await fillLibrary(site, photos));
}, fillsWithinMs);

afterAll(() => site.close());

async function look(path = "/") {
  const visit = await site.visitSignedIn(path, { viewport: { width: 1280, height: 900 } });
  const archive = new ConsolePage(visit.page);
  await archive.settle();
  return { ...visit, archive };
}

test(
  "each jump lands on the month that was asked for, and nothing moves by itself",
  async () => {
    const { page, archive, complaints, requests, shifts } = await look();
    const chance = chanceOf(seed);
    const jumps = new Jumps(archive, months);
    const landed: string[] = [];
    const asked: string[] = [];
    for (let number = 0; number < jumpCount; number++) {
      const month = months[Math.floor(chance() * months.length)];
      if (month === undefined) throw new Error("There is no month.");
      asked.push(month.name);
      landed.push(await jumps.to(month));
    }
    expect(landed).toEqual(asked);
    expect(await shifts()).toEqual([]);
    expect(complaints).toEqual(noComplaints);
    const figures = { jumps, requests, longTasks: await longTasksOf(page), heap: await jumps.heapBytes() };
    console.log(figuresText({ photos, ...figures }));
  },
  jumpsWithinMs,
);

test("what is scrolled past is asked for no more", async () => {
  const { page, archive, requests } = await look();
  await page.route("**/v1/media?*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue().catch(() => {});
  });
  await archive.scrubber.focus();
  const before = requests.made.length;
  for (let step = 0; step < 25; step++) await page.keyboard.press("PageDown");
  for (let step = 0; step < 25; step++) await page.keyboard.press("PageUp");
  await page.waitForFunction(isPainted);
  const lists = requests.made.slice(before).filter((url) => url.includes("/v1/media?"));
  expect(lists.length).toBeLessThan(50);
});

test("pictures of photos that are scrolled past are cancelled", async () => {
  const { page, archive, requests } = await look();
  await page.route("**/thumbnail?*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue().catch(() => {});
  });
  await archive.scrubber.focus();
  await page.keyboard.press("PageDown");
  await page.waitForFunction(isHinted);
  await page.keyboard.press("End");
  const cancelled = (): number => requests.cancelled.filter((url) => url.includes("/thumbnail?")).length;
  await expect.poll(cancelled).toBeGreaterThan(0);
});

test("the last photo of all is reached by the keyboard, and the first one again", async () => {
  const { page, archive, complaints } = await look();
  await archive.cells.first().focus();
  await page.keyboard.press("Control+End");
  await page.waitForFunction(isPainted);
  const total = photos.toLocaleString("en-GB");
  await archive.cell(new RegExp(`, ${total} of ${total}$`)).waitFor();
  await page.keyboard.press("Control+Home");
  await page.waitForFunction(isPainted);
  await archive.cell(new RegExp(`, 1 of ${total}$`)).waitFor();
  expect(complaints).toEqual(noComplaints);
});

test("only what is near the window is in the document", async () => {
  const { page, archive } = await look();
  await archive.scrubber.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press("PageDown");
  await page.waitForFunction(isPainted);
  expect(await archive.cells.count()).toBeLessThan(400);
});

test("a search with many finds grows as it is scrolled", async () => {
  const { page, archive, shifts } = await look("/?q=even");
  const count = await archive.cells.count();
  expect(count).toBeGreaterThan(0);
  await page.mouse.move(500, 500);
  for (let step = 0; step < 6; step++) {
    await page.mouse.wheel(0, 4_000);
    await page.waitForFunction(isPainted);
  }
  const places = await archive.cells.evaluateAll((cells) =>
    cells.map((cell) => Number(cell.getAttribute("data-place"))),
  );
  expect(Math.max(...places)).toBeGreaterThan(100);
  expect(await shifts()).toEqual([]);
});

test("the browser keeps nothing of what was seen", async () => {
  const { page } = await look();
  const kept = await keptBy(page);
  expect(kept).not.toContain("photo");
  expect(kept).not.toContain(site.key);
});
