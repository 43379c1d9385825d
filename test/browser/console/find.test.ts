import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConsolePage } from "../support/console-page.ts";
import { focused, tabTo } from "../support/keyboard.ts";
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
  const archive = new ConsolePage(visit.page);
  await archive.main.waitFor();
  return { ...visit, archive };
}

const queryOf = (url: string): string => decodeURIComponent(new URL(url).search);

describe("the search field", () => {
  test("finds what is typed, and marks what was found", async () => {
    const { page, archive, complaints } = await look();
    await archive.search.fill("warehouses");
    await archive.search.press("Enter");
    await archive.settle();
    expect(queryOf(page.url())).toBe("?q=warehouses");
    await expect.poll(() => archive.cells.count()).toBe(1);
    await expect.poll(() => archive.cells.first().locator("mark").textContent()).toBe("warehouses");
    await page.getByText("1 photo", { exact: true }).first().waitFor();
    expect(complaints).toEqual(noComplaints);
  });

  test("completes a keyword by the keyboard alone, and searches for it", async () => {
    const { page, archive, complaints } = await look();
    await archive.settle();
    await page.keyboard.press("/");
    await expect.poll(() => focused(page)).toMatch(/Search photos/);
    await page.keyboard.type("lighth");
    await archive.suggestions.getByRole("option", { name: /^lighthouse/ }).waitFor();
    await expect.poll(() => archive.search.getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("ArrowDown");
    const active = await archive.search.getAttribute("aria-activedescendant");
    expect(active).toBe(await archive.suggestions.getByRole("option").first().getAttribute("id"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=/);
    expect(queryOf(page.url())).toBe('?q=keyword:"lighthouse"');
    await archive.settle();
    expect(complaints).toEqual(noComplaints);
  });

  test("has suggestions in groups, and tells how many", async () => {
    const { page, archive } = await look();
    await archive.search.fill("balloon");
    await archive.suggestions.waitFor();
    await archive.suggestions.getByRole("group", { name: "Keywords" }).waitFor();
    await expectShown(page.getByRole("status").filter({ hasText: /\d suggestions?/ }));
  });

  test("is closed by Escape, and emptied by another", async () => {
    const { page, archive } = await look("/?q=harbour");
    await archive.search.fill("harb");
    await archive.suggestions.waitFor();
    await page.keyboard.press("Escape");
    await archive.suggestions.waitFor({ state: "hidden" });
    await expect.poll(() => archive.search.inputValue()).toBe("harb");
    await page.keyboard.press("Escape");
    await expect.poll(() => archive.search.inputValue()).toBe("");
    await archive.month("July 2024").waitFor();
    expect(queryOf(page.url())).toBe("");
  });

  test("takes a slash as a slash where somebody writes", async () => {
    const { archive } = await look();
    await archive.search.fill("2024");
    await archive.search.press("/");
    await expect.poll(() => archive.search.inputValue()).toBe("2024/");
  });
});

describe("filters", () => {
  test("are chips that go one by one, and the focus goes to the next", async () => {
    const { page, archive, complaints } = await look("/?keyword=sea&keyword=lighthouse&has=location");
    await archive.settle();
    const chips = archive.chips.getByRole("button");
    await expect.poll(() => chips.count()).toBe(3);
    await chips.first().focus();
    await page.keyboard.press("Delete");
    await expect.poll(() => chips.count()).toBe(2);
    expect(queryOf(page.url())).toBe("?keyword=lighthouse&has=location");
    await expect.poll(() => focused(page)).toMatch(/Keyword: lighthouse/);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect.poll(() => queryOf(page.url())).toBe("");
    await archive.month("July 2024").waitFor();
    await expect.poll(() => focused(page)).toMatch(/Browse/);
    expect(complaints).toEqual(noComplaints);
  });

  test("tell how many photos there are, also to those who listen", async () => {
    const { page } = await look("/?keyword=holiday");
    await expectShown(page.getByRole("status").filter({ hasText: /^\d+ photos$/ }));
  });

  test("stand in the address, which leads others to the same photos", async () => {
    const address = "/?keyword=lighthouse&taken_after=2024-07&taken_before=2024-08&photo=";
    const { archive } = await look(address);
    await archive.settle();
    await expect.poll(() => archive.grid.getByRole("heading").allTextContents()).toEqual(["July 2024"]);
    await expect.poll(() => archive.chips.getByRole("listitem").count()).toBe(2);
  });

  test("may be the order, which the address keeps", async () => {
    const { page, archive } = await look();
    await archive.settle();
    await page.getByRole("combobox", { name: "Order" }).selectOption("Name");
    await archive.settle();
    expect(queryOf(page.url())).toBe("?sort=object_key");
    expect(await archive.cellName(0)).toContain("Stars above the fjord");
  });
});

describe("the panel to browse", () => {
  test("has the folders as a tree that the keyboard walks", async () => {
    const { page, archive, complaints } = await look();
    await archive.settle();
    await archive.browse.press("Enter");
    const tree = page.getByRole("tree", { name: "Folders" });
    await tree.waitFor();
    await tabTo(page, /^treeitem/);
    await page.keyboard.press("a");
    await expect.poll(() => focused(page)).toMatch(/^treeitem: archive/);
    await page.keyboard.press("Home");
    await expect.poll(() => focused(page)).toMatch(/^treeitem: 2018/);
    await page.keyboard.press("ArrowRight");
    await tree.getByRole("treeitem", { name: /^north/ }).waitFor();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => focused(page)).toMatch(/^treeitem: north/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/prefix=/);
    expect(queryOf(page.url())).toBe("?prefix=2018/north/");
    await archive.month("January 2018").waitFor();
    await expect.poll(() => archive.cells.count()).toBe(4);
    expect(complaints).toEqual(noComplaints);
  });

  test("has keywords, years, cameras and types, of which each chosen one narrows the photos", async () => {
    const { page, archive } = await look("/", { viewport: { width: 1280, height: 1_600 } });
    await archive.settle();
    await archive.browse.click();
    const of = (name: string) => page.getByRole("region", { name, exact: true });
    await of("Years").getByRole("button", { name: /^2023/ }).click();
    await page.waitForURL(/taken_after=2023/);
    await of("Keywords")
      .getByRole("button", { name: /^garden/ })
      .click();
    await page.waitForURL(/keyword=garden/);
    await expect.poll(() => archive.grid.getByRole("heading").allTextContents()).toEqual(["June 2023"]);
    await expect
      .poll(() =>
        of("Keywords")
          .getByRole("button", { name: /^garden/ })
          .getAttribute("aria-pressed"),
      )
      .toBe("true");
    await of("Cameras")
      .getByRole("button", { name: /Osprey/ })
      .click();
    await page.waitForURL(/camera/);
    await archive.settle();
  });

  test("is a dialog on a narrow screen, which closes and gives the focus back", async () => {
    const { page, archive } = await look("/", { viewport: { width: 360, height: 740 } });
    await archive.settle();
    await archive.browse.click();
    const dialog = page.getByRole("dialog", { name: "Browse" });
    await dialog.getByRole("tree").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toMatch(/Browse/);
  });
});

describe("where nothing is found", () => {
  test("it is said what was asked for, and each part can be left out", async () => {
    const { page, archive, complaints } = await look("/?keyword=lighthouse&keyword=garden");
    await page.getByRole("heading", { name: "No photos found" }).waitFor();
    await page.getByRole("button", { name: /^Leave this out ?: Keyword: garden/ }).click();
    await archive.settle();
    expect(queryOf(page.url())).toBe("?keyword=lighthouse");
    expect(complaints).toEqual(noComplaints);
  });

  test("a keyword that is spelled nearly so is offered", async () => {
    const { page, archive } = await look("/?q=lighthose");
    await page.getByRole("button", { name: "lighthouse", exact: true }).click();
    await archive.settle();
    expect(queryOf(page.url())).toBe('?q=keyword:"lighthouse"');
  });

  test("a folder that is not there says so, and leads up", async () => {
    const { page, archive } = await look("/?prefix=2024/nowhere/");
    await page.getByRole("heading", { name: "No photos in this folder" }).waitFor();
    await page.getByRole("button", { name: "Go up to 2024/" }).click();
    await archive.settle();
    expect(queryOf(page.url())).toBe("?prefix=2024/");
  });
});
