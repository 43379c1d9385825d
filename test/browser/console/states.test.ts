import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawPhoto } from "../../../scripts/console/collection/files.ts";
import { plannedPhotos } from "../../../scripts/console/collection/photos.ts";
import { accessibilityFindings } from "../support/accessibility.ts";
import { ConsolePage } from "../support/console-page.ts";
import { startSite, type Site } from "../support/site.ts";
import { expectShown } from "../support/shown.ts";
import { noComplaints, type VisitOptions } from "../support/visit.ts";

// A service of its own, which has no photo at first.
let site: Site;

beforeAll(async () => {
  site = await startSite();
});

afterAll(() => site.close());

async function look(path = "/", options: VisitOptions = {}) {
  const visit = await site.visitSignedIn(path, options);
  return { ...visit, archive: new ConsolePage(visit.page) };
}

// In this order: the archive is empty until a photo comes.
describe("an archive without photos", () => {
  test("tells how to bring some in, with the command for this service", async () => {
    const { page, complaints, shifts } = await look();
    await page.getByRole("heading", { name: "No photos yet" }).waitFor();
    const command = await page.getByText(/^npm run import/).textContent();
    expect(command).toContain(`--url ${site.url}`);
    expect(command).not.toContain(site.key);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect((await shifts()).filter(({ isPrompted }) => !isPrompted)).toEqual([]);
    expect(complaints).toEqual(noComplaints);
  });

  test("looks for photos when it is asked to, says that there are none, and later shows those that have come", async () => {
    const { page, archive, complaints } = await look();
    await page.getByRole("button", { name: "Look for photos now" }).click();
    await page.getByText("Done: there are no photos in the storage.").waitFor();
    const [photo] = plannedPhotos;
    if (photo === undefined) throw new Error("There is no photo.");
    await site.client.upload(photo.objectKey, new Uint8Array(await drawPhoto(photo)));
    await page.getByRole("button", { name: "Show the photos" }).click();
    await archive.settle();
    await expect.poll(() => archive.cells.count()).toBe(1);
    expect(complaints).toEqual(noComplaints);
  });
});

describe("without a connection", () => {
  test("what has been loaded stays, it is said that there is none, and it goes on when it is back", async () => {
    const { page, context, archive } = await look();
    await archive.settle();
    await context.setOffline(true);
    await page.getByText("No connection.").waitFor();
    await expect.poll(() => archive.cells.count()).toBe(1);
    await archive.search.fill("polar");
    await archive.search.press("Enter");
    const alert = page.getByRole("alert").filter({ hasText: "cannot be reached" });
    await alert.waitFor();
    await context.setOffline(false);
    await page.getByText("No connection.").waitFor({ state: "detached" });
    await alert.waitFor({ state: "detached" });
    await archive.settle();
  });

  test("the page itself says that the service cannot be reached, and tries again", async () => {
    let isDown = true;
    const { page, archive } = await look("/", {
      prepare: (page) =>
        page.route("**/v1/session", (route) => (isDown ? route.abort("failed") : route.continue())),
    });
    await expectShown(page.getByText(/cannot be reached/));
    isDown = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await archive.settle();
  });
});

describe("a service that is in trouble", () => {
  test("is told of kindly, and asked again by a button", async () => {
    let isBroken = true;
    const { page, archive } = await look("/", {
      prepare: (page) =>
        page.route("**/v1/timeline?*", (route) =>
          isBroken
            ? route.fulfill({
                status: 500,
                contentType: "application/problem+json",
                body: JSON.stringify({ code: "internal_error", status: 500, title: "", detail: "" }),
              })
            : route.continue(),
        ),
    });
    const alert = page.getByRole("alert").filter({ hasText: "could not be loaded" });
    await alert.waitFor({ timeout: 60_000 });
    isBroken = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    await archive.settle();
    await expect.poll(() => archive.cells.count()).toBeGreaterThan(0);
  });

  test("that loses the session while somebody looks leads to the sign-in, and back to where they were", async () => {
    const { page, context, archive } = await look();
    await archive.settle();
    await context.clearCookies();
    await archive.search.fill("polar");
    await archive.search.press("Enter");
    await page.getByText("Your session has ended.").waitFor();
    await page.getByRole("textbox", { name: "API key" }).fill(site.key);
    await page.keyboard.press("Enter");
    await archive.settle();
    expect(new URL(page.url()).search).toBe("?q=polar");
  });
});
