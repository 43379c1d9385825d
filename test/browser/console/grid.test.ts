import type { Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { largePhoto } from "../../../scripts/console/collection/photos.ts";
import { ConsolePage, isHinted } from "../support/console-page.ts";
import { focused, showsFocus } from "../support/keyboard.ts";
import { keepPending } from "../support/pending.ts";
import { openCollection, type Site } from "../support/site.ts";
import { expectShown } from "../support/shown.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

let site: Site;

beforeAll(async () => {
  site = await openCollection();
});

afterAll(() => site.close());

async function look(path = "/", options: VisitOptions = {}) {
  const visit = await site.visitSignedIn(path, options);
  return { ...visit, archive: new ConsolePage(visit.page) };
}

/** Holds the answers to requests until they are let go. */
function held() {
  const waiting: Route[] = [];
  let isHeld = true;
  return {
    take: async (route: Route): Promise<void> => {
      if (isHeld) waiting.push(route);
      else await route.continue();
    },
    letGo: async (): Promise<void> => {
      isHeld = false;
      await Promise.all(waiting.splice(0).map((route) => route.continue()));
    },
  };
}

describe("the grid", () => {
  test("has every month with the number of its photos before a photo has come", async () => {
    const list = held();
    const { archive, shifts } = await look("/", {
      viewport: { width: 1280, height: 4_000 },
      prepare: async (page) => page.route("**/v1/media?*", list.take),
    });
    await archive.month("July 2024").waitFor();
    await expect.poll(() => archive.month("July 2024").textContent()).toContain("14 photos");
    await expect
      .poll(() => archive.grid.getByRole("heading").allTextContents())
      .toEqual([
        "September 2024",
        "July 2024",
        "May 2024",
        "August 2023",
        "June 2023",
        "December 2022",
        "October 2021",
        "February 2020",
        "March 2019",
        "January 2018",
        "April 1987",
        "1962",
        "Without a date",
      ]);
    await expect.poll(() => archive.cells.count()).toBe(65);
    const before = await archive.month("January 2018").boundingBox();
    await list.letGo();
    await archive.settle();
    expect(await archive.month("January 2018").boundingBox()).toEqual(before);
    expect(await shifts()).toEqual([]);
  });

  test("shows a placeholder of each photo until its picture is there, and nothing moves then", async () => {
    const pictures = held();
    const { page, archive, shifts, complaints } = await look("/", {
      prepare: async (page) => page.route("**/thumbnail?*", pictures.take),
    });
    await archive.cells.first().waitFor();
    await page.waitForFunction(isHinted);
    await expect.poll(() => archive.cells.first().locator("canvas").count()).toBe(1);
    await pictures.letGo();
    await archive.settle();
    expect(await shifts()).toEqual([]);
    expect(complaints).toEqual(noComplaints);
  });

  test("tells of each photo what it shows, when it was taken, and which of how many it is", async () => {
    const { archive } = await look();
    await archive.settle();
    expect(await archive.cellName(0)).toBe(
      "The last balloon goes down behind the hills, 21 September 2024, 1 of 65",
    );
    await expect.poll(() => archive.grid.getAttribute("aria-rowcount")).toMatch(/^\d+$/);
    const first = archive.grid.getByRole("row").nth(1);
    await expect.poll(() => first.getAttribute("aria-rowindex")).toBe("2");
    await expect.poll(() => first.getByRole("gridcell").first().getAttribute("aria-colindex")).toBe("1");
  });

  test("says of a photo without a picture why it has none", async () => {
    const { archive, complaints } = await look("/?missing=any", { viewport: { width: 1280, height: 4_000 } });
    await archive.settle();
    await archive.cell(/^A scan that broke off, .*Failed, The file has no picture data\., /).waitFor();
    await archive.cell(/^The mural in the town hall, Cannot be shown, .*pixels\., /).waitFor();
    await archive.cell(/^Rain on the upper deck, 30 March 2019, Missing, /).waitFor();
    expect(complaints).toEqual(noComplaints);
  });

  test("says of a photo that has just come that it is being processed", async () => {
    const { archive } = await look("/", { prepare: (page) => keepPending(page, largePhoto) });
    await archive.settle();
    await expectShown(archive.cell(/^The sun goes down behind the lighthouse, .*Being processed, /));
  });

  test("has each size of cells and each fit that is chosen, and remembers both", async () => {
    const { page, archive, complaints } = await look();
    await archive.settle();
    const usual = await archive.cells.first().boundingBox();
    await archive.show("Large");
    await archive.show("Whole pictures");
    await archive.settle();
    const large = await archive.cells.first().boundingBox();
    expect(large?.width).toBeGreaterThan(usual?.width ?? 0);
    const addressOf = () => archive.cells.locator("img").first().getAttribute("src");
    expect(await addressOf()).toContain("fit=contain");
    await page.reload();
    await archive.settle();
    expect(await archive.cells.first().boundingBox()).toEqual(large);
    expect(await addressOf()).toContain("fit=contain");
    expect(complaints).toEqual(noComplaints);
  });

  test("grows as it is scrolled where it has no months", async () => {
    const { page, archive } = await look("/?sort=object_key", { viewport: { width: 700, height: 600 } });
    await archive.settle();
    expect(await archive.grid.getByRole("rowheader").count()).toBe(0);
    expect(await archive.scrubber.count()).toBe(0);
    await archive.cells.first().focus();
    await page.keyboard.press("Control+End");
    await archive.settle();
    await expect.poll(() => focused(page)).toMatch(/^gridcell: .*, 65 of 65$/);
  });
});

describe("the keyboard in the grid", () => {
  test("goes from photo to photo, by rows, by screens and to both ends, and the focus is seen", async () => {
    const { page, archive } = await look();
    await archive.settle();
    await archive.cells.first().focus();
    const at = async (): Promise<number> => Number(/, (\d+) of 65$/.exec(await focused(page))?.[1]);
    const press = async (key: string): Promise<number> => {
      await page.keyboard.press(key);
      return at();
    };
    expect(await press("ArrowRight")).toBe(2);
    expect(await showsFocus(page)).toBe(true);
    expect(await press("ArrowLeft")).toBe(1);
    expect(await press("End")).toBe(5);
    expect(await press("Home")).toBe(1);
    const columns = Number(await archive.grid.getAttribute("aria-colcount"));
    expect(await press("ArrowDown")).toBe(6);
    expect(await press("ArrowDown")).toBe(6 + columns);
    expect(await press("ArrowUp")).toBe(6);
    expect(await press("PageDown")).toBeGreaterThan(6 + columns);
    expect(await press("Control+End")).toBe(65);
    expect(await press("ArrowRight")).toBe(65);
    expect(await press("Control+Home")).toBe(1);
    expect(await archive.topHeading()).toBe("September 2024");
  });

  test("has one stop for Tab among the photos", async () => {
    const { page, archive } = await look();
    await archive.settle();
    await expect.poll(() => archive.grid.locator('[tabindex="0"]').count()).toBe(1);
    await archive.cells.first().focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => archive.grid.locator('[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press("Tab");
    await expect.poll(() => focused(page)).not.toMatch(/^gridcell/);
  });

  test("keeps the focus on the same photo where the window gets another size", async () => {
    const { page, archive } = await look();
    await archive.settle();
    await archive.cells.first().focus();
    for (let step = 0; step < 9; step++) await page.keyboard.press("ArrowRight");
    const before = await focused(page);
    await page.setViewportSize({ width: 500, height: 700 });
    await archive.settle();
    await expect.poll(() => focused(page)).toBe(before);
    const box = await archive.grid.locator('[tabindex="0"]').boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(700);
  });

  test("keeps the focus on a photo that is scrolled away", async () => {
    const { page, archive } = await look("/", { viewport: { width: 700, height: 500 } });
    await archive.settle();
    await archive.cells.first().focus();
    const before = await focused(page);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 3_000);
    await expect.poll(() => archive.month("September 2024").count()).toBe(0);
    expect(await focused(page)).toBe(before);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => focused(page)).toMatch(/, 2 of 65$/);
  });
});

