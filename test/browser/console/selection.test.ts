import type { Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { focused } from "../support/keyboard.ts";
import { fillLibrary } from "../support/large/fill.ts";
import { lookToSelect, selectedPlaces, selectFirst } from "../support/selecting.ts";
import { expectShown } from "../support/shown.ts";
import { startSite, type OwnSite } from "../support/site.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

/** More than are loaded at once, and more than one call names. */
const photos = 1_300;
const total = photos.toLocaleString("en-GB");
const fillsWithinMs = 300_000;

let site: OwnSite;

beforeAll(async () => {
  site = await startSite();
  await fillLibrary(site, photos);
}, fillsWithinMs);

afterAll(() => site.close());

const trashSchema = z.object({ items: z.array(z.unknown()) });

/** How many photos are in the trash. */
async function countInTrash(): Promise<number> {
  return (await site.client.json(trashSchema, "/v1/media?trashed=true")).items.length;
}

const look = (path?: string, options?: VisitOptions) => lookToSelect(site, path, options);

describe("photos are selected", () => {
  test("by x, one by one, and the number is told", async () => {
    const { page, archive, bar, complaints, shifts } = await look();
    await archive.cells.first().focus();
    await page.keyboard.press("x");
    await expectShown(bar.getByRole("status").filter({ hasText: "1 photo selected" }));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("x");
    await expectShown(bar.getByRole("status").filter({ hasText: "2 photos selected" }));
    expect(await selectedPlaces(page)).toEqual([0, 2]);
    await expect.poll(() => archive.grid.getAttribute("aria-multiselectable")).toBe("true");
    await page.keyboard.press("x");
    expect(await selectedPlaces(page)).toEqual([0]);
    expect(await shifts()).toEqual([]);
    expect(complaints).toEqual(noComplaints);
  });

  test("by Shift and the arrows as a range, which shrinks again", async () => {
    const { page, archive } = await look();
    await selectFirst(archive, 4);
    expect(await selectedPlaces(page)).toEqual([0, 1, 2, 3]);
    await page.keyboard.press("Shift+ArrowLeft");
    expect(await selectedPlaces(page)).toEqual([0, 1, 2]);
  });

  test("by a second range beside the first one", async () => {
    const { page, archive } = await look();
    await selectFirst(archive, 2);
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    expect(await selectedPlaces(page)).toEqual([0, 1, 4, 5]);
  });

  test("by Ctrl and Space, by Ctrl and a click, and by the mark in the corner", async () => {
    const { page, archive } = await look();
    await archive.cells.first().focus();
    await page.keyboard.press("Control+Space");
    await archive.cells.nth(2).click({ modifiers: ["Control"] });
    await archive.cells.nth(4).hover();
    await archive.cells.nth(4).click({ position: { x: 14, y: 14 } });
    expect(await selectedPlaces(page)).toEqual([0, 2, 4]);
    await archive.cells.nth(4).click({ position: { x: 14, y: 14 } });
    expect(await selectedPlaces(page)).toEqual([0, 2]);
  });

  test("by Shift and a click up to there", async () => {
    const { page, archive } = await look();
    await archive.cells.nth(1).click({ modifiers: ["Control"] });
    await archive.cells.nth(4).click({ modifiers: ["Shift"] });
    expect(await selectedPlaces(page)).toEqual([1, 2, 3, 4]);
  });

  test("by plain clicks once somebody has pressed Select, and by Space", async () => {
    const { page, archive, bar } = await look("/", { viewport: { width: 360, height: 740 } });
    await page.getByRole("button", { name: "Select", exact: true }).click();
    await bar.getByRole("button", { name: "Select nothing" }).waitFor();
    await archive.cells.first().click();
    await archive.cells.nth(1).click();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    expect(await selectedPlaces(page)).toEqual([0, 1, 2]);
    await bar.getByRole("button", { name: "Select nothing" }).click();
    expect(await selectedPlaces(page)).toEqual([]);
    await archive.cells.first().click();
    await expectShown(archive.viewer);
  });

  test("across months that are not loaded, with their ids on the way", async () => {
    const { page, archive, bar, complaints } = await look();
    const held: Route[] = [];
    let isHeld = true;
    await page.route("**/v1/media?*", async (route) => {
      if (isHeld) held.push(route);
      else await route.continue();
    });
    await archive.cells.first().focus();
    await page.keyboard.press("Control+Shift+End");
    await expectShown(
      bar.getByRole("status").filter({ hasText: /1,300 photos selected\. Loading [\d,]+ of them/ }),
    );
    isHeld = false;
    await Promise.all(held.map((route) => route.continue()));
    await expectShown(bar.getByRole("status").filter({ hasText: /1,300 photos selected$/ }));
    await page.keyboard.press("Control+Home");
    await archive.settle();
    expect((await selectedPlaces(page)).slice(0, 3)).toEqual([0, 1, 2]);
    expect(complaints).toEqual(noComplaints);
  });

  test("all by Ctrl and A, without asking for one of them", async () => {
    const { page, archive, bar, requests } = await look();
    await archive.cells.first().focus();
    const before = requests.made.length;
    await page.keyboard.press("Control+a");
    await expectShown(bar.getByRole("status").filter({ hasText: `All ${total} photos selected` }));
    expect(requests.made.slice(before).filter((url) => url.includes("/v1/media?"))).toEqual([]);
    await expect.poll(() => archive.cells.first().getAttribute("aria-selected")).toBe("true");
  });

  test("not by x where somebody has switched commands of single characters off, but by Ctrl and Space", async () => {
    const { page, archive } = await look();
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keyboard" });
    await keys.getByRole("checkbox", { name: /^Single characters/ }).uncheck();
    await page.keyboard.press("Escape");
    await keys.waitFor({ state: "detached" });
    await archive.cells.first().focus();
    await page.keyboard.press("x");
    expect(await selectedPlaces(page)).toEqual([]);
    await page.keyboard.press("Control+Space");
    expect(await selectedPlaces(page)).toEqual([0]);
  });

  test("not by somebody who may only look", async () => {
    const { page, archive } = await look("/", {
      prepare: (page) =>
        page.route("**/v1/session", async (route) => {
          const response = await route.fetch();
          const session = z.looseObject({}).parse(await response.json());
          await route.fulfill({ response, json: { ...session, scopes: ["read"] } });
        }),
    });
    await archive.cells.first().focus();
    await page.keyboard.press("x");
    await expect.poll(() => archive.cells.first().getAttribute("aria-selected")).toBeNull();
    expect(await page.getByRole("button", { name: "Select", exact: true }).count()).toBe(0);
  });
});

describe("a selection", () => {
  test("is emptied by Escape, and the focus stays on its photo", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 3);
    await bar.waitFor();
    await page.keyboard.press("Escape");
    await bar.waitFor({ state: "detached" });
    expect(await selectedPlaces(page)).toEqual([]);
    expect(await focused(page)).toMatch(/^gridcell: .*, 3 of 1,300$/);
  });

  test("is there when a photo was opened and closed", async () => {
    const { page, archive } = await look();
    await selectFirst(archive, 2);
    await page.keyboard.press("Enter");
    await archive.viewer.waitFor();
    await page.keyboard.press("Escape");
    await archive.viewer.waitFor({ state: "detached" });
    expect(await selectedPlaces(page)).toEqual([0, 1]);
  });

  test("ends with another finding", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 2);
    await bar.waitFor();
    await archive.search.fill("keyword:even");
    await page.keyboard.press("Enter");
    await bar.waitFor({ state: "detached" });
    await archive.settle();
    expect(await selectedPlaces(page)).toEqual([]);
  });
});

