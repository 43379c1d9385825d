import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { failedPhoto, unsupportedPhoto } from "../../../scripts/console/collection/bring-in.ts";
import {
  largePhoto,
  missingPhoto,
  revisedPhoto,
  yearlyPhoto,
} from "../../../scripts/console/collection/photos.ts";
import { ConsolePage } from "../support/console-page.ts";
import { focused } from "../support/keyboard.ts";
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

const listSchema = z.object({ items: z.array(z.object({ id: z.string() })).length(1) });

async function idOf(objectKey: string): Promise<string> {
  const query = new URLSearchParams({ object_key: objectKey, missing: "any" });
  const { items } = await site.client.json(listSchema, `/v1/media?${query}`);
  return items[0]?.id ?? "";
}

async function lookAt(objectKey: string, options: VisitOptions = {}) {
  const id = await idOf(objectKey);
  const visit = await look(`/?photo=${id}`, options);
  await visit.archive.viewer.waitFor();
  return { ...visit, id };
}

/** Waits until the picture of the viewer is painted with at least so many pixels. */
async function painted(archive: ConsolePage, pixels: number): Promise<void> {
  await archive.page.waitForFunction((least) => {
    const images = [...document.querySelectorAll("dialog img")];
    return images.some(
      (image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth >= least,
    );
  }, pixels);
}

describe("a photo that is opened", () => {
  test("by a click has its name, its place and its address, and Escape gives the focus back to its cell", async () => {
    const { page, archive, complaints } = await look();
    await archive.settle();
    await archive.open(/^Seven balloons in a row/);
    expect(await archive.shown()).toBe("Seven balloons in a row above the valley");
    await archive.viewer.getByText(/^3 of 65/).waitFor();
    expect(new URL(page.url()).searchParams.get("photo")).toMatch(/^[\da-f-]{36}$/);
    await page.keyboard.press("Escape");
    await archive.viewer.waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toMatch(/^gridcell: Seven balloons in a row/);
    expect(new URL(page.url()).search).toBe("");
    expect(complaints).toEqual(noComplaints);
  });

  test.each(["Enter", "Space"])("by %s has the focus inside, and keeps it there", async (key) => {
    const { page, archive } = await look();
    await archive.settle();
    await archive.cells.first().focus();
    await page.keyboard.press(key);
    await archive.viewer.waitFor();
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press("Tab");
      const isInside = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement === document.body || activeElement?.closest("dialog") !== null;
      });
      expect(isInside).toBe(true);
    }
  });

  test("by its address stands there at once, and closing it leads to the grid", async () => {
    const { page, archive, complaints, shifts } = await lookAt(largePhoto);
    await painted(archive, 1_024);
    expect(await archive.shown()).toBe("Lighthouse in the evening");
    expect(await shifts()).toEqual([]);
    await archive.viewer.getByRole("button", { name: "Close", exact: true }).click();
    await archive.viewer.waitFor({ state: "detached" });
    await archive.settle();
    expect(new URL(page.url()).search).toBe("");
    expect(complaints).toEqual(noComplaints);
  });

  test("has what describes it as the text in the place of its picture", async () => {
    const { archive } = await lookAt(largePhoto);
    await expectShown(archive.viewer.getByRole("img", { name: "The sun goes down behind the lighthouse" }));
  });
});

