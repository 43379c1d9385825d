import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brokenPhoto } from "../../../scripts/console/collection/files.ts";
import { mediaSchema, statusSchema } from "../../e2e/support/service.ts";
import { z } from "zod";
import { inBucket } from "../support/bucket.ts";
import { findingsEverywhere } from "../support/everywhere.ts";
import { focused, showsFocus, tabTo } from "../support/keyboard.ts";
import { expectShown } from "../support/shown.ts";
import { startSite, type OwnSite } from "../support/site.ts";
import { smallPhoto } from "../support/small-photo.ts";
import { noComplaints } from "../support/visit.ts";

// A service of its own, whose storage other programs change: the tests go one after the other.
let site: OwnSite;

/** More photos than a run declares missing without asking. */
const lakePhotos = Array.from(
  { length: 60 },
  (_, index) => `2021/${index % 3 === 0 ? "lake" : "hut"}/${index}.jpg`,
);
const rose = { lost: "2020/garden/rose.jpg", candidates: ["2020/best/rose.jpg", "2020/flowers/rose.jpg"] };
const broken = "2022/broken.jpg";

const listSchema = z.object({ items: z.array(mediaSchema) });
const countSchema = z.object({ missing: z.number(), total: z.number() });

beforeAll(async () => {
  site = await startSite();
  await inBucket(site.folder, async ({ put }) => {
    for (const [index, key] of lakePhotos.entries()) await put(key, await smallPhoto(index));
    await put(rose.lost, await smallPhoto(500));
    await put(broken, new Uint8Array(await brokenPhoto()));
  });
});

afterAll(() => site.close());

async function look(path = "/?view=storage") {
  const visit = await site.visitSignedIn(path);
  const { page } = visit;
  await page.getByRole("heading", { level: 2, name: "Storage" }).waitFor();
  const runs = page.getByRole("region", { name: "What was done" });
  return { ...visit, runs, main: page.getByRole("main", { name: "Storage" }) };
}

/** Lets the service look for photos, without the page. */
async function ingest(): Promise<void> {
  await site.client.fetch("/v1/ingest", { method: "POST" });
  await site.client.until(statusSchema, "/v1/ingest/status", ({ state }) => state === "idle");
}

async function idOf(objectKey: string): Promise<string | null> {
  const query = new URLSearchParams({ object_key: objectKey, missing: "any" });
  const { items } = await site.client.json(listSchema, `/v1/media?${query}`);
  return items[0]?.id ?? null;
}

const missingCount = async (): Promise<number> =>
  (await site.client.json(countSchema, "/v1/overview")).missing;

/** How long a busy machine may take. */
const patience = { timeout: 30_000 };

describe("a look for photos", () => {
  test("is begun by the keyboard alone, and its end is told in a sentence", async () => {
    const { page, main, runs, complaints } = await look();
    await tabTo(page, /^button: Look for photos now/);
    expect(await showsFocus(page)).toBe(true);
    await page.keyboard.press("Enter");
    await expectShown(main.getByRole("status").filter({ hasText: /^Done: Today at .*61 new|62 new/ }));
    await expectShown(runs.getByText(/when somebody asked: 62 new, 1 failed/));
    expect(await focused(page)).toMatch(/^button: Look for photos now/);
    expect(complaints).toEqual(noComplaints);
  });

  test("that finds nothing says so", async () => {
    const { page, runs } = await look();
    await page.getByRole("button", { name: "Look for photos now" }).click();
    await expectShown(runs.getByText(/nothing new/));
  });

  test("lets others follow it who have not begun it, and stop it", async () => {
    const { page } = await look();
    const stop = page.getByRole("button", { name: "Stop" });
    await expect.poll(() => stop.getAttribute("aria-disabled")).toBe("true");
    await page.route("**/v1/ingest/status", (route) =>
      route.fulfill({ json: { state: "running", run: goingRun, last_run: null } }),
    );
    await page.route("**/v1/ingest/events", (route) => route.fulfill({ status: 204 }));
    await page.route(`**/v1/ingest/runs/${goingRun.id}`, (route) => route.fulfill({ json: goingRun }));
    await expectShown(page.getByRole("progressbar", { name: "Photos processed" }));
    await expectShown(page.getByText("Processing photos … 3 of 8 done.").first());
    const asked = page.waitForRequest("**/v1/ingest/cancel");
    await page.route("**/v1/ingest/cancel", (route) =>
      route.fulfill({ status: 202, json: { state: "cancelling", run: goingRun, last_run: null } }),
    );
    await stop.click();
    await asked;
    await expectShown(page.getByRole("status").filter({ hasText: "Stopping …" }));
  });

  test("that cannot be begun says why", async () => {
    const { page } = await look();
    await page.route("**/v1/ingest", (route) => route.abort("failed"));
    await page.getByRole("button", { name: "Look for photos now" }).click();
    await expectShown(page.getByRole("alert").filter({ hasText: "cannot be reached" }));
  });
});