describe("photos that are selected are deleted together", () => {
  test("into the trash, and one key brings them back", async () => {
    const { page, archive, bar, complaints } = await look();
    await selectFirst(archive, 3);
    await bar.getByRole("button", { name: "Delete" }).click();
    await expectShown(page.getByRole("status").filter({ hasText: "3 photos moved to the trash" }));
    await expectShown(page.getByText("1,297 photos").first());
    await bar.waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toMatch(/^gridcell/);
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: "Undone" }));
    await expectShown(page.getByText("1,300 photos").first());
    expect(complaints).toEqual(noComplaints);
  });

  test("by the key Delete as well, among the photos", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 2);
    await bar.waitFor();
    await page.keyboard.press("Delete");
    await expectShown(page.getByRole("status").filter({ hasText: "2 photos moved to the trash" }));
    await expect.poll(() => focused(page)).toMatch(/^gridcell/);
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: "Undone" }));
    await expectShown(page.getByText("1,300 photos").first());
  });

  test("not more than 500 of them, which is told", async () => {
    const { page, archive, bar } = await look();
    await archive.cells.first().focus();
    await page.keyboard.press("Control+a");
    await bar.getByRole("button", { name: "Delete" }).click();
    await expectShown(
      bar.getByRole("alert").filter({ hasText: "At most 500 photos can be deleted at once." }),
    );
  });

  test("and what was deleted can be taken back where Escape closes the dialog on the way", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 3);
    const held: Route[] = [];
    await page.route(/\/v1\/media\/[^/?]+$/, (route) =>
      route.request().method() === "DELETE" ? void held.push(route) : route.continue(),
    );
    await bar.getByRole("button", { name: "Delete" }).click();
    await expect.poll(() => held.length).toBe(1);
    const dialog = page.getByRole("dialog", { name: "Deleting 3 photos" });
    // A browser that nobody has pressed a key in lets a page keep its dialog once; this is what it does the second time.
    await dialog.evaluate((element) => element instanceof HTMLDialogElement && element.close());
    await held[0]?.continue();
    await expectShown(page.getByRole("status").filter({ hasText: "Moved to the trash" }));
    await dialog.waitFor({ state: "detached" });
    expect(held).toHaveLength(1);
    await page.keyboard.press("Control+z");
    await expectShown(page.getByRole("status").filter({ hasText: "Undone" }));
    expect(await countInTrash()).toBe(0);
  });

  test("and what a storage does not let go is told", async () => {
    const { page, archive, bar } = await look();
    await selectFirst(archive, 2);
    await page.route(/\/v1\/media\/[^/?]+$/, async (route) => {
      if (route.request().method() !== "DELETE") return route.continue();
      await route.fulfill({
        status: 409,
        contentType: "application/problem+json",
        json: {
          type: "/docs/errors#read_only_provider",
          title: "Read-only provider",
          status: 409,
          detail: "The storage provider “archive” is read-only.",
          code: "read_only_provider",
          request_id: "test",
        },
      });
    });
    await bar.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Not everything was deleted" });
    await expectShown(dialog.getByText("2 photos: The storage provider “archive” is read-only."));
    await dialog.getByRole("button", { name: "Close" }).click();
    expect(await selectedPlaces(page)).toEqual([0, 1]);
  });
});