describe("next and previous", () => {
  test("lead through the photos in the order of the grid, and the page's title follows", async () => {
    const { page, archive } = await look();
    await archive.settle();
    const told = await Promise.all([0, 1, 2].map((place) => archive.cellName(place)));
    const names = told.map((name) => name.split(", ")[0]);
    await archive.cells.first().click();
    await archive.viewer.waitFor();
    const seen = [await archive.shown()];
    await archive.viewer.getByRole("button", { name: "Next photo" }).click();
    await archive.viewer.getByText(/^2 of 65/).waitFor();
    seen.push(await archive.shown());
    await page.keyboard.press("ArrowRight");
    await archive.viewer.getByText(/^3 of 65/).waitFor();
    seen.push(await archive.shown());
    expect(seen).toEqual(names);
    expect(await page.title()).toContain(seen[2]);
    await page.keyboard.press("ArrowLeft");
    await archive.viewer.getByText(/^2 of 65/).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toMatch(/, 2 of 65$/);
  });

  test("end at both ends, and say so", async () => {
    const { page, archive } = await look();
    await archive.settle();
    await archive.cells.first().click();
    await archive.viewer.waitFor();
    const previous = archive.viewer.getByRole("button", { name: "Previous photo" });
    await expect.poll(() => previous.getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("ArrowLeft");
    await archive.viewer.getByText("This is the first photo.").waitFor();
    await page.keyboard.press("Escape");
    await archive.cells.first().focus();
    await page.keyboard.press("Control+End");
    await archive.settle();
    await page.keyboard.press("Enter");
    await archive.viewer.getByText(/^65 of 65/).waitFor();
    await page.keyboard.press("ArrowRight");
    await archive.viewer.getByText("This is the last photo.").waitFor();
  });

  test("find the way from a photo that the grid has not loaded", async () => {
    const { page, archive } = await lookAt(yearlyPhoto);
    await expect.poll(() => archive.shown()).toBe("The shipyard before it was closed");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => archive.shown()).toBe("hills.jpg");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => archive.shown()).toBe("The shipyard before it was closed");
  });

  test("walk a search in its own order", async () => {
    const { archive, page } = await look("/?q=lighthouse");
    await archive.settle();
    const second = (await archive.cellName(1)).split(", ")[0];
    await archive.cells.first().click();
    await archive.viewer.waitFor();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => archive.shown()).toBe(second);
  });

  test("ask for no picture of a photo that was passed", async () => {
    const { page, archive, requests } = await look("/", {
      prepare: async (page) =>
        page.route("**/thumbnail?*size=1024*", async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 1_500));
          await route.continue().catch(() => {});
        }),
    });
    await archive.settle();
    await archive.cells.first().click();
    await archive.viewer.waitFor();
    for (let step = 0; step < 6; step++) await page.keyboard.press("ArrowRight");
    await archive.viewer.getByText(/^7 of 65/).waitFor();
    await expect
      .poll(() => requests.cancelled.filter((url) => url.includes("size=1024")).length)
      .toBeGreaterThan(0);
  });
});

describe("the zoom", () => {
  test("goes in and out by the keyboard and the buttons, up to the original", async () => {
    const { page, archive, complaints } = await lookAt(largePhoto);
    await painted(archive, 1_024);
    const line = archive.viewer.getByText(/enlarged to/);
    await page.keyboard.press("+");
    await line.waitFor();
    await archive.viewer.getByRole("button", { name: "Zoom in" }).click();
    for (let step = 0; step < 12; step++) await page.keyboard.press("+");
    await archive.viewer.getByText(/original, 4000 × 3000/).waitFor();
    await painted(archive, 4_000);
    await page.keyboard.press("0");
    await line.waitFor({ state: "detached" });
    expect(complaints).toEqual(noComplaints);
  });

  test("goes in by a double click, and the picture is moved by the arrows then", async () => {
    const { page, archive } = await lookAt(largePhoto);
    await painted(archive, 1_024);
    const picture = archive.viewer.getByRole("img", { name: /The sun goes down/ });
    await picture.dblclick();
    await archive.viewer.getByText(/enlarged to/).waitFor();
    const before = await picture.boundingBox();
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await picture.boundingBox())?.x).not.toBe(before?.x);
    expect(await archive.shown()).toBe("Lighthouse in the evening");
  });
});