describe("the date scrubber", () => {
  test("says the month and lands on it, by the mouse", async () => {
    const { page, archive, shifts } = await look("/", { viewport: { width: 900, height: 500 } });
    await archive.settle();
    const box = await archive.scrubber.boundingBox();
    expect(box).not.toBe(null);
    const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
    await page.mouse.move(x + width / 2, y + 5);
    await page.mouse.down();
    const told: (string | null)[] = [];
    for (const part of [0.15, 0.3, 0.45]) {
      await page.mouse.move(x + width / 2, y + height * part);
      const month = await archive.scrubber.getAttribute("aria-valuetext");
      await expect.poll(() => archive.topHeading()).toBe(month);
      told.push(month);
    }
    await page.mouse.up();
    expect(new Set(told).size).toBe(3);
    await archive.settle();
    expect(await shifts()).toEqual([]);
  });

  test("goes month by month, year by year and to both ends, by the keyboard", async () => {
    const { page, archive } = await look("/", { viewport: { width: 900, height: 500 } });
    await archive.settle();
    await archive.scrubber.focus();
    const press = async (key: string): Promise<string | null> => {
      await page.keyboard.press(key);
      return archive.scrubber.getAttribute("aria-valuetext");
    };
    expect(await press("ArrowDown")).toBe("July 2024");
    await expect.poll(() => archive.topHeading()).toBe("July 2024");
    expect(await press("PageDown")).toBe("August 2023");
    await expect.poll(() => archive.topHeading()).toBe("August 2023");
    expect(await press("ArrowUp")).toBe("May 2024");
    expect(await press("End")).toBe("Without a date");
    await expect.poll(() => archive.cell(/, 65 of 65$/).count()).toBe(1);
    expect(await press("Home")).toBe("September 2024");
    await expect.poll(() => archive.topHeading()).toBe("September 2024");
  });

  test("takes at most 32 pixels of a narrow screen, and covers no photo", async () => {
    const { archive } = await look("/", { viewport: { width: 360, height: 740 } });
    await archive.settle();
    const scrubber = await archive.scrubber.boundingBox();
    expect(scrubber?.width).toBeLessThanOrEqual(32);
    const boxes = await Promise.all((await archive.cells.all()).map((cell) => cell.boundingBox()));
    const right = Math.max(...boxes.map((box) => (box === null ? 0 : box.x + box.width)));
    expect(right).toBeLessThanOrEqual(scrubber?.x ?? 0);
  });
});

