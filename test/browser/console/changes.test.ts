import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { drawPhoto } from "../../../scripts/console/collection/files.ts";
import { plannedPhotos } from "../../../scripts/console/collection/photos.ts";
import { accessibilityFindings, colourFindings } from "../support/accessibility.ts";
import { ConsolePage } from "../support/console-page.ts";
import { focused, tabTo } from "../support/keyboard.ts";
import { expectShown } from "../support/shown.ts";
import { startSite, type OwnSite } from "../support/site.ts";
import { withoutTrash } from "../support/without-trash.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

const photos = 6;

let site: OwnSite;
/** The ids of the photos, the newest first. */
let ids: string[] = [];

const overviewSchema = z.object({ by_state: z.object({ ready: z.number() }) });
const listSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const mediaSchema = z.object({ revision: z.number(), object_metadata: z.record(z.string(), z.unknown()) });
const bulkSchema = z.object({ operation_id: z.string() });

beforeAll(async () => {
  site = await startSite();
  for (const [index, photo] of plannedPhotos.slice(0, photos).entries())
    await site.client.upload(`photos/${index}.jpg`, new Uint8Array(await drawPhoto(photo)));
  await site.client.until(overviewSchema, "/v1/overview", ({ by_state: { ready } }) => ready === photos);
  const { items } = await site.client.json(listSchema, "/v1/media?sort=taken_at&order=desc");
  ids = items.map(({ id }) => id);
});

afterAll(() => site.close());

// Each test finds all photos, and none in the trash.
beforeEach(async () => {
  const { items } = await site.client.json(listSchema, "/v1/media?trashed=true");
  for (const { id } of items) await site.client.fetch(`/v1/media/${id}/restore`, { method: "POST" });
});

const idAt = (index: number): string => ids[index] ?? "";

async function send(method: string, path: string, body: unknown): Promise<unknown> {
  const headers = { "Content-Type": "application/json" };
  return site.client.json(z.unknown(), path, { method, headers, body: JSON.stringify(body) });
}

const describePhoto = (id: string, words: object): Promise<unknown> =>
  send("PATCH", `/v1/media/${id}`, { object_metadata: words });

const wordsOf = async (id: string): Promise<Record<string, unknown>> =>
  (await site.client.json(mediaSchema, `/v1/media/${id}`)).object_metadata;

/** Gives photos a keyword, as one operation. */
async function putOn(keyword: string, on: readonly string[]): Promise<string> {
  const answer = await send("POST", "/v1/media/bulk", { ids: on, add_keywords: [keyword] });
  return bulkSchema.parse(answer).operation_id;
}

async function trash(...on: readonly string[]): Promise<void> {
  for (const id of on) await site.client.fetch(`/v1/media/${id}`, { method: "DELETE" });
}

async function look(path: string, options: VisitOptions = {}) {
  const visit = await site.visitSignedIn(path, options);
  return { ...visit, archive: new ConsolePage(visit.page) };
}

const statusWith = (within: Page | Locator, hasText: string | RegExp): Locator =>
  within.getByRole("status").filter({ hasText });

describe("the last changes", () => {
  test("tell what was done, by whom and to how many, and are taken back", async () => {
    await putOn("first-change", ids.slice(0, 3));
    const { page, complaints } = await look("/?view=changes");
    const row = page.getByRole("listitem").filter({ hasText: "3 photos described together" }).first();
    await expect.poll(() => row.textContent()).toContain("by local");
    await row.getByRole("button", { name: /^Take back: 3 photos described together/ }).click();
    await expectShown(statusWith(page, "3 photos as before the change."));
    await expectShown(page.getByRole("listitem").filter({ hasText: "A change of 3 photos taken back" }));
    expect((await wordsOf(idAt(0)))["keywords"] ?? []).not.toContain("first-change");
    expect(await focused(page)).toMatch(/^li: 3 photos described together/);
    await page.keyboard.press("Control+z");
    await expectShown(statusWith(page, "Undone"));
    expect((await wordsOf(idAt(0)))["keywords"]).toContain("first-change");
    await expectShown(row.getByRole("button", { name: /^Take back/ }));
    expect(complaints).toEqual(noComplaints);
  });

  test("leave photos as they are that were changed since, tell how many, and show which", async () => {
    await putOn("second-change", ids.slice(0, 3));
    await describePhoto(idAt(1), { description: "Written since" });
    const { page } = await look("/?view=changes");
    await page
      .getByRole("button", { name: /^Take back/ })
      .first()
      .click();
    await expectShown(statusWith(page, "1 photo was changed since and stays as it is."));
    await page.getByRole("button", { name: "Show these photos" }).click();
    await page.getByRole("list", { name: "Photos that stay as they are" }).getByRole("link").click();
    await expect.poll(() => new ConsolePage(page).shown()).toBe("Written since");
  });

  test("go on where the connection was lost", async () => {
    await putOn("third-change", ids.slice(0, 2));
    const { page } = await look("/?view=changes");
    await page.route("**/revert", (route) => route.abort());
    await page
      .getByRole("button", { name: /^Take back/ })
      .first()
      .click();
    await expectShown(page.getByRole("alert").filter({ hasText: "The service cannot be reached." }));
    await page.unroute("**/revert");
    await page
      .getByRole("button", { name: /^Take back/ })
      .first()
      .click();
    await expectShown(statusWith(page, "2 photos as before the change."));
  });
});