/** A run of somebody else that is on. */
const goingRun = {
  id: "0193b3f2-7a11-7c3e-8a55-1f2e3d4c5b6a",
  kind: "ingest",
  trigger: "cron",
  state: "processing",
  providers: { r2: { state: "completed", scanned: 8, error: null } },
  counts: {
    scanned: 8,
    new: 8,
    changed: 0,
    moved: 0,
    unchanged: 0,
    missing: 0,
    ignored: 0,
    ambiguous: 0,
    queued: 8,
    processed: 3,
    failed: 0,
    dropped: 0,
  },
  cost: { provider_calls: 1, rows_read: 1, rows_written: 1, messages: 1, bytes_read: 1 },
  started_at: "2026-11-22T10:38:00.000Z",
  finished_at: null,
  updated_at: "2026-11-22T10:38:00.000Z",
  trace_id: "0",
};

describe("a photo that failed", () => {
  test("says why, can be opened, and is tried again", async () => {
    const { page, runs, complaints } = await look();
    await runs.getByText("1 photo that failed").click();
    await expectShown(runs.getByText(/could not be read|no picture could be made of it/));
    await runs.getByRole("button", { name: `Try again: ${broken}` }).click();
    await expectShown(runs.getByRole("status").filter({ hasText: "This photo failed again:" }));
    await runs.getByRole("link", { name: broken }).click();
    await expectShown(page.getByRole("dialog").getByText(/could not be processed/));
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page), patience).toBe(`a: ${broken}`);
    expect(new URL(page.url()).search).toBe("?view=storage");
    expect(complaints.exceptions).toEqual([]);
  });
});

describe("a check of the photos that are known", () => {
  test("does what was chosen, and is told like any other run", async () => {
    const { page, runs } = await look();
    const asked = page.waitForRequest("**/v1/database/scan");
    await page.getByRole("checkbox", { name: "Try failed photos again" }).check();
    await page.getByRole("button", { name: "Check now" }).click();
    expect((await asked).postDataJSON()).toEqual({
      thumbnails: true,
      facts: false,
      retry_failed: true,
      suggestions: false,
    });
    await expectShown(runs.getByText(/photos checked: 1 failed/));
  });
});

describe("an unclear move", () => {
  test("is decided by a person, and taken back by a key", async () => {
    await inBucket(site.folder, async ({ put, remove }) => {
      await remove([rose.lost]);
      for (const key of rose.candidates) await put(key, await smallPhoto(500));
    });
    const id = await idOf(rose.lost);
    await ingest();
    const { page, runs, complaints } = await look();
    await runs.locator("summary", { hasText: "Unclear moves" }).first().click();
    const lost = page.getByRole("region", { name: "The missing photo" });
    await expectShown(lost.getByText(rose.lost, { exact: true }));
    await expectShown(
      page.getByRole("region", { name: "May be this one" }).getByText("2020/best/rose.jpg", { exact: true }),
    );
    await page.getByRole("button", { name: "It is this one: 2020/flowers/rose.jpg" }).press("Enter");
    await expectShown(page.getByText("The photo is now 2020/flowers/rose.jpg."));
    expect(await idOf("2020/flowers/rose.jpg")).toBe(id);
    await expectShown(page.getByRole("button", { name: "Undo" }));
    await page.keyboard.press("Control+z");
    await expectShown(lost.getByText(rose.lost, { exact: true }));
    expect(await idOf(rose.lost)).toBe(id);
    expect(complaints.exceptions).toEqual([]);
  });

  test("can be passed over, and shown again", async () => {
    const { page, runs } = await look();
    await runs.locator("summary", { hasText: "Unclear moves" }).first().click();
    await page.getByRole("button", { name: `None of these is ${rose.lost}` }).click();
    await expectShown(runs.getByRole("status").filter({ hasText: "The photo stays missing" }));
    await page.getByRole("button", { name: "Show those that were passed over" }).click();
    await expectShown(page.getByRole("region", { name: "The missing photo" }));
  });

  test("is a screen that keeps nobody out", async () => {
    const { page, runs } = await look();
    await runs.locator("summary", { hasText: "Unclear moves" }).first().click();
    await page.getByRole("region", { name: "May be this one" }).waitFor();
    expect(await findingsEverywhere(page)).toEqual([]);
  });
});

