import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookiesOf, keptBy } from "../support/kept.ts";
import { focused, tabTo } from "../support/keyboard.ts";
import { openCollection, type Site } from "../support/site.ts";
import { expectShown } from "../support/shown.ts";
import { noComplaints } from "../support/visit.ts";

let site: Site;

beforeAll(async () => {
  site = await openCollection();
});

afterAll(() => site.close());

const field = (page: Page) => page.getByRole("textbox", { name: "API key" });
const submit = (page: Page) => page.getByRole("button", { name: "Sign in" });
const photos = (page: Page) => page.getByRole("main", { name: "Photos" });

async function enterKey(page: Page, key: string): Promise<void> {
  await field(page).fill(key);
  await submit(page).click();
}

describe("the sign-in", () => {
  test("is what somebody sees whom the service does not know, without an error", async () => {
    const { page, complaints } = await site.visit("/");
    await page.getByRole("heading", { name: "Sign in to see the photos" }).waitFor();
    expect(await photos(page).count()).toBe(0);
    expect(complaints).toEqual(noComplaints);
  });

  test("says of a wrong key what to do, and gives the focus back to the field", async () => {
    const { page } = await site.visit("/");
    await enterKey(page, "a-key-that-nobody-has-given-out-0000");
    const alert = page.getByRole("alert").filter({ hasText: /./ });
    await expect.poll(() => alert.textContent()).toContain("does not know this key");
    await expect.poll(() => field(page).getAttribute("aria-invalid")).toBe("true");
    await expect.poll(() => focused(page)).toMatch(/^input: API key/);
  });

  test("asks for a key where none was entered, and asks the service nothing", async () => {
    const { page, requests } = await site.visit("/");
    await field(page).waitFor();
    const before = requests.made.length;
    await submit(page).click();
    await page.getByText("Enter a key.").waitFor();
    expect(requests.made.slice(before)).toEqual([]);
  });

  test("shows the photos with the right key, and leaves nothing of the key in the browser", async () => {
    const { page, context, complaints } = await site.visit("/");
    await enterKey(page, site.key);
    await photos(page).waitFor();
    expect(await keptBy(page)).not.toContain(site.key);
    expect(page.url()).not.toContain(site.key);
    const cookies = await cookiesOf(context);
    expect(cookies.map(({ name: _name, ...attributes }) => attributes)).toEqual([
      { httpOnly: true, sameSite: "Strict" },
    ]);
    expect(cookies[0]?.name).toContain("tagline-session");
    expect(JSON.stringify(await context.cookies())).not.toContain(site.key);
    expect(complaints).toEqual(noComplaints);
  });

  test("is done with the keyboard alone", async () => {
    const { page } = await site.visit("/");
    await field(page).waitFor();
    await tabTo(page, /^input: API key/);
    await page.keyboard.type(site.key);
    await page.keyboard.press("Enter");
    await expectShown(photos(page));
  });

  test("shows the key only when it is asked to", async () => {
    const { page } = await site.visit("/");
    await field(page).fill("something");
    await expect.poll(() => field(page).getAttribute("type")).toBe("password");
    await page.getByRole("checkbox", { name: "Show the key" }).check();
    await expect.poll(() => field(page).getAttribute("type")).toBe("text");
  });

  test("says that the service cannot be reached where it cannot", async () => {
    const { page, context } = await site.visit("/");
    await field(page).fill(site.key);
    await context.setOffline(true);
    await submit(page).click();
    await page.getByRole("alert").filter({ hasText: "cannot be reached" }).waitFor();
    await context.setOffline(false);
    await submit(page).click();
    await expectShown(photos(page));
  });
});

describe("a session", () => {
  test("outlives a reload", async () => {
    const { page, complaints } = await site.visit("/");
    await enterKey(page, site.key);
    await photos(page).waitFor();
    await page.reload();
    await photos(page).waitFor();
    expect(complaints).toEqual(noComplaints);
  });

  test("ends by the account's menu, and with it what the page shows", async () => {
    const { page, context } = await site.visitSignedIn("/");
    await page.getByRole("button", { name: "Account" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await field(page).waitFor();
    expect(await photos(page).count()).toBe(0);
    expect(await context.cookies()).toEqual([]);
    await page.reload();
    await field(page).waitFor();
  });

  test("that is over while somebody looks leads to the sign-in, and from there back to the same view", async () => {
    const { page, context } = await site.visitSignedIn("/?keyword=lighthouse");
    await photos(page).waitFor();
    await context.clearCookies();
    await page.goto(new URL("/?keyword=boats", site.url).href);
    await field(page).waitFor();
    await enterKey(page, site.key);
    await photos(page).waitFor();
    expect(new URL(page.url()).search).toBe("?keyword=boats");
  });
});

describe("somebody who is known and may not look", () => {
  test("is told so, and may still sign in with a key", async () => {
    const { page } = await site.visit("/", {
      prepare: async (page) => {
        await page.route("**/v1/session", (route) =>
          route.request().method() === "GET"
            ? route.fulfill({
                status: 403,
                contentType: "application/problem+json",
                body: JSON.stringify({ code: "not_permitted", status: 403, title: "", detail: "" }),
              })
            : route.continue(),
        );
      },
    });
    await page.getByText("the archive has not been opened to your address").waitFor();
    await enterKey(page, site.key);
    await expectShown(photos(page));
  });
});