describe("the history of a photo", () => {
  test("leads back to what was, and Undo leads forth again", async () => {
    const id = idAt(0);
    await describePhoto(id, { description: "Before" });
    await describePhoto(id, { description: "After" });
    const { revision } = await site.client.json(mediaSchema, `/v1/media/${id}`);
    const { page, archive, complaints } = await look(`/?photo=${id}`);
    await archive.viewer.getByText("History").click();
    await archive.viewer.getByRole("button", { name: `Go back to this: revision ${revision - 1}` }).click();
    await expectShown(statusWith(archive.viewer, `The words are those of revision ${revision - 1} again.`));
    await expect.poll(() => archive.shown()).toBe("Before");
    expect((await wordsOf(id))["description"]).toBe("Before");
    await page.keyboard.press("Control+z");
    await expect.poll(() => archive.shown()).toBe("After");
    expect(complaints).toEqual(noComplaints);
  });

  test("does not lead back over what somebody else has written meanwhile", async () => {
    const id = idAt(1);
    await describePhoto(id, { description: "Mine" });
    const { archive } = await look(`/?photo=${id}`);
    await archive.viewer.getByText("History").click();
    const button = archive.viewer.getByRole("button", { name: "Go back to this: revision 0" });
    await button.waitFor();
    await describePhoto(id, { description: "Theirs" });
    await button.click();
    await expectShown(
      archive.viewer.getByRole("alert").filter({ hasText: "Somebody has changed this photo" }),
    );
    await expect.poll(() => archive.shown()).toBe("Theirs");
    expect((await wordsOf(id))["description"]).toBe("Theirs");
  });
});

describe("an open photo", () => {
  test("goes into the trash by the key Delete, the next one is shown, and Undo brings it back", async () => {
    const { page, archive, complaints } = await look("/");
    await archive.settle();
    await archive.cells.first().press("Enter");
    await archive.viewer.waitFor();
    await page.keyboard.press("ArrowRight");
    await expectShown(statusWith(archive.viewer, /, 2 of 6$/));
    const [name, third] = [await archive.shown(), idAt(2)];
    await expect.poll(() => page.url()).toContain(idAt(1));
    await page.keyboard.press("Delete");
    await expectShown(statusWith(archive.viewer, "Moved to the trash"));
    await expect.poll(() => page.url()).toContain(third);
    await page.keyboard.press("Control+z");
    await expectShown(statusWith(archive.viewer, "Undone"));
    await page.keyboard.press("Escape");
    await archive.viewer.waitFor({ state: "detached" });
    await expectShown(archive.cell(name));
    expect(complaints).toEqual(noComplaints);
  });

  test("is asked about where there is no trash, and stays where somebody says no", async () => {
    const { page, archive } = await look(`/?photo=${idAt(0)}`, {
      prepare: withoutTrash,
    });
    await archive.viewer.getByRole("button", { name: "More", exact: true }).click();
    await archive.viewer.getByRole("button", { name: "Delete the photo" }).click();
    const question = page.getByRole("dialog", { name: "Delete 1 photo for good?" });
    await expectShown(question.getByText(/This archive has no trash\./));
    await expect.poll(() => focused(page)).toBe("button: Cancel");
    await page.keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    expect((await site.client.fetch(`/v1/media/${idAt(0)}`)).status).toBe(200);
  });

  test("is seen by a link without a key, for as long as somebody has chosen", async () => {
    const { page, archive, context } = await look(`/?photo=${idAt(0)}`);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await archive.viewer.getByRole("button", { name: "More", exact: true }).click();
    await archive.viewer.getByRole("button", { name: /^Make a link for anybody/ }).click();
    const dialog = page.getByRole("dialog", { name: "A link for anybody" });
    await dialog.getByRole("radio", { name: "7 days" }).check();
    await dialog.getByRole("button", { name: "Copy the link", exact: true }).click();
    await expectShown(statusWith(dialog, /^The link is copied\. It ends on .+\.$/));
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(await dialog.getByRole("textbox", { name: "The link" }).inputValue());
    const response = await fetch(link);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  });
});