describe("many photos that are gone at once", () => {
  beforeAll(async () => {
    await inBucket(site.folder, ({ remove }) => remove(lakePhotos));
    await ingest();
  });

  test("are shown by folder, and nothing is marked as missing before somebody says so", async () => {
    const { page, complaints } = await look();
    const asks = page.getByRole("region", { name: "60 photos seem to be gone from the storage" });
    await expectShown(asks.getByRole("heading", { name: "2021/hut/: 40 photos" }));
    await expectShown(asks.getByRole("heading", { name: "2021/lake/: 20 photos" }));
    await expect.poll(() => asks.getByRole("img").or(asks.locator("img")).count(), patience).toBe(60);
    expect(await missingCount()).toBe(1);
    expect(complaints).toEqual(noComplaints);
  });

  test("are a screen that keeps nobody out, and that a screen reader can find its way in", async () => {
    const { page, main } = await look();
    await page.getByRole("heading", { name: "2021/lake/: 20 photos" }).waitFor();
    const snapshot = await main.ariaSnapshot();
    for (const line of [
      /- heading "Storage" \[level=2\]/,
      /region "Look for photos"/,
      /region "60 photos seem to be gone from the storage"/,
      /button "The storage was away, look again"/,
      /- link "Open 0.jpg"/,
      /region "What was done"/,
    ])
      expect(snapshot).toMatch(line);
    expect(await findingsEverywhere(page)).toEqual([]);
  });

  test("stay where they are if the question is not answered with yes", async () => {
    const { page } = await look();
    await tabTo(page, /^button: They are gone/);
    await page.keyboard.press("Enter");
    const question = page.getByRole("dialog", { name: "Mark 60 photos as missing?" });
    await question.waitFor();
    expect(await focused(page)).toBe("button: Cancel");
    await page.keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    await expect.poll(() => focused(page), patience).toMatch(/^button: They are gone/);
    expect(await missingCount()).toBe(1);
  });

  test("are looked for again where the storage was away", async () => {
    const { page, runs } = await look();
    const before = await runs.getByRole("listitem").count();
    const asked = page.waitForRequest((request) => request.method() === "POST");
    await page.getByRole("button", { name: "The storage was away, look again" }).click();
    expect((await asked).postDataJSON()).toEqual({ full: true, providers: ["r2"] });
    await runs.getByRole("listitem").nth(before).waitFor();
    await expectShown(page.getByRole("region", { name: "60 photos seem to be gone from the storage" }));
    expect(await missingCount()).toBe(1);
  });

  test("are marked as missing once somebody has said so", async () => {
    const { page, runs } = await look();
    await page.getByRole("button", { name: "They are gone" }).click();
    await page.getByRole("button", { name: "Mark 60 photos as missing" }).press("Enter");
    await expect.poll(() => focused(page), patience).toBe("h3: Look for photos");
    await expectShown(runs.getByText(/when somebody asked: 60 missing/));
    await page
      .getByRole("region", { name: "60 photos seem to be gone from the storage" })
      .waitFor({ state: "detached" });
    expect(await missingCount()).toBe(61);
    await runs.getByText("60 missing photos").click();
    await expectShown(runs.getByText("These photos were marked as missing."));
    await expectShown(runs.getByRole("heading", { name: "2021/lake/: 20 photos" }));
  });
});