describe("the details", () => {
  test("tell what is known of the photo: when, where, with what, and the file", async () => {
    const { archive } = await lookAt(largePhoto);
    const details = archive.viewer.getByRole("region", { name: "Details" });
    await details.getByText("Paintbox 1").first().waitFor();
    const text = (await details.innerText()).replaceAll(/\s+/g, " ");
    for (const part of ["2024", "12 megapixels", "f/8", "ISO 200", "lighthouse-05.jpg", "Le Conquet", "C-17"])
      expect(text).toContain(part);
    expect(text).not.toContain("null");
  });

  test("write a year as a year where nobody knows more", async () => {
    const { archive } = await lookAt(yearlyPhoto);
    const taken = archive.viewer.getByRole("definition").filter({ hasText: "1962" });
    await expect.poll(() => taken.first().innerText()).toMatch(/^1962\b/);
    await expect.poll(() => taken.first().innerText()).not.toContain("January");
  });

  test("have the place as a link to a map, of which nothing is asked before it is followed", async () => {
    const { archive, complaints } = await lookAt(largePhoto);
    const link = archive.viewer.getByRole("link", { name: /OpenStreetMap/ });
    await link.waitFor();
    await expect
      .poll(() => link.getAttribute("href"))
      .toMatch(/^https:\/\/www\.openstreetmap\.org\/\?mlat=48\.33/);
    await expect.poll(() => link.getAttribute("rel")).toContain("noreferrer");
    expect(complaints.foreign).toEqual([]);
  });

  test("lead from a keyword and from a folder to the photos that have it", async () => {
    const { page, archive } = await lookAt(largePhoto);
    await archive.viewer.getByRole("link", { name: "lighthouse", exact: true }).click();
    await page.waitForURL(/keyword=lighthouse/);
    await archive.settle();
    expect(await archive.viewer.count()).toBe(0);
  });

  test("are hidden by a key, and stay hidden for the next photo", async () => {
    const { page, archive } = await lookAt(largePhoto);
    const details = archive.viewer.getByRole("region", { name: "Details" });
    await details.waitFor();
    await page.keyboard.press("i");
    await details.waitFor({ state: "detached" });
    await page.reload();
    await archive.viewer.waitFor();
    await painted(archive, 1_024);
    expect(await details.count()).toBe(0);
  });

  test("have the history of the words, once it is opened", async () => {
    const { archive, requests } = await lookAt(revisedPhoto);
    await archive.viewer.getByText("Evening light on the water").first().waitFor();
    expect(requests.made.filter((url) => url.includes("/history"))).toEqual([]);
    await archive.viewer.getByText("History", { exact: true }).click();
    await archive.viewer.getByText("Revision 2").waitFor();
    await archive.viewer.getByText("Revision 1").waitFor();
    await archive.viewer.getByRole("deletion").first().waitFor();
  });

  test("give the original to be downloaded", async () => {
    const { page, archive } = await lookAt(largePhoto);
    const download = page.waitForEvent("download");
    await archive.viewer.getByRole("link", { name: "Download the original" }).click();
    expect((await download).suggestedFilename()).toBe("lighthouse-05.jpg");
  });
});

describe("a photo without a picture", () => {
  test.each([
    ["that is missing", missingPhoto, /has been missing from the storage since/],
    ["that failed", failedPhoto, /could not be processed.*The file has no picture data/s],
    ["that has no thumbnail", unsupportedPhoto, /has no thumbnail.*pixels/s],
  ])("%s says so, and has its words all the same", async (_, objectKey, sentence) => {
    const { archive, complaints } = await lookAt(objectKey);
    await archive.viewer.getByText(sentence).first().waitFor();
    expect(await archive.shown()).not.toBe("");
    expect(complaints.exceptions).toEqual([]);
    expect(complaints.violations).toEqual([]);
  });

  test("that failed is processed again when somebody asks for it, and says how that went", async () => {
    const { page, archive } = await lookAt(failedPhoto);
    const id = await idOf(failedPhoto);
    const asked: string[] = [];
    // The collection is everybody's: only this page believes that the photo is put back to work.
    await page.route("**/process", async (route) => {
      asked.push(route.request().method());
      const media = await site.client.json(z.looseObject({}), `/v1/media/${id}`);
      await route.fulfill({ status: 202, json: { ...media, state: "pending", error: null } });
    });
    await archive.viewer.getByRole("button", { name: "Process it again" }).focus();
    await page.keyboard.press("Enter");
    await archive.viewer.getByText(/still being processed/).waitFor();
    await archive.viewer
      .getByText(/could not be processed/)
      .first()
      .waitFor();
    expect(asked).toEqual(["POST"]);
  });

  test("that is being processed says so, until it is there", async () => {
    const id = await idOf(largePhoto);
    let letGo = (): void => {};
    const { archive } = await look(`/?photo=${id}`, {
      prepare: async (page) => (letGo = await keepPending(page, largePhoto)),
    });
    const sentence = archive.viewer.getByText(/still being processed/);
    await expectShown(sentence);
    letGo();
    await sentence.waitFor({ state: "detached" });
    await painted(archive, 1_024);
  });

  test("that does not exist says so, and closes to the grid", async () => {
    const { page, archive } = await look("/?photo=01900000-0000-7000-8000-000000000000");
    await page.getByText("This photo is not here (any more).").first().waitFor();
    await page.keyboard.press("Escape");
    await archive.settle();
    expect(new URL(page.url()).search).toBe("");
  });
});