describe("the trash", () => {
  test("shows what was deleted and when it goes, and gives back one photo", async () => {
    await describePhoto(idAt(3), { title: "A photo to be missed" });
    await trash(idAt(3), idAt(4));
    const { page, complaints } = await look("/?view=trash");
    const row = page.getByRole("listitem").filter({ hasText: "A photo to be missed" });
    await expect.poll(() => row.textContent()).toContain("Goes for good after");
    expect(await row.textContent()).toContain("Deleted ");
    await expect
      .poll(() =>
        row.locator("img").evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
      )
      .toBeGreaterThan(0);
    await row.getByRole("button", { name: "Restore A photo to be missed" }).click();
    await expectShown(statusWith(page, "1 photo restored."));
    await expect.poll(() => page.getByRole("listitem").count()).toBe(1);
    expect(await focused(page)).toMatch(/^button: Restore /);
    expect((await site.client.fetch(`/v1/media/${idAt(3)}`)).status).toBe(200);
    expect(complaints).toEqual(noComplaints);
  });

  test("gives back all that are chosen", async () => {
    await trash(idAt(0), idAt(1), idAt(2));
    const { page } = await look("/?view=trash");
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).check();
    await expectShown(statusWith(page, "3 photos chosen"));
    await page.getByRole("button", { name: "Restore", exact: true }).first().click();
    await expectShown(page.getByText("The trash is empty."));
    const { items } = await site.client.json(listSchema, "/v1/media");
    expect(items).toHaveLength(photos);
  });

  test("is used by the keyboard alone", async () => {
    await trash(idAt(2));
    const { page } = await look("/?view=trash");
    await page.getByRole("listitem").waitFor();
    await tabTo(page, /^input: Choose (?!all)/);
    await page.keyboard.press("Space");
    await tabTo(page, /^button: Restore$/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await expectShown(statusWith(page, "1 photo restored."));
    await expect.poll(() => focused(page)).toBe("h2: Trash");
  });

  test("lets a photo go for good after a question", async () => {
    const extra = plannedPhotos[photos];
    if (extra === undefined) throw new Error("There is no further photo.");
    const { id } = await site.client.upload("photos/extra.jpg", new Uint8Array(await drawPhoto(extra)));
    await trash(id);
    const { page } = await look("/?view=trash");
    await page
      .getByRole("checkbox", { name: /^Choose (?!all)/ })
      .first()
      .check();
    await page.getByRole("button", { name: "Delete for good" }).click();
    const question = page.getByRole("dialog", { name: "Delete 1 photo for good?" });
    await question.getByRole("button", { name: "Delete for good" }).click();
    await expectShown(statusWith(page, "1 photo deleted for good."));
    await expectShown(page.getByText("The trash is empty."));
    expect((await site.client.fetch(`/v1/media/${id}?trashed=true`)).status).toBe(404);
  });
});

describe("keeps nobody out, wide, narrow, light and dark:", () => {
  const wide = { width: 1280, height: 900 };
  const narrow = { width: 320, height: 640 };
  const screens: readonly (readonly [string, string, (page: Page) => Promise<unknown>])[] = [
    ["the last changes", "/?view=changes", (page) => page.getByRole("listitem").first().waitFor()],
    ["the trash", "/?view=trash", (page) => page.getByRole("listitem").first().waitFor()],
    [
      "the question before a deletion for good",
      "/?view=trash",
      async (page) => {
        await page.getByRole("checkbox", { name: "Choose all that are shown" }).check();
        await page.getByRole("button", { name: "Delete for good" }).click();
        await page.getByRole("dialog").waitFor();
      },
    ],
  ];

  test.each(screens)("%s", async (_, path, then) => {
    await putOn("seen-by-axe", ids.slice(0, 2));
    await trash(idAt(5));
    const { page, complaints } = await look(path, { viewport: wide });
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
    expect(complaints).toEqual(noComplaints);
  });

  test("what else is done with a photo, and the link for anybody", async () => {
    const { page, archive } = await look(`/?photo=${idAt(0)}`, { viewport: wide });
    await archive.viewer.getByRole("button", { name: "More", exact: true }).click();
    const menu = await accessibilityFindings(page);
    await archive.viewer.getByRole("button", { name: /^Make a link/ }).click();
    await page.getByRole("dialog", { name: "A link for anybody" }).waitFor();
    const dialog = await accessibilityFindings(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourFindings(page);
    await page.setViewportSize(narrow);
    const small = await accessibilityFindings(page);
    expect({ menu, dialog, dark, small }).toEqual({ menu: [], dialog: [], dark: [], small: [] });
  });

  test("a screen reader finds the changes and the trash by roles and names", async () => {
    await trash(idAt(5));
    const { page } = await look("/?view=trash");
    await page.getByRole("listitem").waitFor();
    const snapshot = await page.getByRole("main").ariaSnapshot();
    for (const line of [
      /- main "Trash":/,
      /- heading "Trash" \[level=2\]/,
      /- checkbox "Choose all that are shown"/,
      /- button "Restore" \[disabled\]/,
      /- checkbox "Choose .+"/,
      /- button "Restore .+": Restore/,
    ])
      expect(snapshot).toMatch(line);
    await page.goto(`${site.url}/?view=changes`);
    await page.getByRole("listitem").first().waitFor();
    const changes = await page.getByRole("main").ariaSnapshot();
    for (const line of [/- heading "Last changes" \[level=2\]/, /- listitem:/, /button "Take back: /])
      expect(changes).toMatch(line);
  });
});