describe("a step back", () => {
  const small = { viewport: { width: 900, height: 500 } };
  const scrolled = (archive: ConsolePage): Promise<number> =>
    archive.grid.evaluate((grid) => grid.parentElement?.scrollTop ?? 0);

  async function lookInTheMiddle() {
    const visit = await look("/", small);
    await visit.archive.settle();
    await visit.page.mouse.move(300, 300);
    await visit.page.mouse.wheel(0, 1_037);
    await expect.poll(() => scrolled(visit.archive)).toBe(1_037);
    await visit.archive.settle();
    return visit;
  }

  test("from a photo that was loaded anew leads to where the grid was, to the pixel", async () => {
    const { page, archive } = await lookInTheMiddle();
    // A photo in the middle of the window, which need not be scrolled into sight.
    await page.mouse.click(300, 300);
    await archive.viewer.waitFor();
    await page.reload();
    await archive.viewer.waitFor();
    await page.goBack();
    await archive.viewer.waitFor({ state: "detached" });
    await expect.poll(() => scrolled(archive)).toBe(1_037);
  });

  test("into a new session leads to where the grid was, to the pixel", async () => {
    const { context, archive } = await lookInTheMiddle();
    await context.clearCookies();
    await archive.search.fill("ball");
    await archive.page.getByLabel("API key").fill(site.key);
    await archive.page.keyboard.press("Enter");
    await archive.month("May 2024").waitFor();
    await expect.poll(() => scrolled(archive)).toBe(1_037);
  });

  test("from another search leads to where the grid was, to the pixel", async () => {
    const { page, archive } = await lookInTheMiddle();
    await archive.search.fill("lighthouse");
    await archive.search.press("Enter");
    await page.waitForURL(/q=lighthouse/);
    await archive.settle();
    await page.goBack();
    await archive.month("May 2024").waitFor();
    await expect.poll(() => scrolled(archive)).toBe(1_037);
  });
});
