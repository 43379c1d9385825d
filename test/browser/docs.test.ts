import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../../scripts/wrangler.ts";
import { pngBytes } from "../support/images/png.ts";
import { DocsPage, operationsIn } from "./support/docs-page.ts";
import { faintTexts } from "./support/faint-texts.ts";
import { startSite, type Site } from "./support/site.ts";
import { noComplaints, type VisitOptions } from "./support/visit.ts";

/** Pictures of the page, for people to look at. */
const pictures = join(projectRoot, "dist", "browser");

let site: Site;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  site = await startSite();
});

afterAll(() => site.close());

async function visitDocs(path = "/docs", options: VisitOptions = {}) {
  const { page, complaints } = await site.visit(path, options);
  return { page, complaints, docs: new DocsPage(page) };
}

test("the documentation lists every operation of the description, and shows one of each group", async () => {
  const { docs, complaints } = await visitDocs();
  const description: unknown = await (await fetch(new URL("/openapi.json", site.url))).json();
  const listed = await docs.listed();
  expect(listed.toSorted()).toEqual(operationsIn(description).toSorted());
  for (const operation of [
    "POST /v1/media",
    "GET /v1/search",
    "POST /v1/media/bulk",
    "GET /v1/ingest/events",
    "GET /health",
    "POST /webhooks/dropbox",
  ])
    await docs.open(operation);
  expect(complaints).toEqual(noComplaints);
});

test("a call without a key shows the problem", async () => {
  const { docs, complaints } = await visitDocs("/docs#tag/media/GET/v1/media");
  await docs.try("GET /v1/media");
  expect(await docs.send()).toBe("401 Unauthorized");
  expect(await docs.body()).toContain('"code": "invalid_api_key"');
  // The browser itself tells the console of an answer like this.
  const { console: told, ...others } = complaints;
  expect(told).toEqual([expect.stringMatching(/status of 401 .*\/v1\/media/)]);
  expect(others).toEqual({ exceptions: [], foreign: [], violations: [] });
});

test("a call with a key shows the answer, and the key is kept nowhere but in the page", async () => {
  const { page, docs, complaints } = await visitDocs("/docs#tag/media/GET/v1/media");
  await docs.try("GET /v1/media");
  await docs.giveKey(site.key);
  expect(await docs.send()).toBe("200 OK");
  const body: unknown = JSON.parse(await docs.body());
  expect(body).toMatchObject({ limit: 100, next_cursor: null });
  const kept = await page.evaluate(async () => {
    const stores = [localStorage, sessionStorage].map((store) => Object.entries(store));
    return JSON.stringify([stores, document.cookie, await indexedDB.databases()]);
  });
  expect(kept).not.toContain(site.key);
  await page.reload();
  await docs.try("GET /v1/media");
  expect(await docs.key()).toBe("");
  expect(complaints).toEqual(noComplaints);
});

test("a browser that has signed in needs no key, for what changes something too, until it signs out", async () => {
  const { page, docs, complaints } = await visitDocs("/docs#tag/operation/POST/v1/session");
  await docs.try("POST /v1/session");
  await docs.giveKey(site.key);
  expect(await docs.send()).toBe("200 OK");
  // Another page, which has never had the key.
  await page.goto(new URL("/docs?again#tag/media/GET/v1/media", site.url).href);
  await docs.try("GET /v1/media");
  expect(await docs.key()).toBe("");
  expect(await docs.send()).toBe("200 OK");
  expect(await page.evaluate(() => document.cookie)).toBe("");
  await page.goto(new URL("/docs?write#tag/ingest/POST/v1/ingest/cancel", site.url).href);
  await docs.try("POST /v1/ingest/cancel");
  expect(await docs.send()).toBe("202 Accepted");
  await page.goto(new URL("/docs?out#tag/operation/DELETE/v1/session", site.url).href);
  await docs.try("DELETE /v1/session");
  expect(await docs.send()).toBe("204 No Content");
  const after = await page.evaluate(async () => (await fetch("/v1/session")).text());
  expect(JSON.parse(after)).toEqual({ name: null, scopes: [], via: null, expires_at: null });
  expect(complaints).toEqual(noComplaints);
});

test("a photo is uploaded by the form as the page fills it in", async () => {
  const { docs, complaints } = await visitDocs("/docs#tag/media/POST/v1/media");
  await docs.try("POST /v1/media");
  await docs.giveKey(site.key);
  const buffer = Buffer.from(await pngBytes({ width: 40, height: 30 }));
  await docs.choose({ name: "photo.png", mimeType: "image/png", buffer });
  expect(await docs.send()).toBe("201 Created");
  const body: unknown = JSON.parse(await docs.body());
  expect(body).toMatchObject({ object_key: "2024/beach/IMG_0042.jpg", content_type: "image/png" });
  expect(complaints).toEqual(noComplaints);
});

test("a picture that a call gets is shown", async () => {
  const { id } = await site.client.upload(
    "docs/a.png",
    Buffer.from(await pngBytes({ width: 80, height: 60 })),
  );
  await site.client.until(
    z.object({ state: z.string() }),
    `/v1/media/${id}`,
    ({ state }) => state === "ready",
  );
  const { docs, complaints } = await visitDocs("/docs#tag/media/GET/v1/media/{id}/thumbnail");
  await docs.try("GET /v1/media/{id}/thumbnail");
  await docs.giveKey(site.key);
  await docs.fillIn("id", id);
  expect(await docs.send()).toBe("200 OK");
  const picture = docs.client.locator('img[src^="blob:"]');
  await expect
    .poll(() => picture.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth))
    .toBe(512);
  expect(complaints).toEqual(noComplaints);
});

test("the search is opened by the keyboard, and leads to an operation", async () => {
  const { page, docs, complaints } = await visitDocs();
  await docs.menu.getByRole("link", { name: "List media objects" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /search/i }).waitFor();
  await page.keyboard.type("collection in numbers");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await docs.section("GET /v1/overview").getByRole("heading").first().waitFor();
  expect(page.url()).toContain("#tag/finding/GET/v1/overview");
  expect(complaints).toEqual(noComplaints);
});

const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

test.each([
  ["wide-light", { viewport: desk, colorScheme: "light" }],
  ["wide-dark", { viewport: desk, colorScheme: "dark" }],
  ["narrow-light", { viewport: phone, colorScheme: "light" }],
  ["narrow-dark", { viewport: phone, colorScheme: "dark" }],
] as const)("the page can be read, and is no wider than the window: %s", async (name, options) => {
  const { page, docs, complaints } = await visitDocs("/docs#tag/media/PATCH/v1/media/{id}", options);
  await docs.section("PATCH /v1/media/{id}").getByRole("heading").first().waitFor();
  const app = page.locator(".scalar-api-reference");
  const colour = await app.evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(colour).toBe(options.colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(15, 15, 15)");
  expect(await page.evaluate(faintTexts)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.viewport.width);
  await page.screenshot({ path: join(pictures, `docs-${name}.png`) });
  expect(complaints).toEqual(noComplaints);
});

test("on a phone the operations are behind a button", async () => {
  const { page, docs, complaints } = await visitDocs("/docs", { viewport: phone });
  await page.getByRole("button", { name: "Open Menu" }).click();
  await docs.menu.getByRole("link", { name: "List media objects" }).click();
  await docs.section("GET /v1/media").getByRole("heading").first().waitFor();
  expect(complaints).toEqual(noComplaints);
});

test("without scripts the page leads to the description", async () => {
  const { page } = await visitDocs("/docs", { scripts: false });
  const link = page.getByRole("link", { name: "/openapi.json" });
  expect(await link.isVisible()).toBe(true);
  await expect.poll(() => link.getAttribute("href")).toBe("/openapi.json");
});
